/** The values of parameters in words. */
import type { Format } from "../../../words/format.ts";
import type { Value } from "./draft.ts";
import type { ParameterField } from "./NewPolicy.tsx";
import type { usePolicyWords } from "./words.ts";

type PolicyWords = ReturnType<typeof usePolicyWords>;

/** A time of the day, such as 08:30. */
export const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A value with its unit, in words. */
export function said({ unit }: ParameterField, value: Value, format: Format, words: PolicyWords): string {
  if (typeof value === "boolean") return value ? words.on : words.off;
  if (typeof value === "string") return value;
  if (unit === "SECONDS") return format.period(`PT${value}S`);
  if (unit === "DAYS") return format.plural(value, words.days);
  if (unit === "MINUTES_OF_THE_DAY") return timeOf(value);
  if (unit === "POINTS") return format.points(value);
  if (unit === "CENTS") return `${format.number(value)} ct`;
  return unit === "PERCENT" ? format.share(value / 100) : format.number(value);
}
