/** A decision of the rules: its verdict, its sentence, until when it holds, and on request why. */
import { graphql, useFragment } from "react-relay";
import { Link } from "react-aria-components";
import type { Verdict_decision$key } from "./__generated__/Verdict_decision.graphql.ts";
import type { Verdict_line$key } from "./__generated__/Verdict_line.graphql.ts";
import { catalog } from "../words/language.ts";
import { useCommon } from "../words/common.ts";
import { useSubjectHref } from "../screens/links.ts";
import { Fold } from "./Fold.tsx";
import { Icon } from "./Icon.tsx";
import { Tag, type Tone } from "./Tag.tsx";
import { Countdown } from "./Text.tsx";
import classes from "./Verdict.module.css";

export const TONES: Readonly<Record<string, Tone>> = {
  VISIBLE: "good",
  HIDDEN: "calm",
  REFUNDABLE: "good",
  NOT_REFUNDABLE: "calm",
  ACCEPTED: "good",
  REJECTED: "bad",
  UNDER_REVIEW: "warn",
  NOT_FILED: "bad",
  FORBIDDEN: "bad",
  ALLOWED: "good",
  GIVEN: "good",
  MISSING: "bad",
};

const useWords = catalog(
  {
    outcomes: {
      VISIBLE: "Contact open",
      HIDDEN: "Contact hidden",
      REFUNDABLE: "Refundable",
      NOT_REFUNDABLE: "Not refundable",
      ACCEPTED: "Accepted",
      REJECTED: "Rejected",
      UNDER_REVIEW: "Under review",
      NOT_FILED: "Cannot be filed",
      FORBIDDEN: "Not allowed",
      ALLOWED: "Allowed",
      GIVEN: "Permission given",
      MISSING: "No permission",
    },
    why: "Why?",
    failed: "Not met:",
    record: "What it caused, and what if",
  },
  {
    de: {
      outcomes: {
        VISIBLE: "Kontakt offen",
        HIDDEN: "Kontakt verborgen",
        REFUNDABLE: "Erstattbar",
        NOT_REFUNDABLE: "Nicht erstattbar",
        ACCEPTED: "Angenommen",
        REJECTED: "Abgelehnt",
        UNDER_REVIEW: "In Prüfung",
        NOT_FILED: "Nicht reklamierbar",
        FORBIDDEN: "Nicht erlaubt",
        ALLOWED: "Erlaubt",
        GIVEN: "Erlaubnis liegt vor",
        MISSING: "Keine Erlaubnis",
      },
      why: "Warum?",
      failed: "Nicht erfüllt:",
      record: "Folgen, und was wäre, wenn",
    },
    pl: {
      outcomes: {
        VISIBLE: "Kontakt otwarty",
        HIDDEN: "Kontakt ukryty",
        REFUNDABLE: "Zwrot możliwy",
        NOT_REFUNDABLE: "Bez zwrotu",
        ACCEPTED: "Zaakceptowano",
        REJECTED: "Odrzucono",
        UNDER_REVIEW: "W trakcie oceny",
        NOT_FILED: "Nie można zgłosić",
        FORBIDDEN: "Niedozwolone",
        ALLOWED: "Dozwolone",
        GIVEN: "Zgoda udzielona",
        MISSING: "Brak zgody",
      },
      why: "Dlaczego?",
      failed: "Niespełnione:",
      record: "Skutki i co by było, gdyby",
    },
    ro: {
      outcomes: {
        VISIBLE: "Contact deschis",
        HIDDEN: "Contact ascuns",
        REFUNDABLE: "Rambursabil",
        NOT_REFUNDABLE: "Nerambursabil",
        ACCEPTED: "Acceptat",
        REJECTED: "Respins",
        UNDER_REVIEW: "În analiză",
        NOT_FILED: "Nu poate fi depus",
        FORBIDDEN: "Nepermis",
        ALLOWED: "Permis",
        GIVEN: "Acord existent",
        MISSING: "Fără acord",
      },
      why: "De ce?",
      failed: "Neîndeplinit:",
      record: "Urmări și ce-ar fi dacă",
    },
  },
);

const LINE = graphql`
  fragment Verdict_line on Decision {
    outcome
    message
    changesAt
  }
`;

const DECISION = graphql`
  fragment Verdict_decision on Decision {
    ...Verdict_line
    recordId
    policyVersion
    factsInWords
    others {
      ruleId
      message
      failedConditions
    }
  }
`;

/** Words for verdicts that only one screen shows, each with its colour. */
export type OutcomeWords = Readonly<Record<string, readonly [tone: Tone, word: string]>>;

/** The verdict in a list: a word and its sentence. */
export function VerdictLine({ decision, words = {} }: { decision: Verdict_line$key; words?: OutcomeWords }) {
  const { outcome, message, changesAt } = useFragment(LINE, decision);
  const [tone, word] = words[outcome ?? ""] ?? [];
  return (
    <span className={classes["line"]}>
      {word ? <Tag tone={tone ?? "calm"}>{word}</Tag> : outcome && <OutcomeTag outcome={outcome} />}
      <span className={classes["message"]}>{message}</span>
      {changesAt && <Until at={changesAt} />}
    </span>
  );
}

/** The word for a verdict, if the console has one; the sentence says it in any case. */
export function OutcomeTag({ outcome }: { outcome: string }) {
  const outcomes: Readonly<Record<string, string>> = useWords().outcomes;
  const word = outcomes[outcome];
  return word ? <Tag tone={TONES[outcome] ?? "calm"}>{word}</Tag> : null;
}

/** The verdict with everything that led to it, folded until it is asked for. */
export function Verdict({ decision, words: own }: { decision: Verdict_decision$key; words?: OutcomeWords }) {
  const found = useFragment(DECISION, decision);
  const words = useWords();
  const common = useCommon();
  const hrefOf = useSubjectHref();
  const record = found.recordId ? hrefOf({ __typename: "DecisionRecord", id: found.recordId }) : null;
  return (
    <div className={classes["verdict"]}>
      <VerdictLine decision={found} {...(own && { words: own })} />
      <Fold title={words.why}>
        <p className={classes["rule"]}>{common.ruleset(found.policyVersion)}</p>
        {record && <Link href={record}>{words.record}</Link>}
        {found.factsInWords.length > 0 && (
          <ul className={classes["facts"]} aria-label={common.facts}>
            {found.factsInWords.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
        {found.others.length > 0 && (
          <>
            <h3>{common.otherRules}</h3>
            <ul className={classes["others"]}>
              {found.others.map(({ ruleId, message, failedConditions }) => (
                <li key={ruleId}>
                  <span>{message}</span>
                  {failedConditions.length > 0 && (
                    <span className={classes["failed"]}>
                      {words.failed} {failedConditions.join(" · ")}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Fold>
    </div>
  );
}

/** When a verdict changes if nothing else happens. */
export function Until({ at }: { at: string }) {
  const words = useCommon();
  return (
    <span className={classes["until"]}>
      <Icon name="clock" size={14} />
      <span>{words.changesIn}</span> <Countdown until={at} />
    </span>
  );
}
