// Follows the first steps of the README in one GraphiQL window, exactly as they are written.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openBrowser, openWindow, until } from "./browser.mjs";
import { People } from "./people.mjs";

const [address, readme, password, chromium] = process.argv.slice(2);
const text = readFileSync(readme, "utf8");
const graphql = [...text.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, code]) => code);
const answers = [...text.matchAll(/^```json\n(\{"data".*?)^```/gms)].map(([, code]) => JSON.parse(code));
const documentOf = (start) => {
  const found = graphql.find((code) => code.startsWith(start));
  assert(found, `README has no ${start}`);
  return found;
};

const browser = await openBrowser(chromium);
const { context, troubles } = await openWindow(browser);
const page = await context.newPage();

/** Replaces the content of an editor, as pasting does. */
async function paste(editor, code) {
  await page.locator(`${editor} .CodeMirror`).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(code);
}

async function run(code, variables) {
  const [, name] = /^\w+ (\w+)/.exec(code);
  await paste(".graphiql-query-editor", code);
  await page.locator(".graphiql-tab-active", { hasText: name }).waitFor(); // the tab is updated with a delay
  await paste(".graphiql-editor-tool .graphiql-editor:not(.hidden)", JSON.stringify(variables));
  await page.locator(".graphiql-execute-button").click();
}

/** The response in the pane, once it has this field. */
async function answer(field) {
  const pane = await page.waitForFunction((name) => {
    const shown = document.querySelector(".graphiql-response .CodeMirror")?.CodeMirror.getValue() ?? "";
    return shown.includes(`"${name}"`) ? shown : null;
  }, field);
  return JSON.parse(await pane.jsonValue()).data[field];
}

try {
  await page.goto(`${address}/graphql`);
  await page.locator("#email").fill("vendor@demo.example");
  await page.locator("#password").fill(password);
  await page.locator("#sign-in button").click();
  await page.locator("#signed-in").waitFor();

  await run(documentOf("query FirstLeads"), {});
  const [lead] = (await answer("leads")).nodes;
  assert.deepEqual({ ...lead, id: null }, { ...answers[0].data.leads.nodes[0], id: null });

  await run(documentOf("mutation Apply"), { lead: lead.id });
  const { application, userErrors } = await answer("applicationSubmit");
  assert.deepEqual([application?.status, userErrors], ["PENDING", []]);

  const frames = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => frames.push(String(payload))));
  await run(documentOf("subscription Reveals"), {});
  await until(() => frames.some((frame) => frame.includes("reveals")), "the subscription was not sent");
  // The prospect accepts, so that the test doesn't wait 48 seconds for the same event.
  await new People(`${address}/graphql`, password).accept(lead.id);
  const expected = answers[1].data.reveals;
  const event = await answer("reveals");
  assert.deepEqual([event.lead, event.contact], [expected.lead, expected.contact]);
  assert.equal(context.pages().length, 1);
  assert.deepEqual(troubles, []);
} finally {
  await browser.close();
}
console.log(`${answers[1].data.reveals.contact.fullName} was revealed in one window`);
