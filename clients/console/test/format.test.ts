import { expect, test } from "vitest";
import { durationParts, formatFor, secondsOf } from "../app/words/format.ts";
import { plural } from "../app/words/language.ts";
import { instantIn, localIn } from "../app/words/zones.ts";

const words = (language: "en" | "de" | "pl" | "ro") => formatFor({ language, timeZone: "Europe/Berlin" });

test.each([
  [0, "0s"],
  [59.9, "59s"],
  [60, "1m"],
  [3_599, "59m 59s"],
  [3_600, "1h"],
  [3_660, "1h 1m"],
  [90_000, "1d 1h"],
  [-5, "0s"],
])("%d seconds are %s", (seconds, text) => {
  expect(words("en").duration(seconds)).toBe(text);
});

test.each([
  [0, "0h"],
  [1_800, "30m"],
  [30_600, "8h 30m"],
  [604_800, "168h"],
])("%d seconds in hours are %s", (seconds, text) => {
  expect(words("en").hours(seconds)).toBe(text);
});

test("a duration has the largest unit and the next one", () => {
  expect(durationParts(86_400 + 59)).toEqual([{ unit: "day", count: 1 }]);
});

test.each([
  ["PT48H", 172_800],
  ["PT48S", 48],
  ["PT1H30M", 5_400],
  ["PT0S", 0],
])("%s are %d seconds", (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});

test.each([
  ["PT48H", "48 hours"],
  ["PT336H", "14 days"],
  ["PT48S", "48 seconds"],
  ["PT1H", "1 hour"],
])("the period %s is %s", (duration, text) => {
  expect(words("en").period(duration)).toBe(text);
});

test("points have the plural of each language", () => {
  expect([1, 2, 5].map(words("pl").points)).toEqual(["1 punkt", "2 punkty", "5 punktów"]);
  expect([1, 2, 20].map(words("ro").points)).toEqual(["1 punct", "2 puncte", "20 de puncte"]);
  expect([1, 2].map(words("de").points)).toEqual(["1 Punkt", "2 Punkte"]);
  expect(plural("en", 1_000, { one: "# point", other: "# points" })).toBe("1,000 points");
});

test("a budget of one end says which", () => {
  const { budget } = words("en");
  expect(budget(1_000, 2_000, "EUR")).toBe("€1,000 – €2,000");
  expect(budget(1_000, null, "EUR")).toBe("≥ €1,000");
  expect(budget(null, 2_000, "EUR")).toBe("≤ €2,000");
  expect(budget(2_000, 2_000, "EUR")).toBe("€2,000");
  expect(budget(null, null, "EUR")).toBe(null);
});

test("times are shown in the user's zone", () => {
  expect(formatFor({ language: "en", timeZone: "America/New_York" }).time("2026-12-01T12:00:00Z")).toBe("07:00");
});

test.each([
  ["Europe/Berlin", "2026-12-01T10:00", "2026-12-01T09:00:00.000Z"],
  ["Europe/Berlin", "2026-07-01T10:00", "2026-07-01T08:00:00.000Z"],
  ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"], // left out: an hour later, 03:30
  ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"], // twice: the first
  ["America/New_York", "2026-12-01T10:00", "2026-12-01T15:00:00.000Z"],
  ["Asia/Kathmandu", "2026-12-01T10:00", "2026-12-01T04:15:00.000Z"],
  ["UTC", "2026-12-01T10:00", "2026-12-01T10:00:00.000Z"],
])("in %s, %s is %s", (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant);
});

test("a text that is no time is none", () => {
  expect(instantIn("Europe/Berlin", "tomorrow")).toBe(null);
});

test("an instant in a zone and back is the same", () => {
  expect(instantIn("Europe/Warsaw", localIn("Europe/Warsaw", "2026-12-01T09:00:00.000Z"))).toBe("2026-12-01T09:00:00.000Z");
});

test.each([
  [512, "512 byte"],
  [1_499, "1 kB"],
  [1_800_000, "1.8 MB"],
])("%d bytes are %s", (count, text) => {
  expect(words("en").bytes(count)).toBe(text);
});

test("a span of time says its day once, if it is one", () => {
  const range = (from: string, until: string) => words("de").range(from, until).replace(/\s/g, " ");
  expect(range("2026-11-29T13:05Z", "2026-11-29T14:05Z")).toMatch(/^29\. Nov\.?, 14:05.15:05|^29\. Nov\.?, 14:05 . 15:05/);
  expect(range("2026-11-29T13:05Z", "2026-11-30T14:05Z").match(/Nov/g)).toHaveLength(2);
});

test("a share and an amount in cents are written as the language does", () => {
  expect(words("en").share(0.5)).toBe("50%");
  expect(words("de").share(0.5)).toBe("50\u00a0%");
  expect(words("en").cents(10)).toBe("€0.10");
  expect(words("de").cents(10)).toBe("0,10\u00a0€");
});
