// The example of a chat in two windows of Chromium: a number is hidden until the reveal and then appears in its line, a
// cut socket loses nothing, the vendor is told of a decline, and then both sides read and neither writes. There is no
// worker.
import assert from "node:assert/strict";
import { openBrowser, openWindow } from "./browser.mjs";
import { Front } from "./front.mjs";
import { People } from "./people.mjs";

const REVEAL = 90_000; // milliseconds until the reveal, after 48 seconds in the demo, counts as missing
const NUMBER = "+49 30 23125 142";
const [api, examples, password, chromium] = process.argv.slice(2);
const people = new People(api, password);
const [vendor, prospect] = [await people.as("vendor"), await people.as("prospect")];
const front = await new Front(api, examples).listen();
const browser = await openBrowser(chromium);

async function applied(number) {
  const publish = `mutation ($input: LeadPublishInput!) {
    leadPublish(input: $input) { lead { id } userErrors { message } } }`;
  const contact = { fullName: "Petra Halloran", email: "petra@honey.example", preferredChannel: "EMAIL" };
  const wanted = { title: `A shop, ${number}`, brief: "We want to sell.", category: "Web shops", country: "DE" };
  const { lead } = (await prospect(publish, { input: { ...wanted, market: "demo", contact } })).leadPublish;
  const apply = `mutation ($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) { application { id } userErrors { message } } }`;
  const input = { leadId: lead.id, introduction: "We could begin on Monday.", idempotencyKey: `chat ${number}` };
  const { application, userErrors } = (await vendor(apply, { input })).applicationSubmit;
  assert.deepEqual(userErrors, []);
  return application.id;
}

/** The page of one side, accessed by test ids. */
class Desk {
  constructor(page) {
    this.page = page;
  }

  static async open(who, applicationId) {
    const { context, troubles } = await openWindow(browser);
    const desk = new Desk(await context.newPage());
    desk.troubles = troubles;
    await desk.page.goto(`${front.origin}/chat/?application=${applicationId}`);
    await desk.part("email").fill(`${who}@demo.example`);
    await desk.part("password").fill(password);
    await desk.part("sign-in").click();
    await desk.part("live").getByText("live", { exact: true }).waitFor();
    return desk;
  }

  part(name) {
    return this.page.getByTestId(name);
  }

  async send(text) {
    await this.part("text").fill(text);
    await this.part("send").click();
  }

  /** The messages that people wrote. */
  written() {
    return this.page.locator("[data-testid=message]:not([data-side=SYSTEM])");
  }

  /** What the marketplace tells this side. */
  told() {
    return this.page.locator("[data-testid=message][data-side=SYSTEM]");
  }

  line(text) {
    return this.part("message").filter({ hasText: text });
  }

  async unread(number) {
    await this.part("unread").getByText(String(number), { exact: true }).waitFor();
  }
}

try {
  const id = await applied(1);
  const [vera, petra] = [await Desk.open("vendor", id), await Desk.open("prospect", id)];
  await vera.page.evaluate(() => (window.opened = "once"));
  await petra.send(`Call me on ${NUMBER}.`);
  await vera.line("Call me on [phone].").waitFor();
  const hidden = vera.line("[phone]");
  const why = await hidden.locator("small").textContent();
  assert.match(why, /automatically/, "the line says when it opens by itself");
  assert.match(await hidden.textContent(), /^The prospect: /);
  const line = await hidden.getAttribute("data-id");
  await petra.line(`The other side reads: Call me on [phone].`).waitFor();

  front.cut();
  await vera.part("live").getByText("not connected").waitFor();
  const send = "mutation ($input: ChatMessageSendInput!) { chatMessageSend(input: $input) { userErrors { code } } }";
  for (const text of ["Are you there?", "Please answer."]) {
    await prospect(send, { input: { applicationId: id, text, idempotencyKey: text } });
  }
  front.mend();
  await vera.line("Please answer.").waitFor();
  await vera.unread(3);
  assert.equal(await vera.written().count(), 4, "the introduction and three messages, each once");
  await vera.part("messages").click();
  await vera.unread(0);
  await petra.line("Please answer. ✓").waitFor();

  const open = vera.page.locator(`[data-id="${line}"]`, { hasText: NUMBER });
  await open.waitFor({ timeout: REVEAL });
  assert.doesNotMatch(await open.textContent(), /\[phone\]/);
  assert.equal(await vera.page.evaluate(() => window.opened), "once", "without reloading the page");
  for (const desk of [vera, petra]) {
    assert.match(await desk.told().first().textContent(), /^The marketplace: /, "of the application");
  }

  const declined = await applied(2);
  const [again, other] = [await Desk.open("vendor", declined), await Desk.open("prospect", declined)];
  await other.send("We have decided already.");
  await again.line("We have decided already.").waitFor();
  const decline = "mutation ($input: ApplicationDeclineInput!) { applicationDecline(input: $input) { userErrors { code } } }";
  await prospect(decline, { input: { applicationId: declined } });
  await again.told().nth(1).waitFor(); // of the answer
  for (const desk of [again, other]) {
    await desk.send("One more thing.");
    await desk.part("refusal").getByText("nobody can write").waitFor();
    assert.equal(await desk.part("text").inputValue(), "One more thing.", "what was refused is not lost");
    assert.equal(await desk.written().count(), 2, "both can read");
  }
  assert.deepEqual([vera, petra, again, other].flatMap(({ troubles }) => troubles), []);
} finally {
  await browser.close();
  front.close();
}
console.log(`${NUMBER} was hidden from the vendor, and opened by itself on the same line`);
