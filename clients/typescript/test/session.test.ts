import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError, SignInError } from "../src/errors.js";
import { EXPIRES_IN, FakeServer, TestClock, json, refusedToken } from "./fakes.js";

const QUERY = { query: "{ done }" };

test("requests carry the access token and the preflight header", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  assert.deepEqual(await session.request(QUERY), { data: { done: true } });
  const sent = server.received.at(-1);
  assert.deepEqual([sent?.token, sent?.headers.get("graphql-preflight")], ["token-1", "1"]);
});

test("a refused sign-in reports why and how long to wait", async () => {
  const server = new FakeServer();
  const userErrors = [{ code: "LIMIT_EXCEEDED", message: "Too many attempts.", retryAfterSeconds: 30 }];
  server.next.push(() => json({ data: { signIn: { userErrors } } }));
  await assert.rejects(server.session().signIn("a@b.example", "wrong"), (error) => {
    assert(error instanceof SignInError);
    assert.deepEqual([error.code, error.retryAfterSeconds], ["LIMIT_EXCEEDED", 30]);
    return true;
  });
});

test("requests at the same time share one renewal", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  clock.pass(EXPIRES_IN);
  await Promise.all([session.request(QUERY), session.request(QUERY), session.request(QUERY)]);
  assert.equal(server.count("tokenRefresh"), 1);
  assert.deepEqual(server.received.slice(-3).map(({ token }) => token), ["token-2", "token-2", "token-2"]);
});

test("each renewal sends the newest refresh token, with a new key", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  for (let round = 0; round < 2; round++) {
    clock.pass(EXPIRES_IN);
    await session.accessToken();
  }
  const inputs = server.received.slice(1).map(({ variables }) => variables["input"]);
  assert.deepEqual(inputs.map(({ refreshToken }) => refreshToken), ["refresh-1", "refresh-2"]);
  assert.notEqual(inputs[0].idempotencyKey, inputs[1].idempotencyKey);
});

test("a renewal whose response is lost is repeated with its key", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  clock.pass(EXPIRES_IN);
  server.next.push(null, () => json({ errors: [{ message: "Later.", extensions: { code: "UNAVAILABLE" } }] }, 503));
  assert.equal(await session.accessToken(), "token-2");
  const keys = server.received.slice(1).map(({ variables }) => variables["input"].idempotencyKey);
  assert.deepEqual([keys.length, new Set(keys).size], [3, 1]);
});

test("without any response the session continues, and the next attempt has the same key", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  clock.pass(EXPIRES_IN);
  server.next.push(null, null, null);
  await assert.rejects(session.accessToken(), (error) => error instanceof RequestError && error.code === "UNAVAILABLE");
  assert.equal(session.state.status, "signed-in");
  assert.equal(await session.accessToken(), "token-2");
  const keys = server.received.slice(1).map(({ variables }) => variables["input"].idempotencyKey);
  assert.equal(new Set(keys).size, 1);
});

test("the key of a renewal without a response survives a reload", async () => {
  const [server, stored] = [new FakeServer(), new Map<string, string>()];
  const keyStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
  };
  server.next.push(null, null, null);
  const page = server.session({ transport: "COOKIE", keyStorage });
  await assert.rejects(page.resume());
  page.close();
  const reloaded = server.session({ transport: "COOKIE", keyStorage });
  assert.equal((await reloaded.resume()).status, "signed-in");
  reloaded.close();
  const inputs = server.received.map(({ variables }) => variables["input"]);
  assert.equal(new Set(inputs.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
  assert(inputs.every((input) => !("refreshToken" in input)));
  assert.equal(stored.size, 0);
});

test("a refused token is renewed, and the request is repeated", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  server.expire();
  assert.deepEqual(await session.request(QUERY), { data: { done: true } });
  assert.deepEqual([server.count("done"), server.count("tokenRefresh")], [2, 1]);
});

test("the body of a response that refused the token is given up, so that it keeps no connection", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  let isGivenUp = false;
  const body = new ReadableStream({
    cancel: () => {
      isGivenUp = true;
    },
  });
  server.next.push(() => new Response(body, { status: 401 }));
  assert.deepEqual(await session.request(QUERY), { data: { done: true } });
  assert(isGivenUp);
});

test("a request is repeated only once", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  server.next.push(refusedToken, undefined, refusedToken);
  const { errors } = await session.request(QUERY);
  assert.equal(errors?.[0]?.extensions?.["code"], "UNAUTHENTICATED");
  assert.deepEqual([server.count("done"), server.count("tokenRefresh")], [2, 1]);
});

test("an upload is repeated in full", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  server.expire();
  const result = await session.request({ query: "mutation", variables: { file: new File(["rows"], "rows.csv") } });
  assert.deepEqual(result, { data: { done: true } });
});

test("a reused refresh token ends the session with this reason", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  server.reason = "REFRESH_TOKEN_REUSED";
  clock.pass(EXPIRES_IN);
  const states: string[] = [];
  session.follow(() => states.push(session.state.status));
  assert.equal(await session.accessToken(), null);
  const end = { code: "REFRESH_TOKEN_REUSED", message: "Refused: REFRESH_TOKEN_REUSED." };
  assert.deepEqual(session.state, { status: "signed-out", end });
  assert.deepEqual(states, ["signed-out"]);
});

test("a first visit is signed out without a reason", async () => {
  const server = new FakeServer();
  server.reason = "REFRESH_TOKEN_MISSING";
  const session = server.session({ transport: "COOKIE", keyStorage: null });
  assert.deepEqual(await session.resume(), { status: "signed-out", end: null });
  session.close();
});

test("signing out renews an expired token to end the session", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  server.expire();
  await session.signOut();
  assert.equal(session.state.status === "signed-out" && session.state.end?.code, "SIGNED_OUT");
  assert.equal(server.received.at(-1)?.token, server.token);
});

test("a sign-out without a response leaves the session signed in", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  server.next.push(null);
  await assert.rejects(session.signOut());
  assert.equal(session.state.status, "signed-in");
});

test("a sign-in during a sign-out survives it", async () => {
  const server = new FakeServer();
  const session = server.session();
  await session.signIn("vendor@demo.example", "secret");
  let answer = () => {};
  const late = new Promise<void>((resolve) => (answer = resolve));
  server.next.push(async () => {
    await late;
    return Response.json({ data: { signOut: { signedOut: true } } });
  });
  const signedOut = session.signOut();
  await new Promise((resolve) => setTimeout(resolve, 0));
  const signedIn = session.signIn("vendor@demo.example", "secret");
  answer();
  await Promise.all([signedOut, signedIn]);
  assert.equal(session.state.status, "signed-in");
  assert.equal(await session.accessToken(), server.token);
});

test("a renewal does not overtake a sign-in", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const session = server.session({ clock });
  await session.signIn("vendor@demo.example", "secret");
  clock.pass(EXPIRES_IN);
  let answer = () => {};
  const late = new Promise<void>((resolve) => (answer = resolve));
  server.next.push(async (request) => {
    await late;
    return server.fetch("", { body: JSON.stringify(request) });
  });
  const renewed = session.accessToken();
  const signedIn = session.signIn("vendor@demo.example", "secret");
  answer();
  await Promise.all([renewed, signedIn]);
  assert.equal(await session.accessToken(), server.token);
  assert.match(server.received.at(-1)?.query ?? "", /signIn/);
});

test("tabs share one renewal and one sign-out", async () => {
  const [server, clock] = [new FakeServer(), new TestClock()];
  const options = { transport: "COOKIE", keyStorage: null, clock } as const;
  const [first, second] = [server.session(options), server.session(options)];
  await first.signIn("vendor@demo.example", "secret");
  await heard(() => second.state.status === "signed-in");
  assert.equal(await second.accessToken(), "token-1");
  clock.pass(EXPIRES_IN);
  await first.accessToken();
  await heard(() => server.count("tokenRefresh") === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await second.accessToken(), "token-2");
  assert.equal(server.count("tokenRefresh"), 1);
  await second.signOut();
  await heard(() => first.state.status === "signed-out");
  first.close();
  second.close();
});

test("a token that the server refused is not accepted from another tab", async () => {
  const server = new FakeServer();
  const options = { transport: "COOKIE", keyStorage: null } as const;
  const [first, second] = [server.session(options), server.session(options)];
  await first.signIn("vendor@demo.example", "secret");
  await heard(() => second.state.status === "signed-in");
  server.expire();
  assert.deepEqual(await first.request(QUERY), { data: { done: true } });
  assert.deepEqual([server.count("done"), server.count("tokenRefresh")], [2, 1]);
  first.close();
  second.close();
});

/** Messages between tabs take a few turns of the event loop. */
async function heard(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition() && turns < 1000; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
  assert(condition());
}
