/** How long a token still lives, by clocks that a wrong time of day cannot mislead. */

/** Two readings in milliseconds. */
export interface Clock {
  /** Never set back or forward, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Runs on during sleep, but may be set. */
  wall(): number;
}

export const CLOCK: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

const MINUTE = 60_000;

/** The life of one token, which began when this was created. */
export class Lifetime {
  readonly #clock: Clock;
  readonly #total: number;
  readonly #began: { monotonic: number; wall: number };

  /** `seconds` is `expiresIn` of the response that contained the token. */
  constructor(seconds: number, clock: Clock = CLOCK) {
    this.#clock = clock;
    this.#total = seconds * 1000;
    this.#began = { monotonic: clock.monotonic(), wall: clock.wall() };
  }

  /**
   * Seconds left. The age is the longer of the two readings: after a sleep it is the wall clock's, and if the wall
   * clock was set forward, the token is renewed once too early.
   */
  get secondsLeft(): number {
    const age = Math.max(
      this.#clock.monotonic() - this.#began.monotonic,
      this.#clock.wall() - this.#began.wall,
    );
    return Math.max(0, (this.#total - age) / 1000);
  }

  /** Whether to renew: a minute is left, or a fifth of a shorter life. */
  get isDue(): boolean {
    return this.secondsLeft * 1000 <= Math.min(MINUTE, this.#total / 5);
  }
}
