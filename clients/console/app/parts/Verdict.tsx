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
  CALL: "good",
  VOICEMAIL: "good",
  WRITE: "good",
  CHAT: "good",
  MEET: "good",
  CALL_LATER: "warn",
  WAIT: "warn",
  DO_NOT_CONTACT: "bad",
  GOOD: "good",
  FAIR: "calm",
  POSTPONE: "warn",
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
      CALL: "Call",
      VOICEMAIL: "Leave a voicemail",
      WRITE: "Email",
      CHAT: "Chat",
      MEET: "Meet",
      CALL_LATER: "Call later",
      WAIT: "Wait",
      DO_NOT_CONTACT: "Do not contact",
      GOOD: "Good time",
      FAIR: "Acceptable time",
      POSTPONE: "Bad time",
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
        CALL: "Anrufen",
        VOICEMAIL: "Auf die Mailbox sprechen",
        WRITE: "E-Mail",
        CHAT: "Chat",
        MEET: "Treffen",
        CALL_LATER: "Später anrufen",
        WAIT: "Warten",
        DO_NOT_CONTACT: "Nicht kontaktieren",
        GOOD: "Gute Zeit",
        FAIR: "Annehmbare Zeit",
        POSTPONE: "Schlechte Zeit",
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
        CALL: "Zadzwonić",
        VOICEMAIL: "Nagrać się na pocztę głosową",
        WRITE: "E-mail",
        CHAT: "Czat",
        MEET: "Spotkanie",
        CALL_LATER: "Zadzwonić później",
        WAIT: "Poczekać",
        DO_NOT_CONTACT: "Nie kontaktować się",
        GOOD: "Dobra pora",
        FAIR: "Znośna pora",
        POSTPONE: "Zła pora",
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
        CALL: "Sunați",
        VOICEMAIL: "Lăsați un mesaj vocal",
        WRITE: "E-mail",
        CHAT: "Chat",
        MEET: "Întâlnire",
        CALL_LATER: "Sunați mai târziu",
        WAIT: "Așteptați",
        DO_NOT_CONTACT: "Nu contactați",
        GOOD: "Moment bun",
        FAIR: "Moment acceptabil",
        POSTPONE: "Moment nepotrivit",
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

/** The verdict in a list: a word and its sentence. */
export function VerdictLine({ decision }: { decision: Verdict_line$key }) {
  const { outcome, message, changesAt } = useFragment(LINE, decision);
  return (
    <span className={classes["line"]}>
      {outcome && <OutcomeTag outcome={outcome} />}
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
export function Verdict({ decision }: { decision: Verdict_decision$key }) {
  const found = useFragment(DECISION, decision);
  const words = useWords();
  const common = useCommon();
  const hrefOf = useSubjectHref();
  const record = found.recordId ? hrefOf({ __typename: "DecisionRecord", id: found.recordId }) : null;
  return (
    <div className={classes["verdict"]}>
      <VerdictLine decision={found} />
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
