import { expect, test } from "vitest";
import { choiceIn, numberIn } from "../app/parts/filters.ts";

test("a filter names one of the choices or nothing, whatever the address says", () => {
  const choices = { OPEN: "Open", DECIDED: "Decided" };
  expect(choiceIn("OPEN", choices)).toBe("OPEN");
  for (const other of ["", "open", "toString", "constructor", "__proto__"]) expect(choiceIn(other, choices)).toBeNull();
});

test("a number in a filter is a whole number that is not negative, or nothing", () => {
  expect(numberIn(" 12 ")).toBe(12);
  for (const other of ["", " ", "-1", "1.5", "twelve", "1e99"]) expect(numberIn(other)).toBeNull();
});
