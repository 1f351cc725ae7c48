import { expect, test } from "vitest";
import { csvOf } from "../app/screens/operator/fairness/csv.ts";

test("cells with commas, quotes and lines are quoted", () => {
  expect(csvOf([["a,b", 'say "x"', "two\nlines", 3]])).toBe('\uFEFF"a,b","say ""x""","two\nlines",3\r\n');
});

test("a text that a spreadsheet would take for a formula is marked as a text, and a number stays one", () => {
  expect(csvOf([["=1+1", "@x", -3]])).toBe("\uFEFF'=1+1,'@x,-3\r\n");
});
