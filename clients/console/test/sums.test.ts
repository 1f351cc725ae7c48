import { expect, test } from "vitest";
import { sumsOf } from "../app/screens/vendor/points/sums.ts";

const ENTRIES = [
  { kind: "PURCHASE", amount: 500 },
  { kind: "HOLD", amount: -10 },
  { kind: "CAPTURE", amount: 0 }, // of held points
  { kind: "CAPTURE", amount: -25 },
  { kind: "HOLD", amount: -10 },
  { kind: "RELEASE", amount: 10 },
  { kind: "ADJUSTMENT", amount: 0 },
];

test("the sums of a ledger add up to the points that are left", () => {
  const sums = sumsOf(ENTRIES);
  expect([...sums.values()].reduce((sum, value) => sum + value)).toBe(465);
});

test("each kind has the sum of its changes, and one that changes nothing is left out", () => {
  expect([...sumsOf(ENTRIES)]).toEqual([
    ["PURCHASE", 500],
    ["HOLD", -20],
    ["CAPTURE", -25],
    ["RELEASE", 10],
  ]);
});
