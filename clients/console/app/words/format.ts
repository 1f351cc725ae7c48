/** Dates, durations, numbers and amounts in the user's language and time zone. */
import { useMemo } from "react";
import { LOCALES, plural, usePreferences, type Forms, type Language, type Preferences } from "./language.ts";

const POINTS: Readonly<Record<Language, Forms>> = {
  en: { one: "# point", other: "# points" },
  de: { one: "# Punkt", other: "# Punkte" },
  pl: { one: "# punkt", few: "# punkty", many: "# punktów", other: "# punktu" },
  ro: { one: "# punct", few: "# puncte", other: "# de puncte" },
};

type Part = { readonly unit: "day" | "hour" | "minute" | "second"; readonly seconds: number };
const PARTS: readonly Part[] = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
];

/** The units of periods, with their length and the shortest period that is said in them, in seconds. */
const PERIODS = [
  ["day", 86_400, 4 * 86_400],
  ["hour", 3_600, 3_600],
  ["minute", 60, 60],
] as const;

const BYTES = [
  ["megabyte", 1_000_000],
  ["kilobyte", 1_000],
] as const;

export interface Format {
  readonly language: Language;
  /** 29 Nov 2026. */
  date(time: string): string;
  /** 14:05. */
  time(time: string): string;
  /** 29 Nov, 14:05; with the year if it is not this one. */
  dateTime(time: string): string;
  /** 29 Nov, 14:05 – 15:05; the day again if it is another one. */
  range(from: string, until: string): string;
  /** 29 Nov, of a day such as 2026-11-29. */
  day(day: string): string;
  /** Mon, 30 Nov, of a day such as 2026-11-30. */
  weekday(day: string): string;
  /** 30 Nov – 6 Dec 2026, of two days. */
  days(first: string, last: string): string;
  number(value: number): string;
  points(value: number): string;
  /** Whole units of a currency. */
  money(amount: number, currency: string): string;
  /** An amount in euros, from cents. */
  cents(value: number): string;
  /** A share of one, in whole per cent. */
  share(value: number): string;
  budget(least: number | null | undefined, most: number | null | undefined, currency: string | null | undefined): string | null;
  /** The two largest units, such as 1 d 4 h or 3 min 20 s. */
  duration(seconds: number): string;
  /** Hours and minutes, such as 60 h or 8 h 30 min, however many days they are. */
  hours(seconds: number): string;
  /** A period as policies state it: 48 hours, 14 days, 48 seconds. */
  period(duration: string): string;
  /** 512 B, 1.5 MB. */
  bytes(count: number): string;
  country(code: string): string;
  /** EUR, Euro. */
  currency(code: string): string;
  plural(count: number, forms: Forms): string;
}

/** Returns the parts of a duration: the largest unit that it fills, and the next one unless it is zero. */
export function durationParts(seconds: number): { unit: Part["unit"]; count: number }[] {
  const left = Math.max(0, Math.floor(seconds));
  const first = PARTS.findIndex((part) => left >= part.seconds);
  if (first < 0) return [{ unit: "second", count: 0 }];
  const large = PARTS[first]!;
  const small = PARTS[first + 1];
  const parts = [{ unit: large.unit, count: Math.floor(left / large.seconds) }];
  const rest = small ? Math.floor((left % large.seconds) / small.seconds) : 0;
  return small && rest > 0 ? [...parts, { unit: small.unit, count: rest }] : parts;
}

/** Reads an ISO 8601 duration of hours, minutes and seconds, such as PT48H; returns seconds. */
export function secondsOf(duration: string): number {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration) ?? [];
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

export function formatFor({ language, timeZone }: Preferences): Format {
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale);
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const date = dates({ day: "numeric", month: "short", year: "numeric" });
  const time = dates({ hour: "2-digit", minute: "2-digit" });
  const short = dates({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const long = dates({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  const year = dates({ year: "numeric" });
  const calendar = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const span = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const noon = (day: string): Date => new Date(`${day}T12:00Z`);
  const unit = (count: number, name: string): string => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(count);
  const money = (amount: number, currency: string): string =>
    new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 }).format(amount);
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const currencies = new Intl.DisplayNames(locale, { type: "currency" });
  return {
    language,
    date: (at) => date.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => {
      const moment = new Date(at);
      return (year.format(moment) === year.format(new Date()) ? short : long).format(moment);
    },
    range: (from, until) => short.formatRange(new Date(from), new Date(until)),
    day: (day) => calendar.format(noon(day)),
    weekday: (day) => weekday.format(noon(day)),
    days: (first, last) => span.formatRange(noon(first), noon(last)),
    number: (value) => number.format(value),
    points: (value) => plural(language, value, POINTS[language]),
    money,
    cents: (value) => new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(value / 100),
    share: (value) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value),
    budget: (least, most, currency) => {
      if (!currency || (least == null && most == null)) return null;
      if (least != null && most != null) return least === most ? money(least, currency) : `${money(least, currency)} – ${money(most, currency)}`;
      return least != null ? `≥ ${money(least, currency)}` : `≤ ${money(most!, currency)}`;
    },
    duration: (seconds) =>
      durationParts(seconds)
        .map((part) => unit(part.count, part.unit))
        .join(" "),
    hours: (seconds) => {
      const minutes = Math.round(seconds / 60);
      const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
      return [(whole > 0 || rest === 0) && unit(whole, "hour"), rest > 0 && unit(rest, "minute")].filter(Boolean).join(" ");
    },
    period: (duration) => {
      const seconds = secondsOf(duration);
      const [unit, size] = PERIODS.find(([, length, least]) => seconds >= least && seconds % length === 0) ?? ["second", 1];
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
    },
    bytes: (count) => {
      const [unit, size] = BYTES.find(([, least]) => count >= least) ?? ["byte", 1];
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: unit === "megabyte" ? 1 : 0 }).format(count / size);
    },
    country: (code) => names.of(code) ?? code,
    currency: (code) => `${code}, ${currencies.of(code) ?? code}`,
    plural: (count, forms) => plural(language, count, forms),
  };
}

export function useFormat(): Format {
  const { language, timeZone } = usePreferences();
  return useMemo(() => formatFor({ language, timeZone }), [language, timeZone]);
}
