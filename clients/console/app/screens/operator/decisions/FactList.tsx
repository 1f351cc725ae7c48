/** The facts of a decision in words: durations, times, yes and no. */
import { wordOf } from "../../../parts/rulesets.ts";
import { DateTime, UserText } from "../../../parts/Text.tsx";
import { useFormat, type Format } from "../../../words/format.ts";
import type { Record_decision$data } from "./__generated__/Record_decision.graphql.ts";
import classes from "./Record.module.css";
import { useRecordWords } from "./recordWords.ts";
import { useDecisionWords } from "./words.ts";

export type Ruleset = NonNullable<Record_decision$data["definition"]>;
export type FactField = Ruleset["facts"][number];

const AGE = "_seconds";

/** A duration as policies say it, such as 48 hours; below zero with its sign. */
export const durationOf = (format: Format, seconds: number): string =>
  `${seconds < 0 ? "−" : ""}${format.period(`PT${Math.abs(seconds)}S`)}`;

interface FactListProps {
  readonly facts: unknown;
  readonly fields: readonly FactField[];
  readonly switches: Ruleset["switches"];
}

export function FactList({ facts, fields, switches }: FactListProps) {
  const words = useDecisionWords();
  const own = useRecordWords();
  const format = useFormat();
  const values = factsOf(facts);
  const ages = new Set(fields.filter(({ since }) => since).map(({ name }) => `${name}${AGE}`));
  const labels = Object.fromEntries([...fields, ...switches].map(({ name, label }) => [name, label]));
  const shown = Object.entries(values).filter(([name]) => !ages.has(name));
  return (
    <dl className={classes["facts"]}>
      {shown.map(([name, value]) => {
        const field = fields.find((one) => one.name === name);
        const age = values[`${name}${AGE}`];
        return (
          <div key={name}>
            <dt title={name}>{wordOf(labels, name)}</dt>
            <dd>
              {typeof value === "boolean" ? (
                value ? words.yes : words.no
              ) : typeof value === "number" ? (
                field?.seconds ? durationOf(format, value) : format.number(value)
              ) : field?.since && typeof age === "number" ? (
                <>
                  <DateTime at={value} /> ({own.ago(durationOf(format, age))})
                </>
              ) : field?.kind === "ENUM" ? (
                nameOf(field, value)
              ) : (
                <UserText>{value}</UserText>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The name of a value in the viewer's language; one that no longer exists is shown as it is. */
const nameOf = ({ choices }: FactField, value: string): string => choices.find((one) => one.value === value)?.label ?? wordOf({}, value);

export type Fact = string | number | boolean;

/** The facts of a decision; what is no fact is left out. */
export function factsOf(facts: unknown): Readonly<Record<string, Fact>> {
  const entries = typeof facts === "object" && facts !== null ? Object.entries(facts) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, Fact] => ["string", "number", "boolean"].includes(typeof entry[1])));
}

/** The name under which a fact is sent: of a time, its age. */
export const keyOf = ({ name, since }: FactField): string => (since ? `${name}${AGE}` : name);
