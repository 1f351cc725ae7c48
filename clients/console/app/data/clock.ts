/** The server's clock, whatever this machine's time of day says: countdowns run on it. */

/** Two clocks of this machine, in milliseconds. */
export interface LocalClock {
  /** Is never adjusted, but may stop while the machine sleeps. */
  monotonic(): number;
  wall(): number;
}

const LOCAL: LocalClock = { monotonic: () => performance.now(), wall: () => Date.now() };
const DRIFT_MS = 2_000; // by which the two local clocks may differ before the machine has slept, or was adjusted

/**
 * Learns from responses in which interval the server's clock lies. A `Date` header says it to a second, `service.now`
 * exactly; each of them applies to some moment between the request and its response.
 */
export class ServerClock {
  readonly #local: LocalClock;
  #earliest = -Infinity;
  #latest = Infinity;
  #began: number;

  constructor(local: LocalClock = LOCAL) {
    this.#local = local;
    this.#began = local.wall() - local.monotonic();
  }

  /** The moment at which a request is sent, for `learn`. */
  mark(): number {
    return this.#local.monotonic();
  }

  /** Notes that the server's clock stood within `precision` milliseconds after `time`, since the moment `sent`. */
  learn(time: number, precision: number, sent: number): void {
    if (!Number.isFinite(time)) return;
    this.#forgetAfterSleep();
    const earliest = time - this.#local.monotonic();
    const latest = time + precision - sent;
    const fits = earliest <= this.#latest && latest >= this.#earliest;
    this.#earliest = fits ? Math.max(earliest, this.#earliest) : earliest;
    this.#latest = fits ? Math.min(latest, this.#latest) : latest;
  }

  /** Milliseconds since 1970; the local time of day until the first response. */
  now(): number {
    this.#forgetAfterSleep();
    if (!Number.isFinite(this.#earliest)) return this.#local.wall();
    return this.#local.monotonic() + (this.#earliest + this.#latest) / 2;
  }

  #forgetAfterSleep(): void {
    const began = this.#local.wall() - this.#local.monotonic();
    if (Math.abs(began - this.#began) <= DRIFT_MS) return;
    const slept = began - this.#began;
    this.#began = began;
    // A response corrects this. Until then, the time of day has advanced like the server's.
    this.#earliest += slept;
    this.#latest += slept;
  }
}

export const clock = new ServerClock();

/** Calls `tick` at each full second of the server's clock; returns a function that stops it. */
export function everySecond(tick: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const next = (): void => {
    timer = setTimeout(
      () => {
        tick();
        next();
      },
      1_000 - (clock.now() % 1_000) + 5,
    );
  };
  next();
  return () => clearTimeout(timer);
}
