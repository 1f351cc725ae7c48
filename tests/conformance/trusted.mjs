// Uses the client package against a server that runs only trusted documents: the client's own three and the examples'.
// A document of any other text must be refused, over HTTP and over the socket.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";

const [api, built, operations, password] = process.argv.slice(2);
const { Session, Socket } = await import(pathToFileURL(built));
const textOf = (name) => readFileSync(join(operations, `${name}.graphql`), "utf8");
const idOf = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const codesOf = (errors) => errors?.map(({ extensions }) => extensions.code);

const session = new Session({ url: api });
await session.signIn("vendor@demo.example", password);
session.refuse(await session.accessToken());
const byId = await session.request({ documentId: idOf(textOf("Viewer")) });
assert.equal(byId.errors, undefined, JSON.stringify(byId.errors));
assert.equal(byId.data.viewer.user.id, session.state.userId);
const byText = await session.request({ query: textOf("Viewer") });
assert.deepEqual(byText.data, byId.data);
const other = await session.request({ query: `${textOf("Viewer")} ` });
assert.deepEqual(codesOf(other.errors), ["FORBIDDEN"]);

let report;
const status = new Promise((resolve) => (report = resolve));
const socket = new Socket({ session, webSocketImpl: WebSocket, onStatus: ({ live }) => live && report() });
const trusted = [];
const refused = new Promise((resolve) => {
  const feed = textOf("RevealFeed");
  socket.subscribe({ query: feed }, { next() {}, error: (problem) => trusted.push(problem), complete() {} });
  socket.subscribe({ query: `${feed} ` }, { next() {}, error: resolve, complete() {} });
});
await status;
assert.deepEqual(codesOf(await refused), ["FORBIDDEN"]);
assert.deepEqual(trusted, []);
socket.close();
await session.signOut();
assert.equal(session.state.status, "signed-out");
console.log("signed in, renewed, read, subscribed and signed out; two other documents refused");
