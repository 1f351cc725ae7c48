import { expect, test } from "vitest";
import { secondsOf, shareOf, within } from "../app/screens/vendor/calls/spans.ts";

const day = { from: "2026-12-01T23:00:00.000Z", to: "2026-12-02T23:00:00.000Z" };
const span = (from: string, to: string) => ({ from, to });

test("spans are cut at the ends of a day", () => {
  const [long, short, before, after] = [
    span("2026-11-30T10:00:00Z", "2026-12-04T10:00:00Z"),
    span("2026-12-02T08:00:00Z", "2026-12-02T09:30:00Z"),
    span("2026-12-01T20:00:00Z", "2026-12-01T23:00:00Z"),
    span("2026-12-02T23:00:00Z", "2026-12-03T01:00:00Z"),
  ];
  expect(within(day, [before, short, after])).toEqual([short]);
  expect(within(day, [long])).toEqual([day]);
  expect(secondsOf([short, day])).toBe(25.5 * 3_600);
});

test.each([
  [604_800, 604_800, 1],
  [604_799, 604_800, 0.99],
  [300, 604_800, 0.01],
  [0, 604_800, 0],
  [2, 3, 0.67],
])("%d of %d seconds are a share of %d", (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share);
});
