import assert from "node:assert/strict";
import { test } from "node:test";
import { SessionEndedError } from "../src/errors.js";
import { Socket, type Gap, type SocketOptions, type SocketStatus } from "../src/socket.js";
import { FakeSocket, FakeSockets } from "./fake-socket.js";
import { FakeServer } from "./fakes.js";

const REVEALS = { query: "subscription ($after: Cursor) { reveals(after: $after) { cursor } }" };

/** A signed-in session, a socket and one subscription whose results are collected. */
async function scene(options: Partial<SocketOptions> = {}) {
  const [server, sockets] = [new FakeServer(), new FakeSockets()];
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  sockets.accepts = (token) => token === server.token;
  const socket = new Socket({
    session,
    webSocketImpl: sockets.implementation,
    wait: async () => {},
    ...options,
  });
  const cursors: unknown[] = [];
  const problems: unknown[] = [];
  const subscribe = (variables?: Record<string, unknown>) =>
    socket.subscribe<{ reveals: { cursor: string } }>(
      { ...REVEALS, variables },
      {
        next: ({ data }) => cursors.push(data?.reveals.cursor),
        error: (problem) => problems.push(problem),
        complete: () => problems.push("complete"),
      },
    );
  const after = (count: number) => sockets.opened[count - 1]?.subscription?.payload.variables.after;
  return { server, sockets, session, socket, subscribe, cursors, problems, after };
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}

test("a subscription starts at the feed's position at sign-in", async () => {
  const { sockets, subscribe, after, socket } = await scene();
  subscribe();
  await sockets.subscribed(1);
  assert.equal(after(1), "start-1");
  socket.close();
});

test("a document is subscribed to by its id, without a text", async () => {
  const { sockets, socket } = await scene();
  const follow = (variables: Record<string, unknown>) =>
    socket.subscribe({ documentId: "sha256:1", variables }, { next() {}, error() {}, complete() {} });
  follow({ query: "", after: null });
  const { payload } = (await sockets.subscribed(1)).subscription!;
  assert.deepEqual(payload, { documentId: "sha256:1", variables: { query: "", after: "start-1" } });
  socket.close();
});

test("a cut connection continues after the last event", async () => {
  const { sockets, subscribe, cursors, after, socket } = await scene();
  subscribe({ after: "given" });
  const first = await sockets.subscribed(1);
  assert.equal(after(1), "given");
  first.event("one");
  first.event("two");
  await settled();
  first.cut();
  (await sockets.subscribed(2)).event("three");
  await settled();
  assert.equal(after(2), "two");
  assert.deepEqual(cursors, ["one", "two", "three"]);
  socket.close();
});

test("a second subscription continues where the first one ended", async () => {
  const { sockets, subscribe, after, cursors, socket } = await scene();
  const end = subscribe();
  const first = await sockets.subscribed(1);
  first.event("one");
  await settled();
  end();
  first.event("after the end");
  await settled();
  assert.deepEqual(cursors, ["one"]);
  assert(first.sent.some(({ type }) => type === "complete"));
  subscribe();
  await settled();
  assert.equal(after(1), "one");
  socket.close();
});

test("a subscription with other variables does not continue where the first one ended", async () => {
  const { sockets, subscribe, after, socket } = await scene();
  const end = subscribe({ applicationId: "one" });
  const first = await sockets.subscribed(1);
  first.event("later");
  await settled();
  end();
  subscribe({ applicationId: "two" });
  await settled();
  assert.equal(after(1), "start-1");
  subscribe({ applicationId: "one" });
  await settled();
  assert.equal(after(1), "later");
  socket.close();
});

test("an expired token is renewed before the next connection", async () => {
  const { server, sockets, subscribe, problems, socket } = await scene();
  subscribe();
  const first = await sockets.subscribed(1);
  server.expire();
  first.cut(4403);
  const second = await sockets.subscribed(2);
  assert.equal(second.token, server.token);
  assert.equal(server.count("tokenRefresh"), 1);
  assert.deepEqual(problems, []);
  socket.close();
});

test("a gap is reported once, and the feed continues after it", async () => {
  const gaps: Gap[] = [];
  const { sockets, subscribe, after, socket } = await scene({ onGap: (gap) => gaps.push(gap) });
  subscribe();
  const first = await sockets.subscribed(1);
  first.event("behind", { __typename: "FeedGap", missed: 7 });
  await settled();
  first.cut(1012);
  await sockets.subscribed(2);
  assert.deepEqual(gaps, [{ field: "reveals", cursor: "behind" }]);
  assert.equal(after(2), "behind");
  socket.close();
});

test("the end of the session ends the subscription, with its reason", async () => {
  const { server, sockets, subscribe, problems } = await scene();
  subscribe();
  const first = await sockets.subscribed(1);
  server.reason = "REFRESH_TOKEN_REUSED";
  server.expire();
  first.cut(4403);
  await settled();
  const [problem] = problems;
  assert(problem instanceof SessionEndedError);
  assert.deepEqual([problem.code, problems.length], ["REFRESH_TOKEN_REUSED", 1]);
});

test("signing out ends the subscription", async () => {
  const { session, sockets, subscribe, problems } = await scene();
  subscribe();
  await sockets.subscribed(1);
  await session.signOut();
  await settled();
  assert(problems[0] instanceof SessionEndedError);
});

test("an operation that the server cannot carry out now is repeated, an invalid one is not", async () => {
  const { sockets, subscribe, problems, socket } = await scene();
  const answers = ["UNAVAILABLE", "INVALID"];
  sockets.onSubscribe = (one, id) => {
    const code = answers.shift();
    one.receive({ type: "error", id, payload: [{ message: "No.", extensions: { code } }] });
  };
  subscribe();
  await settled();
  assert.deepEqual(problems, [[{ message: "No.", extensions: { code: "INVALID" } }]]);
  assert.equal(answers.length, 0);
  socket.close();
});

test("after a close code for a client error, there is no reconnect", async () => {
  const { sockets, subscribe, problems, socket } = await scene();
  subscribe();
  (await sockets.subscribed(1)).cut(4400, "Bad message");
  await settled();
  assert.deepEqual(problems, [{ code: 4400, reason: "Bad message" }]);
  assert.equal(sockets.opened.length, 1);
  socket.close();
});

test("a connection that does not respond to a ping is replaced", async (t) => {
  const { sockets, subscribe, socket } = await scene();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  subscribe();
  const first = await sockets.subscribed(1);
  t.mock.timers.tick(12_000);
  assert(first.sent.some(({ type }) => type === "ping"));
  first.receive({ type: "pong" });
  await settled();
  t.mock.timers.tick(12_000);
  assert.equal(sockets.opened.length, 1);
  t.mock.timers.tick(5_000);
  await sockets.subscribed(2);
  socket.close();
});

test("a closed socket does not connect again", async () => {
  let proceed = () => {};
  const wait = () => new Promise<void>((resolve) => (proceed = resolve));
  const { sockets, subscribe, problems, socket } = await scene({ wait });
  subscribe();
  (await sockets.subscribed(1)).cut();
  await settled();
  socket.close();
  proceed();
  await settled();
  assert.deepEqual([sockets.opened.length, problems], [1, []]);
});

test("the connection is closed after its last subscription, even if it was cut before", async (t) => {
  const { sockets, subscribe } = await scene();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const end = subscribe();
  (await sockets.subscribed(1)).cut();
  const second = await sockets.subscribed(2);
  end();
  await settled();
  t.mock.timers.tick(1_000);
  assert.equal(second.readyState, FakeSocket.CLOSED);
});

test("the status says whether events arrive", async () => {
  const statuses: boolean[] = [];
  const onStatus = ({ live }: SocketStatus) => statuses.push(live);
  const { sockets, subscribe, socket } = await scene({ onStatus });
  const end = subscribe();
  (await sockets.subscribed(1)).cut();
  await sockets.subscribed(2);
  end();
  await settled();
  assert.deepEqual(statuses, [true, false, true]);
  socket.close();
});
