/** Texts that a user has begun to write: they survive a reload of the tab and the end of a session, until the user signs out. */
import { useCallback, useState } from "react";

const PREFIX = "leadgate.draft:";

function use<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(sessionStorage);
  } catch {
    return null; // storage is disabled or full: the text lasts as long as the page
  }
}

/** Keeps a text under a name, such as `apply:` and the lead's id. Only for the user's own words. */
export function useDraft(name: string): [text: string, set: (text: string) => void] {
  const key = PREFIX + name;
  const [text, setText] = useState(() => use((storage) => storage.getItem(key)) ?? "");
  const set = useCallback(
    (next: string) => {
      setText(next);
      use((storage) => (next === "" ? storage.removeItem(key) : storage.setItem(key, next)));
    },
    [key],
  );
  return [text, set];
}

/** Deletes all drafts of this tab. */
export function forgetDrafts(): void {
  use((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  });
}
