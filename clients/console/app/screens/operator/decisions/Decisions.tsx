/** The log of decisions: every verdict that changed something, found by what, who, when and how. */
import { useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { usePages, useQuery } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Field, Select, type Choice } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { useRulesetWords, wordOf } from "../../../parts/rulesets.ts";
import { Empty } from "../../../parts/State.tsx";
import { useSubjectOf } from "../../../parts/subject.ts";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictTag } from "../../../parts/VerdictTag.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import classes from "./Decisions.module.css";
import type { DecisionsPageQuery } from "./__generated__/DecisionsPageQuery.graphql.ts";
import type { DecisionsQuery } from "./__generated__/DecisionsQuery.graphql.ts";
import type { DecisionsRulesQuery } from "./__generated__/DecisionsRulesQuery.graphql.ts";
import type { Decisions_list$data, Decisions_list$key } from "./__generated__/Decisions_list.graphql.ts";
import { useDecisionWords } from "./words.ts";

const PAGE = 25;

const DECISIONS = graphql`
  query DecisionsQuery($count: Int!, $cursor: Cursor, $filter: DecisionFilter) {
    ...Decisions_list
    policies(first: 100) {
      nodes {
        id
        version
      }
    }
  }
`;

const LIST = graphql`
  fragment Decisions_list on Query @refetchable(queryName: "DecisionsPageQuery") {
    decisions(first: $count, after: $cursor, filter: $filter) @connection(key: "Decisions_decisions") {
      edges {
        node {
          id
          ruleset
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
          }
        }
      }
    }
  }
`;

const RULES = graphql`
  query DecisionsRulesQuery {
    rulesets {
      name
      verdicts
      rules {
        ruleId
      }
    }
  }
`;

type Decision = NonNullable<Decisions_list$data["decisions"]>["edges"][number]["node"];
type Rulesets = NonNullable<DecisionsRulesQuery["response"]["rulesets"]>;

const DEFAULTS = {
  ruleset: "",
  rule: "",
  verdict: "",
  policy: "",
  subject: "",
  person: "",
  from: "",
  until: "",
  overridden: "",
} as const;

export default function Decisions() {
  const words = useDecisionWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const filter = {
    ruleset: values.ruleset || null,
    ruleId: values.rule || null,
    verdict: values.verdict || null,
    policyVersion: values.policy || null,
    subjectId: values.subject || null,
    actorId: values.person || null,
    decidedFrom: values.from ? instantIn(timeZone, values.from) : null,
    decidedUntil: values.until ? instantIn(timeZone, values.until) : null,
    overridden: values.overridden === "" ? null : values.overridden === "yes",
  };
  const found = useQuery<DecisionsQuery>(DECISIONS, { count: PAGE, cursor: null, filter });
  const versions = found.policies?.nodes ?? [];
  return (
    <Page
      title={common.nav.decisions}
      lead={words.lead}
      actions={
        <ButtonLink icon="eye" href="/decisions/looks">
          {words.looks}
        </ButtonLink>
      }
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <RuleFilters values={values} change={change} />
        <Select
          label={words.version}
          value={values.policy}
          onChange={(policy) => change({ policy })}
          choices={[{ id: "", label: common.any }, ...versions.map(({ version }) => ({ id: version, label: version }))]}
        />
        <Select
          label={words.overridden}
          value={values.overridden}
          onChange={(overridden) => change({ overridden })}
          choices={[
            { id: "", label: common.any },
            { id: "yes", label: words.yes },
            { id: "no", label: words.no },
          ]}
        />
        <Field label={words.from} type="datetime-local" value={values.from} onChange={(from) => change({ from })} />
        <Field label={words.until} type="datetime-local" value={values.until} onChange={(until) => change({ until })} />
      </Filters>
      <List found={found} values={values} change={change} isFiltered={isFiltered} />
    </Page>
  );
}

interface FilterProps {
  readonly values: Readonly<Record<keyof typeof DEFAULTS, string>>;
  readonly change: (changes: Partial<Record<keyof typeof DEFAULTS, string>>) => void;
}

/** All rules are many, so they are read when the choices are first shown. */
function RuleFilters({ values, change }: FilterProps) {
  const words = useDecisionWords();
  const named = useRulesetWords();
  const common = useCommon();
  const environment = useRelayEnvironment();
  const [rulesets, setRulesets] = useState<Rulesets | null>(null);
  const read = (): void => {
    if (rulesets !== null) return;
    fetchQuery<DecisionsRulesQuery>(environment, RULES, {})
      .toPromise()
      .then((found) => setRulesets(found?.rulesets ?? []))
      .catch(() => {}); // read again when the choices are shown again
  };
  const chosen = (rulesets ?? []).filter(({ name }) => values.ruleset === "" || name === values.ruleset);
  const rules = chosen.flatMap((one) => one.rules.map(({ ruleId }) => ruleId));
  const verdicts = chosen.flatMap((one) => one.verdicts);
  return (
    <>
      <Select
        label={words.ruleset}
        value={values.ruleset}
        onOpen={read}
        onChange={(ruleset) => change({ ruleset, rule: "", verdict: "" })}
        choices={choicesOf(common.any, values.ruleset, Object.keys(named.rulesets), (name) => wordOf(named.rulesets, name))}
      />
      <Select
        label={words.rule}
        value={values.rule}
        onOpen={read}
        onChange={(rule) => change({ rule })}
        choices={choicesOf(common.any, values.rule, rules, (name) => name)}
      />
      <Select
        label={words.verdict}
        value={values.verdict}
        onOpen={read}
        onChange={(verdict) => change({ verdict })}
        choices={choicesOf(common.any, values.verdict, verdicts, (name) => wordOf(named.verdicts, name))}
      />
    </>
  );
}

function choicesOf(any: string, value: string, names: readonly string[], label: (name: string) => string): Choice[] {
  const all = [...new Set(value === "" ? names : [value, ...names])].sort();
  return [{ id: "", label: any }, ...all.map((id) => ({ id, label: label(id) }))];
}

function List({ found, values, change, isFiltered }: FilterProps & { found: Decisions_list$key; isFiltered: boolean }) {
  const words = useDecisionWords();
  const named = useRulesetWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<DecisionsPageQuery, Decisions_list$key>(LIST, found, PAGE);
  const decisions = (data.decisions?.edges ?? []).map(({ node }) => node);
  const subjectOf = useSubjectOf();
  const [first] = decisions;
  const subject = first ? subjectOf(first) : null;
  const columns: Column<Decision>[] = [
    {
      id: "ruleset",
      title: words.decision,
      isMain: true,
      render: ({ ruleset, decision }) => (
        <span>
          <strong>{wordOf(named.rulesets, ruleset)}</strong>
          <br />
          <Soft>
            <code>{decision.ruleId}</code>
          </Soft>
        </span>
      ),
    },
    {
      id: "verdict",
      title: words.verdict,
      isWide: true,
      render: ({ decision }) => (
        <span className={classes["verdict"]}>
          <VerdictTag outcome={decision.outcome} />
          <Soft>{decision.message}</Soft>
        </span>
      ),
    },
    {
      id: "subject",
      title: words.about,
      render: (record) => {
        const subject = subjectOf(record);
        if (!subject) return <Soft>{words.goneSubject}</Soft>;
        return (
          <span>
            {wordOf(named.subjects, subject.__typename)}
            <br />
            <Soft>
              <UserText>{subject.called}</UserText>
            </Soft>
          </span>
        );
      },
    },
    {
      id: "who",
      title: words.by,
      render: ({ actor }) => (actor ? <UserText>{actor.name}</UserText> : <Soft>{words.byTime}</Soft>),
    },
    {
      id: "when",
      title: words.when,
      render: ({ decision }) => (
        <span>
          <DateTime at={decision.decidedAt} />
          <br />
          <Soft>{decision.policyVersion}</Soft>
        </span>
      ),
    },
  ];
  return (
    <>
      {(values.subject || values.person) && (
        <div className={classes["chips"]}>
          {values.subject && (
            <Button isSmall icon="close" onPress={() => change({ subject: "" })}>
              {words.onlyAbout(subject?.called ?? wordOf(named.subjects, subject?.__typename ?? words.oneObject))}
            </Button>
          )}
          {values.person && (
            <Button isSmall icon="close" onPress={() => change({ person: "" })}>
              {words.onlyBy(first?.actor?.name ?? words.onePerson)}
            </Button>
          )}
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={common.nav.decisions}
          columns={columns}
          rows={decisions}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/decisions/${encodeURIComponent(id)}`}
          dependencies={[format]}
          paging={paging}
          empty={
            isFiltered ? (
              <NoMatches title={words.noneFound} clear={() => change(DEFAULTS)} />
            ) : (
              <Empty icon="scale" title={words.none}>
                {words.noneHint}
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}
