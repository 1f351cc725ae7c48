/** The idempotency key of a renewal: kept until the answer is there, also across a reload of the page. */

/** Where the key is kept, such as `sessionStorage`. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const NAME = "leadgate.renewal";

/** A renewal whose answer was lost is repeated with its key; each other one has a new key. */
export class RenewalKey {
  readonly #storage: KeyStorage | null;
  #key: string | null = null;

  constructor(storage: KeyStorage | null) {
    this.#storage = storage;
  }

  /** The key of the renewal that has not been answered yet, or a new one. */
  current(): string {
    this.#key ??= this.#stored((storage) => storage.getItem(NAME)) ?? newKey();
    this.set(this.#key);
    return this.#key;
  }

  /** Another tab renews with this key: if it is closed before the answer, this tab repeats its renewal. */
  set(key: string): void {
    this.#key = key;
    this.#stored((storage) => storage.setItem(NAME, key));
  }

  /** The answer is there. */
  forget(): void {
    this.#key = null;
    this.#stored((storage) => storage.removeItem(NAME));
  }

  /** Storage may be forbidden or full; then the key is lost with the page. */
  #stored<T>(use: (storage: KeyStorage) => T): T | null {
    try {
      return this.#storage ? use(this.#storage) : null;
    } catch {
      return null;
    }
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on pages loaded over plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
