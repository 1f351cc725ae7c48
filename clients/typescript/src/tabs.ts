/** What the tabs of one browser share: turns, so that one renews at a time, and what they tell each other. */
import type { SessionEnd } from "./errors.js";

/** An access token on its way to another tab. */
export interface SharedToken {
  readonly accessToken: string;
  readonly secondsLeft: number;
  readonly userId: string;
  readonly feedCursor: string;
}

/** What one tab tells all others. */
export type Message =
  | { readonly kind: "ask" }
  | { readonly kind: "renewing"; readonly key: string }
  | { readonly kind: "token"; readonly token: SharedToken }
  | { readonly kind: "ended"; readonly end: SessionEnd };

/** The other tabs; where the browser has no locks or channels, there are none. */
export class Tabs {
  readonly #name: string;
  readonly #locks: LockManager | undefined;
  readonly #channel: BroadcastChannel | undefined;

  /** `name` is the same in all tabs that share a session. */
  constructor(name: string, hear: (message: Message) => void) {
    this.#name = name;
    this.#locks = globalThis.navigator?.locks;
    if (typeof BroadcastChannel === "undefined") return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener("message", (event: MessageEvent<Message>) => hear(event.data));
  }

  /** Runs `work` while no other tab does. */
  async turn(work: () => Promise<void>): Promise<void> {
    await (this.#locks ? this.#locks.request(this.#name, work) : work());
  }

  tell(message: Message): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}
