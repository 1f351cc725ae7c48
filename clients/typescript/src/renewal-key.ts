/** The idempotency key of a renewal, which is stored until the response arrives, even if the page is reloaded. */

/** Where the key is stored, such as `sessionStorage`. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const NAME = "leadgate.renewal";

/** A renewal whose response was lost is repeated with the same key. Every other renewal has a new key. */
export class RenewalKey {
  readonly #storage: KeyStorage | null;
  #key: string | null = null;

  constructor(storage: KeyStorage | null) {
    this.#storage = storage;
  }

  /** Returns the key of the renewal whose response has not arrived yet, or a new one. */
  current(): string {
    this.#key ??= this.#stored((storage) => storage.getItem(NAME)) ?? newKey();
    this.set(this.#key);
    return this.#key;
  }

  /** Stores the key of another tab's renewal: if that tab is closed before the response, this tab repeats it. */
  set(key: string): void {
    this.#key = key;
    this.#stored((storage) => storage.setItem(NAME, key));
  }

  /** Deletes the key when the response has arrived. */
  forget(): void {
    this.#key = null;
    this.#stored((storage) => storage.removeItem(NAME));
  }

  /** Storage may be disabled or full. The key is then lost when the page is closed. */
  #stored<T>(use: (storage: KeyStorage) => T): T | null {
    try {
      return this.#storage ? use(this.#storage) : null;
    } catch {
      return null;
    }
  }
}

/** Returns 128 random bits. Pages that are loaded over plain HTTP don't have `crypto.randomUUID`. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
