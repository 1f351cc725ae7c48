// Tests the screen of each client example in Chromium: sign in, list, apply, see a reveal after a cut socket and an
// expired token, complain by file, two tabs, a lost renewal. The test is the same for all clients.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openBrowser, openWindow, until } from "./browser.mjs";
import { expireTokens } from "./clock.mjs";
import { Front } from "./front.mjs";
import { People } from "./people.mjs";

const [api, examples, password, clockFile, chromium] = process.argv.slice(2);
const EXAMPLES = ["apollo", "urql", "relay"];
const people = new People(api, password);

/** The page in one window, accessed by test ids. */
class Desk {
  constructor(page) {
    this.page = page;
  }

  part(name) {
    return this.page.getByTestId(name);
  }

  lead(id) {
    return this.page.locator(`[data-testid=lead][data-id="${id}"]`);
  }

  async signIn() {
    await this.part("email").fill("vendor@demo.example");
    await this.part("password").fill(password);
    await this.part("sign-in").click();
    await this.part("desk").waitFor();
  }

  async live(expected) {
    await this.page.locator(`[data-testid=live][data-live=${expected}]`).waitFor();
  }

  /** The ids of the leads that can be applied for. */
  async open() {
    await this.part("lead").first().waitFor();
    const ids = await this.part("lead").evaluateAll((rows) =>
      rows.filter((row) => row.querySelector("[data-testid=apply]")).map((row) => row.dataset.id),
    );
    assert(ids.length > 0, "no lead can be applied for");
    return ids;
  }

  async points() {
    return Number(await this.part("points").textContent());
  }

  async fee(id) {
    return Number(/\d+/.exec(await this.lead(id).getByTestId("apply").textContent()));
  }

  async apply(id) {
    await this.lead(id).getByTestId("apply").click();
    await this.lead(id).getByTestId("status").waitFor();
  }
}

async function drive(browser, front, name) {
  const { context, troubles } = await openWindow(browser);
  const page = await context.newPage();
  const desk = new Desk(page);
  const other = new Desk(await context.newPage());
  const figures = {};
  const measured = async (step, work) => {
    const before = front.requests;
    await work();
    figures[step] = front.requests - before;
  };
  let leadId;

  await measured("sign in and list", async () => {
    await page.goto(`${front.origin}/${name}/`);
    await desk.signIn();
    [leadId] = await desk.open();
    await desk.live(true);
  });

  await measured("apply", async () => {
    const [points, fee] = [await desk.points(), await desk.fee(leadId)];
    assert(fee > 0, "the lead costs nothing");
    await desk.apply(leadId);
    assert.equal(await desk.lead(leadId).getByTestId("status").textContent(), "PENDING");
    await desk.part("points").filter({ hasText: new RegExp(`^${points - fee}$`) }).waitFor();
    assert.equal(await desk.lead(leadId).getByTestId("contact").count(), 0);
  });

  await measured("reveal after a cut socket and an expired token", async () => {
    await page.evaluate(() => (window.sameDocument = true));
    front.cut();
    await desk.live(false);
    expireTokens(clockFile);
    const { fullName, email } = await people.accept(leadId);
    front.mend();
    await desk.lead(leadId).getByTestId("contact").waitFor();
    assert.equal((await desk.lead(leadId).getByTestId("contact").innerText()).trim(), `${fullName}, ${email}`);
    assert.equal(await desk.lead(leadId).getByTestId("status").textContent(), "ACCEPTED");
    assert(await page.evaluate(() => window.sameDocument), "the page was reloaded");
    await desk.live(true);
  });

  await measured("complaint by file, with an expired token", async () => {
    const buffer = Buffer.from(await people.complaintAbout(leadId));
    expireTokens(clockFile);
    await desk.part("file").setInputFiles({ name: "complaint.csv", mimeType: "text/csv", buffer });
    await desk.part("complaint").waitFor();
    assert.match(await desk.part("complaint").innerText(), /^C-\d+: 1 filed, (OPEN|DECIDED)$/);
    assert.equal(await desk.part("row-problem").count(), 0);
  });

  await measured("reload while a renewal has no answer", async () => {
    const before = front.count("SessionTokenRefresh");
    front.lose("SessionTokenRefresh");
    await page.reload();
    await until(() => front.count("SessionTokenRefresh") > before, "no renewal");
    await page.reload();
    await desk.part("desk").waitFor();
    await desk.live(true);
  });

  await measured("second tab", async () => {
    await other.page.goto(`${front.origin}/${name}/`);
    await other.part("desk").waitFor();
    await other.live(true);
  });

  await measured("two tabs apply with an expired token", async () => {
    const [one, two] = await other.open();
    assert(two, "there are not two leads to apply for");
    const before = front.count("SessionTokenRefresh");
    expireTokens(clockFile);
    await Promise.all([desk.apply(one), other.apply(two)]);
    assert.equal(front.count("SessionTokenRefresh") - before, 1, "the tabs renewed more than once");
  });

  await measured("sign out in one tab", async () => {
    await desk.part("sign-out").click();
    await other.part("ended").waitFor();
    await desk.part("ended").waitFor();
  });

  assert.deepEqual(troubles, [], `${name}: errors on the page`);
  await context.close();
  return figures;
}

/** The scripts of a build, in kB after gzip. */
function kilobytes(name) {
  const folder = join(examples, name, "dist", "assets");
  const scripts = readdirSync(folder).filter((file) => file.endsWith(".js"));
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1000;
}

const browser = await openBrowser(chromium);
const summary = [];
try {
  for (const name of EXAMPLES) {
    const front = await new Front(api, examples).listen();
    try {
      const figures = await drive(browser, front, name);
      for (const [step, requests] of Object.entries(figures)) console.log(`${name}: ${step}: ${requests} requests`);
      const [kB, sockets] = [kilobytes(name).toFixed(1), front.sockets];
      summary.push(`${name} ${kB} kB, ${front.requests} requests, ${sockets} sockets`);
    } finally {
      front.close();
    }
  }
} finally {
  await browser.close();
}
console.log(summary.join("; "));
