/** The languages of the console, and the catalogs of its words. */
import { createContext, useContext } from "react";

export const LANGUAGES = ["en", "de", "pl", "ro"] as const;
export type Language = (typeof LANGUAGES)[number];

/** For dates, numbers and plurals, and for the words of React Aria. */
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE", pl: "pl-PL", ro: "ro-RO" };

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  pl: "Polski",
  ro: "Română",
};

/** The user's language and time zone; the browser's before sign-in. */
export interface Preferences {
  readonly language: Language;
  readonly timeZone: string;
}

export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);

/** Returns the first of the browser's languages that the console has. */
export function browserPreferences(): Preferences {
  const [language] = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).filter(isLanguage);
  return { language: language ?? "en", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export const PreferencesContext = createContext<Preferences>({ language: "en", timeZone: "UTC" });
export const usePreferences = (): Preferences => useContext(PreferencesContext);

/** The forms of a noun with its number; which one is used, the language decides. */
export type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Returns the form for a number, in which `#` is the number. */
export function plural(language: Language, count: number, forms: Forms): string {
  const locale = LOCALES[language];
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replace("#", new Intl.NumberFormat(locale).format(count));
}

/** A text, or a function that makes one from values. */
export type Words = { readonly [name: string]: string | ((...values: never[]) => string) | Words };

/** The same names and values in another language. */
export type Same<W> = W extends string
  ? string
  : W extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [name in keyof W]: Same<W[name]> };

/**
 * Makes the catalog of a screen: its words in English and, with exactly the same names, in the other languages.
 * A missing text is a type error.
 */
export function catalog<W extends Words>(en: W, others: Readonly<Record<Exclude<Language, "en">, Same<W>>>): () => Same<W> {
  const all: Readonly<Record<Language, Same<W>>> = { en: en as unknown as Same<W>, ...others };
  return () => all[usePreferences().language];
}
