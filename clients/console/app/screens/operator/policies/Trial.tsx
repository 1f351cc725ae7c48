/** A draft tried on history: recorded decisions are decided anew, and those that differ are counted and shown. */
import { useEffect } from "react";
import { Link } from "react-aria-components";
import { graphql } from "react-relay";
import { clock } from "../../../data/clock.ts";
import { useQuery, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { Card } from "../../../parts/Page.tsx";
import { useRulesetWords, wordOf } from "../../../parts/rulesets.ts";
import { Boundary } from "../../../parts/State.tsx";
import { Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictTag } from "../../../parts/VerdictTag.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn, localIn } from "../../../words/zones.ts";
import type { Checked } from "./Check.tsx";
import classes from "./NewPolicy.module.css";
import type { Parameters, PolicyDraft } from "./draft.ts";
import type { TrialQuery } from "./__generated__/TrialQuery.graphql.ts";
import type { TrialStartMutation } from "./__generated__/TrialStartMutation.graphql.ts";
import { usePolicyWords } from "./words.ts";

const START = graphql`
  mutation TrialStartMutation($input: PolicyTrialStartInput!) {
    policyTrialStart(input: $input) {
      trial {
        id
        progress
        total
        doneAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const TRIAL = graphql`
  query TrialQuery($id: ID!) {
    node(id: $id) {
      id
      ... on PolicyTrial {
        progress
        total
        doneAt
        differing
        pointsDifference
        byRuleset {
          ruleset
          decided
          differing
          pointsDifference
        }
        examples(first: 10) {
          nodes {
            record {
              id
              ruleset
              subject {
                __typename
                ... on Application {
                  lead {
                    id
                    title
                  }
                }
                ... on Delivery {
                  lead {
                    id
                    title
                  }
                }
                ... on ComplaintItem {
                  complaint {
                    id
                    number
                  }
                }
              }
              decision {
                outcome
              }
            }
            then {
              outcome
              message
            }
          }
        }
      }
    }
  }
`;

const DAY_MS = 86_400_000;
const DAYS = 30;
const REREAD_MS = 1_500;

interface TrialProps {
  readonly market: string;
  readonly parameters: Parameters;
  readonly checked: Checked;
  readonly draft: PolicyDraft;
  readonly set: (changes: Partial<PolicyDraft>) => void;
}

export function Trial({ market, parameters, checked, draft, set }: TrialProps) {
  const words = usePolicyWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const { send, isSending, errors } = useSubmission<TrialStartMutation>(START, "from", "to", "period", "sample");
  const begin = draft.from || localIn(timeZone, new Date(clock.now() - DAYS * DAY_MS).toISOString());
  const tried = JSON.stringify(parameters);
  const start = async (): Promise<void> => {
    const period = {
      from: instantIn(timeZone, begin) ?? new Date(0).toISOString(),
      to: (draft.until && instantIn(timeZone, draft.until)) || new Date(clock.now() + 1_000).toISOString(),
    };
    const sample = numberIn(draft.sample);
    const response = await send((idempotencyKey) => ({ input: { draft: { market, parameters }, period, sample, idempotencyKey } }));
    const id = response?.policyTrialStart?.trial?.id;
    if (id) set({ trial: { id, of: tried } });
  };
  return (
    <Card title={words.trial}>
      <FormLayout>
        <Soft>{words.trialHint}</Soft>
        <Field label={words.from} type="datetime-local" value={begin} onChange={(from) => set({ from })} error={errors.of("from")} />
        <Field label={words.until} hint={words.untilHint} type="datetime-local" value={draft.until} onChange={(until) => set({ until })} error={errors.of("to") ?? errors.of("period")} />
        <Field label={words.sample} hint={words.sampleHint} inputMode="numeric" value={draft.sample} onChange={(sample) => set({ sample })} error={errors.of("sample")} />
        <Problems messages={errors.rest} />
        <Button isPending={isSending} isDisabled={!checked.isGood} onPress={() => void start()}>
          {isSending ? common.working : words.tryIt}
        </Button>
        {!checked.isGood && <Soft>{words.checkFirst}</Soft>}
        {draft.trial && (
          <Boundary rows={3} key={draft.trial.id}>
            <Result id={draft.trial.id} isOfDraft={draft.trial.of === tried} />
          </Boundary>
        )}
      </FormLayout>
    </Card>
  );
}

type Example = NonNullable<NonNullable<TrialQuery["response"]["node"]>["examples"]>["nodes"][number];

/** What the case of an example is called. */
function nameOf(subject: Example["record"]["subject"]): string | undefined {
  if (!subject) return undefined;
  if ("lead" in subject) return subject.lead.title;
  return "complaint" in subject ? subject.complaint.number : undefined;
}

function Result({ id, isOfDraft }: { id: string; isOfDraft: boolean }) {
  const words = usePolicyWords();
  const named = useRulesetWords();
  const format = useFormat();
  const [turn, reread, isReading] = useTurn();
  const { node } = useQuery<TrialQuery>(TRIAL, { id }, turn);
  const isDone = node?.doneAt != null;
  useEffect(() => {
    if (isDone || isReading || !node) return undefined;
    const timer = setTimeout(reread, REREAD_MS); // a worker carries it out
    return () => clearTimeout(timer);
  }, [isDone, isReading, turn, node]);
  if (!node || node.total === undefined) return <Soft>{words.noTrial}</Soft>;
  const { total, progress = 0, differing = 0, pointsDifference = 0, byRuleset = [], examples } = node;
  if (!isDone) {
    return (
      <div className={classes["progress"]} role="status">
        <progress aria-label={words.running} {...(total > 0 && { max: total, value: progress })} />
        <Soft>{total > 0 ? words.progress(format.number(progress), format.number(total)) : words.waiting}</Soft>
      </div>
    );
  }
  const signed = (points: number): string => `${points > 0 ? "+" : points < 0 ? "−" : "±"}${format.points(Math.abs(points))}`;
  return (
    <div className={classes["result"]} role="status">
      {!isOfDraft && <Soft>{words.triedBefore}</Soft>}
      {progress < total && <Problems messages={[words.gaveUp]} />}
      <p className={classes["figure"]}>
        <strong>{format.plural(differing, words.differ)}</strong>, <strong>{signed(pointsDifference)}</strong>
      </p>
      <p>
        {pointsDifference === 0
          ? words.keptSame
          : (pointsDifference > 0 ? words.keptMore : words.keptLess)(format.points(Math.abs(pointsDifference)))}
      </p>
      <Soft>{words.ofDecided(format.number(total))}</Soft>
      {byRuleset.length > 0 && (
        <table className={classes["lines"]}>
          <caption>{words.byRuleset}</caption>
          <thead>
            <tr>
              <th scope="col">{words.ruleset}</th>
              <th scope="col">{words.differing}</th>
              <th scope="col">{words.points}</th>
            </tr>
          </thead>
          <tbody>
            {byRuleset.map((line) => (
              <tr key={line.ruleset}>
                <th scope="row">{wordOf(named.rulesets, line.ruleset)}</th>
                <td>{words.some(format.number(line.differing), format.number(line.decided))}</td>
                <td>{line.pointsDifference === 0 ? "–" : signed(line.pointsDifference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {examples && examples.nodes.length > 0 && (
        <>
          <h3>{words.examples}</h3>
          <ul className={classes["differing"]} aria-label={words.examples}>
            {examples.nodes.map(({ record, then }) => (
              <li key={record.id}>
                <span>
                  <Link href={`/decisions/${encodeURIComponent(record.id)}`}>{wordOf(named.rulesets, record.ruleset)}</Link>{" "}
                  <UserText>{nameOf(record.subject)}</UserText>
                </span>
                <span className={classes["turn"]}>
                  <VerdictTag outcome={record.decision.outcome} />
                  <span aria-hidden="true">→</span>
                  <VerdictTag outcome={then.outcome} />
                </span>
                <Soft>{then.message}</Soft>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
