import { expect, test } from "vitest";
import { mondayOf, weekFrom, wholeDays } from "../app/words/zones.ts";

const days = (zone: string, now: string, count: number): { from: string; to: string } => wholeDays(zone, Date.parse(now), count);

test("whole days end with today, in the zone", () => {
  expect(days("Europe/Berlin", "2026-11-30T23:30:00Z", 2)).toEqual({ from: "2026-11-29T23:00:00.000Z", to: "2026-12-01T23:00:00.000Z" });
  expect(days("America/New_York", "2026-11-30T03:30:00Z", 1)).toEqual({ from: "2026-11-29T05:00:00.000Z", to: "2026-11-30T05:00:00.000Z" });
});

test("a day has 25 hours where the clocks are set back", () => {
  expect(days("Europe/Berlin", "2026-10-25T12:00:00Z", 1)).toEqual({ from: "2026-10-24T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z" });
});

test("the period stays the same until midnight", () => {
  expect(days("UTC", "2026-11-30T00:00:00Z", 14)).toEqual(days("UTC", "2026-11-30T23:59:59Z", 14));
});

test("a week begins on its Monday", () => {
  expect(mondayOf("2026-11-30")).toBe("2026-11-30");
  expect(mondayOf("2026-12-06")).toBe("2026-11-30");
  expect(mondayOf("2027-01-01")).toBe("2026-12-28");
});

test.each(["", "yesterday", "2026-13-01", "2026-12-1"])("%o is no day of a week", (text) => {
  expect(mondayOf(text)).toBeNull();
});

test("the days of a week begin at midnight in the zone, also where the clocks change", () => {
  const week = weekFrom("Europe/Berlin", "2026-10-19");
  expect(week).toHaveLength(7);
  expect(week[0]).toEqual({ day: "2026-10-19", from: "2026-10-18T22:00:00.000Z", to: "2026-10-19T22:00:00.000Z" });
  expect(week[6]).toEqual({ day: "2026-10-25", from: "2026-10-24T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z" });
});
