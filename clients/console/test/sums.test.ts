import { expect, test } from "vitest";
import { sumsOf } from "../app/screens/vendor/points/sums.ts";

test("a fee that is charged counts once, whether it was held before or not", () => {
  const sums = sumsOf([
    { kind: "PURCHASE", amount: 500, holdAmount: 0 },
    { kind: "HOLD", amount: -10, holdAmount: 10 },
    { kind: "CAPTURE", amount: 0, holdAmount: -10 },
    { kind: "CAPTURE", amount: -25, holdAmount: 0 },
    { kind: "HOLD", amount: -10, holdAmount: 10 },
    { kind: "RELEASE", amount: 10, holdAmount: -10 },
  ]);
  expect([...sums]).toEqual([
    ["PURCHASE", 500],
    ["HOLD", 20],
    ["CAPTURE", -35],
    ["RELEASE", 10],
  ]);
});
