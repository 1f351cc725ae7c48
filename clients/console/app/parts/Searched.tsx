/** A search of public sources: while it runs, and how each source answered. */
import { graphql, useFragment } from "react-relay";
import { useRereadEvery } from "../data/query.ts";
import { useFormat } from "../words/format.ts";
import { Fold } from "./Fold.tsx";
import classes from "./Known.module.css";
import { useKnownWords } from "./knownWords.ts";
import { Values } from "./Page.tsx";
import { Tag } from "./Tag.tsx";
import { DateTime, Points, Soft } from "./Text.tsx";
import type { Searched_last$key } from "./__generated__/Searched_last.graphql.ts";
import type { Searched_running$key } from "./__generated__/Searched_running.graphql.ts";

const RUNNING = graphql`
  fragment Searched_running on SmartDataSearch {
    outcomes {
      source
    }
  }
`;

const LAST = graphql`
  fragment Searched_last on SmartDataSearch {
    state
    endedAt
    askedAt
    found
    points
    addressCheck {
      status
    }
    outcomes {
      source
      outcome
    }
  }
`;

const PROGRESS_MS = 2_000;

/** How many sources have answered so far; a notice tells when it has ended. */
export function Running(props: { search: Searched_running$key; sources: number; reread: () => void }) {
  const { outcomes } = useFragment(RUNNING, props.search);
  const words = useKnownWords();
  const format = useFormat();
  useRereadEvery(PROGRESS_MS, props.reread);
  return (
    <p role="status" className={classes["running"]}>
      <span className={classes["pulse"]} />
      <span>{words.running(format.number(outcomes.length), format.number(props.sources))}</span>
    </p>
  );
}

export function LastSearch(props: { search: Searched_last$key }) {
  const { state, endedAt, askedAt, found, points, addressCheck, outcomes } = useFragment(LAST, props.search);
  const words = useKnownWords();
  const format = useFormat();
  const isFailed = state === "FAILED";
  return (
    <div className={classes["last"]}>
      <p>
        <strong>{words.last}</strong> <DateTime at={endedAt ?? askedAt} />:{" "}
        {isFailed ? words.failed : found > 0 ? format.plural(found, words.found) : words.foundNothing}
        {points > 0 && (
          <>
            , <Points value={points} />
          </>
        )}
      </p>
      {!isFailed && (
        <Fold title={words.answers}>
          <ul className={classes["outcomes"]}>
            {outcomes.map(({ source, outcome }) => (
              <li key={source}>
                <span>{words.sources[source]}</span>
                <Tag tone={outcome === "FOUND" ? "good" : outcome === "NOTHING" || outcome === "SKIPPED" ? "calm" : "warn"}>{words.outcomes[outcome]}</Tag>
              </li>
            ))}
          </ul>
          <Values items={[[words.address, addressCheck && <Soft key="address">{words.addresses[addressCheck.status]}</Soft>]]} />
        </Fold>
      )}
    </div>
  );
}
