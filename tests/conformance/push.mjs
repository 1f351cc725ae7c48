// The example of push messages in Chromium: a page registers the browser, and its service worker shows a message.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openBrowser, openWindow } from "./browser.mjs";
import { People } from "./people.mjs";

const [endpoint, example, password, message, chromium] = process.argv.slice(2);
const types = { ".html": "text/html", ".js": "text/javascript" };
const pages = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://pages");
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  if (!["index.html", "push.js", "service-worker.js"].includes(name)) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": types[path.extname(name)] });
  response.end(readFileSync(path.join(example, name)));
});
await new Promise((done) => pages.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${pages.address().port}`;

const ask = await new People(endpoint, password).as("vendor");
const browser = await openBrowser(chromium);
try {
  const { context, troubles } = await openWindow(browser);
  await context.grantPermissions(["notifications"], { origin });
  const page = await context.newPage();
  await page.exposeFunction("ask", ask);
  // This browser may not reach a push service, so only the subscription itself is made up.
  await page.addInitScript(() => {
    const p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const keys = { p256dh, auth: "BTBZMqHH6r4Tts7J_aSIgg" }; // the example of RFC 8291
    PushManager.prototype.subscribe = async (options) => {
      window.subscribedWith = options.applicationServerKey;
      return { toJSON: () => ({ endpoint: "https://fcm.googleapis.com/send/example", keys }) };
    };
  });
  await page.goto(origin);
  await page.locator("#on").click();
  await page.locator("#state", { hasText: "Push messages are on." }).waitFor();
  const { viewer } = await ask("{ viewer { pushKey devices { id name } } }");
  assert.equal(await page.evaluate(() => window.subscribedWith), viewer.pushKey);
  assert.deepEqual(viewer.devices.map(({ name }) => name), ["This browser"]);
  const input = { deviceId: viewer.devices[0].id }; // nothing is sent to it
  const remove = "mutation ($input: DeviceRemoveInput!) { deviceRemove(input: $input) { removed } }";
  assert.equal((await ask(remove, { input })).deviceRemove.removed, true);

  const tools = await context.newCDPSession(page);
  const registered = new Promise((done) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [one] }) => one && done(one));
  });
  await tools.send("ServiceWorker.enable");
  const { registrationId } = await registered;
  const { title, id } = JSON.parse(message);
  for (const data of [JSON.stringify({ title: "An older message", id }), message]) {
    await tools.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
  }
  const shown = await page.waitForFunction(async (expected) => {
    const found = await (await navigator.serviceWorker.ready).getNotifications();
    const there = found.some((one) => one.title === expected);
    return there ? found.map(({ title, tag, data }) => ({ title, tag, data })) : null;
  }, title);
  assert.deepEqual(await shown.jsonValue(), [{ title, tag: id, data: { id } }]);
  assert.deepEqual(troubles, []);
  console.log(`the service worker shows “${title}” in place of an older message about the same object`);
} finally {
  await browser.close();
  pages.close();
}
