import { expect, test } from "vitest";
import { choiceOf } from "../app/parts/Combo.tsx";
import { COUNTRIES, CURRENCIES, currencyOf } from "../app/words/countries.ts";

const CHOICES = COUNTRIES.map((id) => ({ id, label: new Intl.DisplayNames("en", { type: "region" }).of(id) ?? id }));

test("a country is found by its whole name or its two letters, never by a part of its name", () => {
  expect(choiceOf(" germany", CHOICES)?.id).toBe("DE");
  expect(choiceOf("de", CHOICES)?.id).toBe("DE");
  expect(choiceOf("Ge", CHOICES)?.label).toBe("Georgia");
  expect(choiceOf("Germ", CHOICES)).toBeUndefined();
  expect(choiceOf("", CHOICES)).toBeUndefined();
});

test("each country has a currency that can be chosen", () => {
  for (const country of COUNTRIES) expect(CURRENCIES).toContain(currencyOf(country));
  expect(currencyOf("GB")).toBe("GBP");
});
