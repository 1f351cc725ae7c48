import { expect, test } from "vitest";
import { ServerClock, type LocalClock } from "../app/data/clock.ts";

const HOUR = 3_600_000;
const SERVER = Date.UTC(2026, 11, 1, 12);

/** A machine whose time of day is wrong, and which can sleep. */
class Machine implements LocalClock {
  elapsed = 0;
  wrong = 3 * HOUR;
  slept = 0;

  monotonic = (): number => this.elapsed;
  wall = (): number => SERVER + this.wrong + this.elapsed + this.slept;
  server = (): number => SERVER + this.elapsed + this.slept;
}

test("until the first response, the time of day is that of the machine", () => {
  const machine = new Machine();
  expect(new ServerClock(machine).now()).toBe(SERVER + 3 * HOUR);
});

test("the headers of some responses give the server's clock to less than a second", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  for (const wait of [0, 300, 333, 421, 377]) {
    machine.elapsed += wait;
    const sent = clock.mark();
    machine.elapsed += 40;
    clock.learn(Math.floor(machine.server() / 1_000) * 1_000, 1_000, sent);
  }
  expect(Math.abs(clock.now() - machine.server())).toBeLessThan(350);
});

test("an exact time gives it to half of the time that the response took", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  const sent = clock.mark();
  machine.elapsed += 30;
  const now = machine.server();
  machine.elapsed += 30;
  clock.learn(now, 1, sent);
  machine.elapsed += HOUR;
  expect(Math.abs(clock.now() - machine.server())).toBeLessThanOrEqual(31);
});

test("an adjusted time of day changes nothing once a response has come", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  clock.learn(machine.server(), 1, clock.mark());
  machine.wrong = 0;
  const sent = clock.mark();
  clock.learn(machine.server(), 1, sent);
  expect(Math.abs(clock.now() - machine.server())).toBeLessThanOrEqual(1);
});

test("after sleep, the clock has advanced by as much as the time of day", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  clock.learn(machine.server(), 1, clock.mark());
  machine.slept = HOUR;
  expect(Math.abs(clock.now() - machine.server())).toBeLessThanOrEqual(1);
});

test("a server whose clock was set back is believed", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  clock.learn(machine.server(), 1, clock.mark());
  clock.learn(machine.server() - HOUR, 1, clock.mark());
  expect(Math.abs(clock.now() - (machine.server() - HOUR))).toBeLessThanOrEqual(1);
});

test("a missing header changes nothing", () => {
  const machine = new Machine();
  const clock = new ServerClock(machine);
  clock.learn(Number.NaN, 1_000, clock.mark());
  expect(clock.now()).toBe(machine.wall());
});
