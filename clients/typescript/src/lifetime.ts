/** The remaining lifetime of a token, measured so that a wrong time of day has no effect. */

/** Two clocks, in milliseconds. */
export interface Clock {
  /** Is never adjusted, but may stop while the machine sleeps. */
  monotonic(): number;
  /** Continues during sleep, but may be adjusted. */
  wall(): number;
}

export const CLOCK: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

const MINUTE = 60_000;

/** The lifetime of one token, which begins when this object is created. */
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
   * Seconds left, by the clock that has advanced more. After sleep, that is the wall clock. If the wall clock was set
   * forward, the token is renewed once too early.
   */
  get secondsLeft(): number {
    const age = Math.max(
      this.#clock.monotonic() - this.#began.monotonic,
      this.#clock.wall() - this.#began.wall,
    );
    return Math.max(0, (this.#total - age) / 1000);
  }

  /** Whether to renew the token: at most a minute is left, or a fifth of a shorter lifetime. */
  get isDue(): boolean {
    return this.secondsLeft * 1000 <= Math.min(MINUTE, this.#total / 5);
  }
}
