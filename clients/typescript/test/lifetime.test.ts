import assert from "node:assert/strict";
import { test } from "node:test";
import { Lifetime } from "../src/lifetime.js";
import { TestClock } from "./fakes.js";

test("a token is renewed when a minute is left", () => {
  const clock = new TestClock();
  const life = new Lifetime(900, clock);
  clock.pass(839);
  assert.equal(life.isDue, false);
  clock.pass(1);
  assert.equal(life.isDue, true);
});

test("a short-lived token is renewed when a fifth is left", () => {
  const clock = new TestClock();
  const life = new Lifetime(60, clock);
  clock.pass(47);
  assert.equal(life.isDue, false);
  clock.pass(1);
  assert.equal(life.isDue, true);
});

test("a wall clock that is set back changes nothing", () => {
  const clock = new TestClock();
  const life = new Lifetime(900, clock);
  clock.wallNow -= 3_600_000;
  clock.monotonicNow += 100_000;
  assert.equal(life.secondsLeft, 800);
});

test("sleep counts, although the monotonic clock stops", () => {
  const clock = new TestClock();
  const life = new Lifetime(900, clock);
  clock.wallNow += 3_600_000;
  assert.equal(life.secondsLeft, 0);
});
