import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { atChange } from "../src/changes.js";
import { TestClock } from "./fakes.js";

const NOW = "2026-03-02T09:00:00.000000Z";

/** A clock whose timers the test runs, and how often was refetched. */
function scene({ mock }: TestContext) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const clock = new TestClock();
  const refetched = { times: 0 };
  const refetch = (): void => void refetched.times++;
  const pass = (seconds: number): void => {
    clock.pass(seconds);
    mock.timers.tick(seconds * 1000);
  };
  return { clock, pass, refetch, refetched };
}

test("the earliest change is refetched, once and not before", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  atChange([null, "2026-03-02T09:00:48.5Z", "2026-03-02T09:01:00Z", undefined], NOW, refetch, clock);
  for (const seconds of [30, 18.5]) pass(seconds);
  assert.equal(refetched.times, 0);
  pass(0.002);
  assert.equal(refetched.times, 1);
  for (const seconds of [30, 30]) pass(seconds);
  assert.equal(refetched.times, 1);
});

test("nothing changes without a time", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  atChange([null, undefined], NOW, refetch, clock);
  atChange([], NOW, refetch, clock);
  pass(3600);
  assert.equal(refetched.times, 0);
});

test("a change that is past is refetched immediately", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  atChange(["2026-03-02T08:59:59Z"], NOW, refetch, clock);
  pass(0);
  assert.equal(refetched.times, 1);
});

test("a cancelled change is not refetched", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  const cancel = atChange(["2026-03-02T09:00:48Z"], NOW, refetch, clock);
  pass(30);
  cancel();
  pass(30);
  assert.equal(refetched.times, 0);
});

test("days are not lost, although a timer holds at most 24 of them, and sleep counts", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  atChange(["2026-04-01T09:00:00Z"], NOW, refetch, clock);
  clock.wallNow += 30 * 86_400_000; // the machine slept, and its timers with it
  pass(1);
  assert.equal(refetched.times, 0);
  pass(29);
  assert.equal(refetched.times, 1);
});

test("a wrong time of day has no effect", (context) => {
  const { clock, pass, refetch, refetched } = scene(context);
  atChange(["2026-03-02T09:00:10Z"], NOW, refetch, clock);
  clock.wallNow -= 7_200_000;
  pass(10.002);
  assert.equal(refetched.times, 1);
});
