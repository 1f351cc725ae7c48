/** Whom an agent tried in a call that has ended, and what came of it. */
import { graphql, useFragment } from "react-relay";
import { catalog } from "../words/language.ts";
import type { Tried_call$key } from "./__generated__/Tried_call.graphql.ts";
import { useCallWords } from "./Call.tsx";
import { Card } from "./Page.tsx";
import { Tag } from "./Tag.tsx";
import { DateTime, Soft, UserText } from "./Text.tsx";
import classes from "./Tried.module.css";

const TRIED = graphql`
  fragment Tried_call on Call {
    attempts {
      id
      result
      startedAt
      messageForCaller
      employee {
        id
        displayName
      }
    }
  }
`;

const useTriedWords = catalog(
  { tried: "Who was tried", nobody: "Nobody was tried." },
  {
    de: { tried: "Wer versucht wurde", nobody: "Es wurde niemand versucht." },
    pl: { tried: "Z kim próbowano połączyć", nobody: "Z nikim nie próbowano połączyć." },
    ro: { tried: "Cine a fost încercat", nobody: "Nu a fost încercat nimeni." },
  },
);

export function Tried(props: { call: Tried_call$key }) {
  const words = useTriedWords();
  const said = useCallWords();
  const { attempts } = useFragment(TRIED, props.call);
  const results: Readonly<Record<string, string>> = said.results;
  return (
    <Card title={words.tried}>
      {attempts.length === 0 ? (
        <Soft>{words.nobody}</Soft>
      ) : (
        <ol className={classes["tried"]}>
          {attempts.map(({ id, result, startedAt, messageForCaller, employee }) => (
            <li key={id}>
              <strong>
                <UserText>{employee.displayName}</UserText>
              </strong>
              <Tag tone={result === "ACCEPTED" ? "good" : "calm"}>{results[result] ?? result}</Tag>
              <Soft>
                <DateTime at={startedAt} />
              </Soft>
              {messageForCaller && (
                <span className={classes["message"]}>
                  <UserText lines>{messageForCaller}</UserText>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
