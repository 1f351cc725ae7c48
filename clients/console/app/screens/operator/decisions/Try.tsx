/** What would be decided if a fact or the policy were another; nothing is stored. */
import { useEffect, useState, useTransition } from "react";
import { graphql } from "react-relay";
import { useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { DurationField } from "../../../parts/Duration.tsx";
import { Field, FormLayout, Select } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { Boundary } from "../../../parts/State.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { Until } from "../../../parts/Verdict.tsx";
import { VerdictTag } from "../../../parts/VerdictTag.tsx";
import type { TryQuery } from "./__generated__/TryQuery.graphql.ts";
import { factsOf, keyOf, type Fact, type FactField, type Ruleset } from "./FactList.tsx";
import type { Policies } from "./Record.tsx";
import classes from "./Record.module.css";
import { useRecordWords } from "./recordWords.ts";
import { useDecisionWords } from "./words.ts";

const TRY = graphql`
  query TryQuery($ruleset: String!, $facts: Facts!, $policyId: ID) {
    decisionTry(ruleset: $ruleset, facts: $facts, policyId: $policyId) {
      outcome
      ruleId
      message
      changesAt
    }
  }
`;

const PAUSE_MS = 300;

interface Recorded {
  readonly outcome: string | null | undefined;
  readonly message: string;
  readonly policyVersion: string;
  readonly facts: unknown;
}

interface Asked {
  readonly facts: Readonly<Record<string, Fact>>;
  readonly policyId: string | null;
}

interface TryProps {
  readonly ruleset: Ruleset;
  readonly decision: Recorded;
  readonly policies: Policies;
  readonly policyId: string | null;
}

export function Try({ ruleset, decision, policies, policyId }: TryProps) {
  const own = useRecordWords();
  const recorded = factsOf(decision.facts);
  const begin: Asked = {
    facts: Object.fromEntries(ruleset.facts.map((field) => [keyOf(field), recorded[keyOf(field)] ?? field.values[0] ?? 0])),
    policyId,
  };
  const [given, setGiven] = useState(begin);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isPending, start] = useTransition();
  const isChanged = JSON.stringify(given) !== JSON.stringify(begin);
  useEffect(() => {
    if (!isChanged) {
      setAsked(null);
      return undefined;
    }
    const timer = setTimeout(() => start(() => setAsked(given)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [JSON.stringify(given)]);
  const set = (field: FactField, value: Fact): void => setGiven({ ...given, facts: { ...given.facts, [keyOf(field)]: value } });
  return (
    <Card title={own.try}>
      <FormLayout>
        <Soft>{own.tryHint}</Soft>
        <div className={classes["verdicts"]} aria-live="polite" aria-busy={isPending} data-pending={isPending || undefined}>
          <div>
            <Soft>{own.recorded}</Soft>
            <VerdictTag outcome={decision.outcome} />
          </div>
          <div>
            <Soft>{own.tried}</Soft>
            {asked && isChanged ? (
              <Boundary rows={2} key={ruleset.name}>
                <Answer ruleset={ruleset.name} asked={asked} outcome={decision.outcome} />
              </Boundary>
            ) : (
              <Soft>{own.unchanged}</Soft>
            )}
          </div>
        </div>
        {policies.length > 1 && (
          <Select
            label={own.policy}
            value={given.policyId}
            onChange={(id) => setGiven({ ...given, policyId: id })}
            choices={policies.map(({ id, version }) => ({
              id,
              label: version === decision.policyVersion ? own.inForce(version) : version,
            }))}
          />
        )}
        {ruleset.facts.map((field) => (
          <FactInput key={field.name} field={field} value={given.facts[keyOf(field)] ?? 0} onChange={(value) => set(field, value)} />
        ))}
        {isChanged && <Button onPress={() => setGiven(begin)}>{own.reset}</Button>}
      </FormLayout>
    </Card>
  );
}

function FactInput({ field, value, onChange }: { field: FactField; value: Fact; onChange: (value: Fact) => void }) {
  const words = useDecisionWords();
  const own = useRecordWords();
  const label = field.since ? own.since(field.label) : field.label;
  if (field.kind === "ENUM") {
    return (
      <Select label={label} value={String(value)} onChange={onChange} choices={field.choices.map(({ value: id, label: name }) => ({ id, label: name }))} />
    );
  }
  if (field.kind === "BOOLEAN") {
    return (
      <Select
        label={label}
        value={value === true ? "yes" : "no"}
        onChange={(id) => onChange(id === "yes")}
        choices={[
          { id: "yes", label: words.yes },
          { id: "no", label: words.no },
        ]}
      />
    );
  }
  if (field.seconds) return <DurationField label={label} value={typeof value === "boolean" ? 0 : value} onChange={onChange} />;
  const isWhole = /^-?\d+$/.test(String(value));
  return (
    <Field
      label={label}
      inputMode="numeric"
      value={String(value)}
      onChange={(text) => onChange(/^-?\d{1,15}$/.test(text) ? Number(text) : text)}
      error={isWhole ? null : own.untried}
    />
  );
}

function Answer({ ruleset, asked, outcome }: { ruleset: string; asked: Asked; outcome: string | null | undefined }) {
  const own = useRecordWords();
  const [turn, reread] = useTurn();
  const { decisionTry: tried } = useQuery<TryQuery>(TRY, { ruleset, facts: asked.facts, policyId: asked.policyId }, turn);
  useRereadAt([tried?.changesAt], reread);
  if (!tried) return <Soft>{own.untried}</Soft>;
  const isSame = tried.outcome === outcome;
  return (
    <>
      <VerdictTag outcome={tried.outcome} />
      <span>{tried.message}</span>
      {tried.changesAt ? <Until at={tried.changesAt} /> : <Soft>{own.never}</Soft>}
      <Tag tone={isSame ? "calm" : "accent"}>{isSame ? own.same : own.another}</Tag>
    </>
  );
}
