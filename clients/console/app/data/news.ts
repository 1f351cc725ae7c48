/**
 * What makes an answer of the server out of date: an event, or a deed after which a screen wishes to read again. Relay
 * joins a read to an equal one that is under way, whose answer may be older; so such a read is repeated when it is done.
 */
export class News {
  #count = 0;
  /** What the count was when each read began that has ended, by the name of the read; oldest first. */
  readonly #began = new Map<string, number>();

  /** Notes that what has been read so far may be out of date. */
  note(): void {
    this.#count++;
  }

  /** Whether a read of this name has ended, and there were news after it began. */
  isBehind(name: string): boolean {
    const began = this.#began.get(name);
    return began !== undefined && began !== this.#count;
  }

  /**
   * Asks, and asks again as long as there were news meanwhile; each answer goes to `take`, which says whether to go on.
   * If there are news again and again, the pauses between questions grow: who asks meanwhile joins this read.
   */
  async read<T>(name: string, ask: () => Promise<T>, take: (answer: T) => boolean): Promise<void> {
    this.#began.delete(name);
    let began: number;
    let goesOn: boolean;
    let pause = -PAUSE_MS; // none before the first question and the first repetition
    do {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause + PAUSE_MS, LONGEST_PAUSE_MS);
      began = this.#count;
      goesOn = take(await ask());
    } while (goesOn && began !== this.#count);
    this.#began.set(name, began);
    for (const oldest of this.#began.keys()) {
      if (this.#began.size <= MOST_NAMES) break;
      this.#began.delete(oldest);
    }
  }
}

const MOST_NAMES = 100; // far more than one screen reads
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
