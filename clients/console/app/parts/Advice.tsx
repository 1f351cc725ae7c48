/** Whether, how and when the person of an open contact may be contacted: the advice, and each way with its reason. */
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, useQuery, useRereadAt, useRereadEvery, useTurn } from "../data/query.ts";
import { useFormat } from "../words/format.ts";
import classes from "./Advice.module.css";
import { inOrder } from "./ways.ts";
import { useAdviceWords } from "./adviceWords.ts";
import { Fold } from "./Fold.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { Card, Values } from "./Page.tsx";
import { Soft } from "./Text.tsx";
import { Verdict, VerdictLine, type OutcomeWords } from "./Verdict.tsx";
import type { AdviceQuery } from "./__generated__/AdviceQuery.graphql.ts";
import type { Advice_lead$data, Advice_lead$key } from "./__generated__/Advice_lead.graphql.ts";

const QUERY = graphql`
  query AdviceQuery($id: ID!) {
    node(id: $id) {
      ...Advice_lead @alias(as: "lead")
    }
  }
`;

const LEAD = graphql`
  fragment Advice_lead on Lead {
    id
    contacting {
      advice {
        advice {
          outcome
          changesAt
          ...Verdict_decision
        }
        because {
          ruleId
          message
        }
        moment {
          changesAt
          ...Verdict_line
        }
        bestFrom
        bestUntil
        hours {
          localTime
        }
        meanwhile
        lead
        warnings
        checklist {
          key
          text
          reason
        }
      }
      permissions {
        medium
        right {
          outcome
          ...Verdict_decision
        }
        permission {
          outcome
          changesAt
          ...Verdict_decision
        }
        hours {
          opensAt
          closesAt
          law
          checkedOn
        }
        callsToday
        callsThisMonth
      }
    }
  }
`;

const ICONS: Readonly<Record<string, IconName>> = { CALL: "phone", SMS: "bell", EMAIL: "mail", CHAT: "inbox", MEETING: "users" };
// Of `because`: the preference, what the goal asks for, and what the last contact asks for. The rest is shown at each way.
const GROUNDS = 3;
const READ_MS = 60_000;

const TONES = {
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
} as const;

type Contacting = NonNullable<Advice_lead$data["contacting"]>;

/** The words for the verdicts of advice. */
function useOutcomes(): OutcomeWords {
  const { outcomes } = useAdviceWords();
  const names = Object.keys(TONES) as (keyof typeof TONES)[];
  return Object.fromEntries(names.map((name) => [name, [TONES[name], outcomes[name]]]));
}

/** It is read again with each event about the lead, when a time begins or ends, and every minute. */
export default function Advice({ leadId }: { leadId: string }) {
  const [turn, reread] = useTurn();
  const { node } = useQuery<AdviceQuery>(QUERY, { id: leadId }, turn);
  const lead = useFragment<Advice_lead$key>(LEAD, node?.lead ?? null);
  const contacting = lead?.contacting;
  useLiveEvents(({ subjectId }) => subjectId === leadId && reread());
  useRereadEvery(READ_MS, reread); // the time at the person's place
  useRereadAt(
    contacting
      ? [
          contacting.advice.advice.changesAt,
          contacting.advice.moment.changesAt,
          contacting.advice.bestFrom,
          contacting.advice.bestUntil,
          ...contacting.permissions.map(({ permission }) => permission.changesAt),
        ]
      : [],
    reread,
  );
  return contacting ? <Shown contacting={contacting} /> : null;
}

function Shown({ contacting: { advice, permissions } }: { contacting: Contacting }) {
  const words = useAdviceWords();
  const format = useFormat();
  const outcomes = useOutcomes();
  const warnings: Readonly<Record<string, string>> = words.warnings;
  const isPossible = advice.advice.outcome !== "DO_NOT_CONTACT";
  const asides = [isPossible ? advice.meanwhile : null, isPossible ? advice.lead : null].filter((text) => text != null);
  return (
    <Card title={words.title}>
      <div className={classes["advice"]}>
        <Verdict decision={advice.advice} words={outcomes} />
        {isPossible && (
          <>
            <VerdictLine decision={advice.moment} words={outcomes} />
            <Values
              items={[
                [words.best, advice.bestFrom && advice.bestUntil ? format.range(advice.bestFrom, advice.bestUntil) : words.noBest],
                [words.there, advice.hours.localTime],
              ]}
            />
          </>
        )}
        {asides.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {advice.warnings.length > 0 && (
          <ul className={classes["warnings"]}>
            {advice.warnings.map((warning) => (
              <li key={warning}>
                <Icon name="alert" size={16} />
                <span>{warnings[warning] ?? warning}</span>
              </li>
            ))}
          </ul>
        )}
        <ul className={classes["ways"]} aria-label={words.ways}>
          {inOrder(permissions, advice.advice.outcome).map((way) => (
            <Way key={way.medium} way={way} outcomes={outcomes} />
          ))}
        </ul>
        <div>
          <Fold title={words.grounds}>
            <ul className={classes["list"]}>
              {advice.because.slice(0, GROUNDS).map(({ ruleId, message }) => (
                <li key={ruleId}>{message}</li>
              ))}
            </ul>
          </Fold>
          {isPossible && advice.checklist.length > 0 && (
            <Fold title={words.checklist}>
              <ul className={classes["list"]}>
                {advice.checklist.map(({ key, text, reason }) => (
                  <li key={key}>
                    <span>{text}</span> <Soft>{reason}</Soft>
                  </li>
                ))}
              </ul>
            </Fold>
          )}
        </div>
      </div>
    </Card>
  );
}

/** One way: without a right to use it, what denies the right; otherwise whether it may be used now. */
function Way({ way, outcomes }: { way: Contacting["permissions"][number]; outcomes: OutcomeWords }) {
  const { medium, right, permission, hours, callsToday, callsThisMonth } = way;
  const words = useAdviceWords();
  const format = useFormat();
  const media: Readonly<Record<string, string>> = words.media;
  const isDenied = right.outcome === "MISSING";
  return (
    <li>
      <h3>
        <Icon name={ICONS[medium] ?? "users"} size={16} />
        {media[medium] ?? medium}
      </h3>
      <div className={classes["way"]}>
        <Verdict decision={isDenied ? right : permission} words={outcomes} />
        {!isDenied && medium === "CALL" && (
          <div className={classes["hours"]}>
            {hours && (
              <p>{hours.opensAt && hours.closesAt ? words.hours(format.range(hours.opensAt, hours.closesAt)) : words.noHours}</p>
            )}
            <p>{words.calls(format.number(callsToday), format.number(callsThisMonth))}</p>
            {hours && (
              <Fold title={words.law}>
                <p>
                  {hours.law} {words.checked(format.date(hours.checkedOn))}
                </p>
              </Fold>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
