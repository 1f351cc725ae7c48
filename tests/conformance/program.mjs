// Uses the client package in a Node program, without a browser's storage, locks or channels: tokens in memory, an
// upload, and a subscription that continues after its token has expired.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";
import { expireTokens } from "./clock.mjs";
import { Front } from "./front.mjs";
import { People } from "./people.mjs";

const [api, built, password, clockFile] = process.argv.slice(2);
const { Session, SignInError, Socket, newKey } = await import(pathToFileURL(built));
const people = new People(api, password);
const front = await new Front(api, "/nonexistent").listen();
const session = new Session({ url: `${front.origin}/graphql` });

async function dataOf(query, variables = {}) {
  const { data, errors } = await session.request({ query, variables });
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function apply() {
  const filter = { market: "demo", open: true, applied: false };
  const { leads } = await dataOf("query ($filter: LeadFilter) { leads(first: 1, filter: $filter) { nodes { id } } }", {
    filter,
  });
  const leadId = leads.nodes[0].id;
  const input = { leadId, introduction: "We can start on Monday.", idempotencyKey: newKey() };
  await dataOf("mutation ($input: ApplicationSubmitInput!) { applicationSubmit(input: $input) { userErrors { code } } }", {
    input,
  });
  return leadId;
}

await assert.rejects(session.signIn("vendor@demo.example", "not the password"), SignInError);
await session.signIn("vendor@demo.example", password);

const [statuses, revealed] = [[], []];
const socket = new Socket({ session, webSocketImpl: WebSocket, onStatus: ({ live }) => statuses.push(live) });
const query = `subscription ($after: Cursor) { reveals(after: $after) {
  ... on RevealEvent { cursor lead { id } } ... on FeedGap { cursor } } }`;
let wake = () => {};
const problems = [];
socket.subscribe({ query }, {
  next: ({ data }) => (revealed.push(data.reveals.lead.id), wake()),
  error: (problem) => (problems.push(problem), wake()),
  complete() {},
});
const events = async (count) => {
  while (revealed.length < count && problems.length === 0) await new Promise((done) => (wake = done));
  assert.deepEqual(problems, []);
};

const leads = [await apply()];
await people.accept(leads[0]);
await events(1);

leads.push(await apply());
front.cut();
expireTokens(clockFile);
await people.accept(leads[1]);
front.mend();
await events(2);
assert.deepEqual(revealed, leads);
assert.deepEqual(statuses, [true, false, true]);

const file = new File([await people.complaintAbout(leads[1])], "complaint.csv", { type: "text/csv" });
const filed = await dataOf(
  "mutation ($input: ComplaintFileInput!) { complaintFile(input: $input) { complaint { number } userErrors { message } } }",
  { input: { idempotencyKey: newKey(), file } },
);
assert.deepEqual(filed.complaintFile.userErrors, []);
await session.signOut();
while (problems.length === 0) await new Promise((done) => (wake = done));
assert.equal(problems[0].code, "SIGNED_OUT");
socket.close();
front.close();
console.log(`${revealed.length} reveals, ${filed.complaintFile.complaint.number} filed, ${front.requests} requests`);
