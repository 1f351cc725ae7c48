/** Coordinates the tabs of one browser: they renew one at a time and exchange messages. */
import type { SessionEnd } from "./errors.js";

/** An access token that is sent to other tabs. */
export interface SharedToken {
  readonly accessToken: string;
  readonly secondsLeft: number;
  readonly userId: string;
  readonly feedCursor: string;
}

/** A message from one tab to all others. */
export type Message =
  | { readonly kind: "ask" }
  | { readonly kind: "renewing"; readonly key: string }
  | { readonly kind: "token"; readonly token: SharedToken }
  | { readonly kind: "ended"; readonly end: SessionEnd };

/** The other tabs. In an environment without locks or channels, each tab is on its own. */
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
