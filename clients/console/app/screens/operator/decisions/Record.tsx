/** One decision of the log: why, by which facts, what it caused, and what would be decided otherwise. */
import { Link } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useQuery } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Card, Columns, Page, Stack, Values } from "../../../parts/Page.tsx";
import { useRulesetWords, wordOf } from "../../../parts/rulesets.ts";
import { NotFound } from "../../../parts/State.tsx";
import { useSubjectOf } from "../../../parts/subject.ts";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictTag } from "../../../parts/VerdictTag.tsx";
import { useCommon } from "../../../words/common.ts";
import { useSubjectHref } from "../../links.ts";
import { useParam } from "../../screen.ts";
import { Caused } from "./Caused.tsx";
import { FactList } from "./FactList.tsx";
import classes from "./Record.module.css";
import { Try } from "./Try.tsx";
import type { RecordQuery } from "./__generated__/RecordQuery.graphql.ts";
import type { Record_decision$data, Record_decision$key } from "./__generated__/Record_decision.graphql.ts";
import { useRecordWords } from "./recordWords.ts";
import { useDecisionWords } from "./words.ts";

const RECORD = graphql`
  query RecordQuery($id: ID!) {
    node(id: $id) {
      ...Record_decision @alias(as: "record")
    }
    policies(first: 100) {
      nodes {
        id
        version
      }
    }
  }
`;

const FRAGMENT = graphql`
  fragment Record_decision on DecisionRecord {
    id
    ruleset
    recordedAt
    actor {
      id
      name
    }
    ...subject_record
    decision {
      outcome
      ruleId
      message
      policyVersion
      decidedAt
      facts
      others {
        ruleId
        message
        failedConditions
      }
    }
    definition {
      name
      facts {
        name
        kind
        values
        since
        seconds
        label
        choices {
          value
          label
        }
      }
      switches {
        name
        label
      }
      rules {
        ruleId
        requirement
        verdict
        sentence
      }
    }
    ...Caused_record
  }
`;

export type Policies = NonNullable<RecordQuery["response"]["policies"]>["nodes"];

export default function Record() {
  const { node, policies } = useQuery<RecordQuery>(RECORD, { id: useParam("id") });
  return node?.record ? <Found record={node.record} policies={policies?.nodes ?? []} /> : <NotFound />;
}

function Found({ policies, ...props }: { record: Record_decision$key; policies: Policies }) {
  const record = useFragment(FRAGMENT, props.record);
  const named = useRulesetWords();
  const common = useCommon();
  const { decision } = record;
  const subject = useSubjectOf()(record);
  return (
    <Page
      title={wordOf(named.rulesets, record.ruleset)}
      back={{ href: "/decisions", label: common.nav.decisions }}
      lead={
        <>
          {subject?.called && (
            <>
              <UserText>{subject.called}</UserText>
              {" · "}
            </>
          )}
          <DateTime at={decision.decidedAt} />
        </>
      }
      actions={<VerdictTag outcome={decision.outcome} />}
    >
      <Explained record={record} policies={policies} />
    </Page>
  );
}

function Explained({ record, policies }: { record: Record_decision$data; policies: Policies }) {
  const words = useDecisionWords();
  const own = useRecordWords();
  const common = useCommon();
  const { decision, definition: ruleset } = record;
  const policyId = policies.find(({ version }) => version === decision.policyVersion)?.id ?? null;
  const rules = new Map(ruleset?.rules.map((rule) => [rule.ruleId, rule]));
  const rule = rules.get(decision.ruleId);
  const facts = ruleset?.facts ?? [];
  return (
    <Columns side={ruleset && <Try ruleset={ruleset} decision={decision} policies={policies} policyId={policyId} />}>
      <Card title={own.why}>
        <Stack>
          <p className={classes["sentence"]}>{rule?.sentence ?? decision.message}</p>
          <Values
            items={[
              [words.rule, <code key="rule">{decision.ruleId}</code>],
              [own.requirement, rule?.requirement],
              [words.version, <Link key="version" href={`/policies?to=${encodeURIComponent(decision.policyVersion)}`}>{decision.policyVersion}</Link>],
              [own.decidedAt, <DateTime key="decided" at={decision.decidedAt} />],
              [own.recordedAt, <DateTime key="recorded" at={record.recordedAt} />],
              [words.by, record.actor ? <By key="by" actor={record.actor} /> : words.byTime],
              [words.about, <About key="about" record={record} />],
            ]}
          />
        </Stack>
      </Card>
      <Card title={own.facts}>
        <Stack>
          <FactList facts={decision.facts} fields={facts} switches={ruleset?.switches ?? []} />
          <Soft>{own.factsHint}</Soft>
        </Stack>
      </Card>
      <Card title={own.caused}>
        <Caused record={record} />
      </Card>
      <Card title={own.others}>
        {decision.others.length === 0 ? (
          <Soft>{own.noOthers}</Soft>
        ) : (
          <Stack>
            <Soft>{own.othersHint}</Soft>
            <ul className={classes["others"]} aria-label={common.otherRules}>
              {decision.others.map(({ ruleId, message, failedConditions }) => {
                const other = rules.get(ruleId);
                return (
                  <li key={ruleId}>
                    <span className={classes["other"]}>
                      {other && <VerdictTag outcome={other.verdict} />}
                      <span>{other?.sentence ?? message}</span>
                    </span>
                    <span className={classes["failed"]}>
                      {own.notMet}{" "}
                      {failedConditions.map((sentence) => (
                        <span key={sentence} className={classes["condition"]}>
                          {sentence}
                        </span>
                      ))}
                      {other && <span className={classes["requirement"]}>{other.requirement}</span>}
                    </span>
                  </li>
                );
              })}
            </ul>
          </Stack>
        )}
      </Card>
    </Columns>
  );
}

function By({ actor }: { actor: NonNullable<Record_decision$data["actor"]> }) {
  const own = useRecordWords();
  return (
    <span className={classes["about"]}>
      <UserText>{actor.name}</UserText>
      <Link href={`/decisions?person=${encodeURIComponent(actor.id)}`}>{own.samePerson}</Link>
    </span>
  );
}

function About({ record }: { record: Record_decision$data }) {
  const words = useDecisionWords();
  const own = useRecordWords();
  const named = useRulesetWords();
  const hrefOf = useSubjectHref();
  const subject = useSubjectOf()(record);
  if (!subject) return <Soft>{words.goneSubject}</Soft>;
  const shown = subject.complaint ? { __typename: "Complaint", id: subject.complaint.id } : subject;
  const href = hrefOf(shown) ?? (subject.lead ? hrefOf({ __typename: "Lead", id: subject.lead.id }) : null);
  return (
    <span className={classes["about"]}>
      <span>
        {wordOf(named.subjects, subject.__typename)}
        {subject.called && (
          <>
            {": "}
            <UserText>{subject.called}</UserText>
          </>
        )}
      </span>
      {href && (
        <ButtonLink isSmall icon="arrow" href={href}>
          {own.open}
        </ButtonLink>
      )}
      <Link href={`/decisions?subject=${encodeURIComponent(subject.id)}`}>{own.sameCase}</Link>
    </span>
  );
}
