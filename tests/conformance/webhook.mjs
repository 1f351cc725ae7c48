// Sends the requests of a file to a receiver of webhooks, and compares the statuses of its answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [file, receiver, port] = process.argv.slice(2);
const { secret, cases } = JSON.parse(readFileSync(file, "utf8"));
process.env.WEBHOOK_SECRET = secret;
await import(pathToFileURL(receiver));
await setTimeout(100); // until it listens

for (const { headers, body, status } of cases) {
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body });
  assert.equal(answer.status, status, JSON.stringify(headers));
}
console.log(`${cases.length} requests`);
process.exit(0);
