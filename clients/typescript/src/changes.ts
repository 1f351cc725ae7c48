/** Waits until a decision changes by itself, such as when contact data or a message of a chat is revealed. */
import { CLOCK, Lifetime, type Clock } from "./lifetime.js";

const LONGEST_MS = 30_000; // until the clocks are read again: timers stop while the machine sleeps
const ROUNDED_MS = 2; // what parsing cuts off two times of the server

/**
 * Calls `refetch` once, when the earliest of these decisions changes; returns a function that cancels it. Without a
 * time, nothing happens.
 *
 * `changesAt` are the times that a response has, with null where nothing changes, and `now` is when the server made
 * it: `service { now }`, or `decidedAt` of a decision about the present. Call it as soon as the response arrives: a
 * wrong time of day on this machine has no effect.
 */
export function atChange(
  changesAt: readonly (string | null | undefined)[],
  now: string,
  refetch: () => void,
  clock: Clock = CLOCK,
): () => void {
  const times = changesAt.filter((time) => time != null).map(Date.parse);
  const left = Math.min(...times) - Date.parse(now) + ROUNDED_MS;
  if (!Number.isFinite(left)) return () => {};
  const wait = new Lifetime(left / 1000, clock);
  let timer: ReturnType<typeof setTimeout>;
  const look = (): void => {
    const milliseconds = wait.secondsLeft * 1000;
    if (milliseconds <= 0) refetch();
    else timer = setTimeout(look, Math.min(milliseconds, LONGEST_MS));
  };
  timer = setTimeout(look, Math.min(Math.max(0, left), LONGEST_MS));
  return () => clearTimeout(timer);
}
