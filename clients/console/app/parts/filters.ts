/** Filters and orders of a list, which stand in the address: what one sees can be saved and sent as a link. */
import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/**
 * Reads the parameters with these names, with a default for each, and returns a function that changes some of them.
 * A parameter with its default is not in the address. Each change replaces the entry in the browser's history.
 */
export function useFilters<T extends Readonly<Record<string, string>>>(
  defaults: T,
): [values: { readonly [name in keyof T]: string }, change: (changes: Partial<Record<keyof T, string>>) => void, isFiltered: boolean] {
  const router = useRouter();
  const search = useLocation({ select: ({ searchStr }) => searchStr });
  const names = Object.keys(defaults).join();
  const values = useMemo(() => {
    const given = new URLSearchParams(search);
    return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, given.get(name) ?? value])) as T;
    // The defaults of a screen are constant; only their names identify them.
  }, [search, names]);
  const change = useCallback(
    (changes: Partial<Record<keyof T, string>>) => {
      const next = new URLSearchParams(router.state.location.searchStr);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === defaults[name]) next.delete(name);
        else next.set(name, value as string);
      }
      const text = next.toString();
      router.history.replace(`${location.pathname}${text && "?"}${text}`);
    },
    [router, names],
  );
  return [values, change, Object.entries(values).some(([name, value]) => value !== defaults[name])];
}

/** The one of these choices that a filter names, or null. */
export function choiceIn<C extends string>(text: string, choices: Readonly<Record<C, unknown>>): C | null {
  return Object.hasOwn(choices, text) ? (text as C) : null;
}

/** A number in a filter, or null if there is none. */
export function numberIn(text: string): number | null {
  const value = Number(text);
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
