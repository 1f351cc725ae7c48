/** What a draft changes, what is wrong with it, and whether the rules hold under it: asked shortly after the last key. */
import { useEffect, useState, type ReactNode } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { Button } from "../../../parts/Button.tsx";
import { Problems } from "../../../parts/Field.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { Changes } from "./Changes.tsx";
import classes from "./NewPolicy.module.css";
import { fieldKey, type Parameters } from "./draft.ts";
import type { CheckQuery } from "./__generated__/CheckQuery.graphql.ts";
import { usePolicyWords } from "./words.ts";

const CHECK = graphql`
  query CheckQuery($input: PolicyDraftInput!) {
    policyCheck(input: $input) {
      problems {
        code
        field
        message
      }
      changes {
        area
        field
        sentence
      }
      rulesetsHold
      counterexamples
    }
  }
`;

const PAUSE_MS = 500;

type Answer = NonNullable<CheckQuery["response"]["policyCheck"]>;

export interface Checked {
  /** The check of the draft as it is; null while it is being checked, or could not be. */
  readonly answer: Answer | null;
  /** The last check, of an earlier draft as well. */
  readonly latest: Answer | null;
  readonly isChecking: boolean;
  readonly hasFailed: boolean;
  readonly again: () => void;
  /** What is wrong, by `area.field`; what is about no field has an empty name. */
  readonly problems: ReadonlyMap<string, string>;
  /** Whether nothing is wrong with the draft as it is. */
  readonly isGood: boolean;
}

/** Checks a draft again when it changes; nothing without one. */
export function useCheck(input: { readonly market: string; readonly parameters: Parameters } | null): Checked {
  const environment = useRelayEnvironment();
  const [found, setFound] = useState<{ readonly text: string; readonly answer: Answer | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const text = input && JSON.stringify(input);
  useEffect(() => {
    if (text === null) {
      setFound(null);
      return undefined;
    }
    let stop: (() => void) | null = null;
    const timer = setTimeout(() => {
      const { unsubscribe } = fetchQuery<CheckQuery>(environment, CHECK, { input: JSON.parse(text) }).subscribe({
        next: ({ policyCheck }) => setFound({ text, answer: policyCheck ?? null }),
        error: () => setFound({ text, answer: null }),
      });
      stop = unsubscribe;
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [environment, text, attempt]);
  const isCurrent = found !== null && found.text === text;
  const answer = isCurrent ? found.answer : null;
  return {
    answer,
    latest: found?.answer ?? null,
    isChecking: text !== null && !isCurrent,
    hasFailed: isCurrent && found.answer === null,
    again: () => {
      setFound(null);
      setAttempt(attempt + 1);
    },
    problems: new Map(
      (found?.answer?.problems ?? []).map(({ field, message }) => [field[0] === "parameters" && field.length > 1 ? fieldOf(field) : "", message]),
    ),
    isGood: answer !== null && answer.problems.length === 0 && answer.rulesetsHold,
  };
}

const fieldOf = (path: readonly string[]): string => fieldKey(path[1] ?? "", path[2] ?? "");

interface CheckCardProps {
  /** The version with which the draft is compared. */
  readonly version: string;
  /** How many fields differ. */
  readonly count: number;
  readonly checked: Checked;
  /** The fields that the form shows. */
  readonly shown: ReadonlySet<string>;
  readonly reset: ReactNode;
}

export function CheckCard({ version, count, checked, shown, reset }: CheckCardProps) {
  const words = usePolicyWords();
  const common = useCommon();
  const format = useFormat();
  const { answer, latest, isChecking, hasFailed, problems } = checked;
  const elsewhere = [...problems].filter(([name]) => !shown.has(name)).map(([, message]) => message);
  return (
    <Card title={words.differences}>
      <Stack>
        {count === 0 ? (
          <Soft>{words.nothingChanged(version)}</Soft>
        ) : (
          <>
            <Soft>{words.comparedWith(version)}</Soft>
            {(latest?.changes.length ?? 0) > 0 && <Changes label={words.differences} changes={latest?.changes ?? []} />}
            <div role="status" className={classes["state"]}>
              {isChecking && <Soft>{words.checking}</Soft>}
              {answer && answer.problems.length > 0 && (
                <span className={classes["bad"]}>
                  <Icon name="alert" /> {format.plural(answer.problems.length, words.problems)}
                </span>
              )}
              {checked.isGood && (
                <span className={classes["good"]}>
                  <Icon name="check" /> {words.rulesHold}
                </span>
              )}
            </div>
            <Problems messages={elsewhere} />
            {answer && answer.problems.length === 0 && !answer.rulesetsHold && (
              <>
                <Problems messages={[words.rulesFail]} />
                <ul className={classes["examples"]} aria-label={words.counterexamples}>
                  {answer.counterexamples.map((example) => (
                    <li key={example}>
                      <code>{example}</code>
                    </li>
                  ))}
                </ul>
              </>
            )}
            {hasFailed && (
              <>
                <Problems messages={[words.checkFailed]} />
                <Button onPress={checked.again}>{common.retry}</Button>
              </>
            )}
            {reset}
          </>
        )}
      </Stack>
    </Card>
  );
}
