/** A field for a duration: a number and its unit. */
import { useEffect, useState, type ReactNode } from "react";
import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import { catalog } from "../words/language.ts";
import classes from "./Field.module.css";

const SIZES = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof SIZES;
const UNITS = Object.keys(SIZES) as Unit[];

const useWords = catalog(
  { unit: "Unit", units: { seconds: "seconds", minutes: "minutes", hours: "hours", days: "days" } },
  {
    de: { unit: "Einheit", units: { seconds: "Sekunden", minutes: "Minuten", hours: "Stunden", days: "Tage" } },
    pl: { unit: "Jednostka", units: { seconds: "sekundy", minutes: "minuty", hours: "godziny", days: "dni" } },
    ro: { unit: "Unitate", units: { seconds: "secunde", minutes: "minute", hours: "ore", days: "zile" } },
  },
);

/** The unit in which a duration is said: hours up to four days, as policies say it. */
export function unitOf(seconds: number): Unit {
  const length = Math.abs(seconds);
  if (length >= 4 * SIZES.days && length % SIZES.days === 0) return "days";
  if (length >= SIZES.hours && length % SIZES.hours === 0) return "hours";
  return length >= SIZES.minutes && length % SIZES.minutes === 0 ? "minutes" : "seconds";
}

/** The whole seconds of a number in a unit; the text itself if it is no such number. */
export function secondsIn(text: string, unit: Unit): number | string {
  const seconds = Number(text.trim().replace(",", ".")) * SIZES[unit];
  const whole = Math.round(seconds);
  return text.trim() !== "" && Number.isSafeInteger(whole) && Math.abs(seconds - whole) < 1e-6 ? whole : text;
}

export interface DurationFieldProps {
  readonly label: string;
  /** Seconds, or a text that is no number of seconds. */
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
}

export function DurationField({ label, value, onChange, hint, error }: DurationFieldProps) {
  const words = useWords();
  const textIn = (unit: Unit): string => (typeof value === "number" ? String(value / SIZES[unit]) : value);
  const [unit, setUnit] = useState<Unit>(() => (typeof value === "number" ? unitOf(value) : "seconds"));
  const [text, setText] = useState(() => textIn(unit));
  useEffect(() => {
    if (secondsIn(text, unit) === value) return;
    const next = typeof value === "number" ? unitOf(value) : unit; // changed elsewhere, such as by "undo"
    setUnit(next);
    setText(textIn(next));
  }, [value]);
  const change = (nextText: string, nextUnit: Unit): void => {
    setText(nextText);
    setUnit(nextUnit);
    onChange(secondsIn(nextText, nextUnit));
  };
  return (
    <TextField value={text} onChange={(next) => change(next, unit)} isInvalid={Boolean(error)} className={classes["field"]} validationBehavior="aria">
      <Label className={classes["label"]}>{label}</Label>
      <span className={classes["pair"]}>
        <Input className={classes["input"]} inputMode="decimal" />
        <select
          aria-label={`${label}: ${words.unit}`}
          className={classes["input"]}
          value={unit}
          onChange={(event) => change(text, UNITS.find((one) => one === event.target.value) ?? "seconds")}
        >
          {UNITS.map((one) => (
            <option key={one} value={one}>
              {words.units[one]}
            </option>
          ))}
        </select>
      </span>
      {hint && (
        <Text slot="description" className={classes["hint"]}>
          {hint}
        </Text>
      )}
      <FieldError className={classes["error"]}>{error}</FieldError>
    </TextField>
  );
}
