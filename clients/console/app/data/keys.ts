/** Idempotency keys of deeds without a form. */
import { newKey } from "leadgate-client";
import { useRef } from "react";
import { clock } from "./clock.ts";

/**
 * Returns a function that runs a deed with its idempotency key. Each answer is the end of a key; a deed without an
 * answer may have been done, so the next attempt at the same deed, by `name`, has the same key, and the time (by the
 * server's clock) of the first attempt, for an input that depends on it.
 */
export function useKeyed(): <R>(name: string, run: (idempotencyKey: string, began: number) => Promise<R>) => Promise<R> {
  const begun = useRef(new Map<string, { readonly key: string; readonly at: number }>());
  return async (name, run) => {
    const { key, at } = begun.current.get(name) ?? { key: newKey(), at: clock.now() };
    begun.current.set(name, { key, at });
    const answer = await run(key, at);
    begun.current.delete(name);
    return answer;
  };
}
