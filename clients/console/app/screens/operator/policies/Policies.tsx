/** The versions of each market's policy on a time line, and what differs between two of them. */
import { Link } from "react-aria-components";
import { graphql } from "react-relay";
import { useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { clock } from "../../../data/clock.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { FormLayout, Select } from "../../../parts/Field.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Columns, Page } from "../../../parts/Page.tsx";
import { Boundary, Empty } from "../../../parts/State.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { Changes } from "./Changes.tsx";
import classes from "./Policies.module.css";
import type { PoliciesDifferencesQuery } from "./__generated__/PoliciesDifferencesQuery.graphql.ts";
import type { PoliciesQuery } from "./__generated__/PoliciesQuery.graphql.ts";
import { Numbers } from "./Numbers.tsx";
import { usePolicyWords } from "./words.ts";

const POLICIES = graphql`
  query PoliciesQuery {
    markets(first: 50) {
      nodes {
        id
        code
        name
        policy {
          id
        }
      }
    }
    policies(first: 100) {
      nodes {
        id
        version
        marketCode
        effectiveFrom
        pinnedCases
      }
    }
  }
`;

const DIFFERENCES = graphql`
  query PoliciesDifferencesQuery($id: ID!, $other: ID!) {
    node(id: $id) {
      id
      ... on Policy {
        changesFrom(policyId: $other) {
          area
          field
          sentence
        }
      }
    }
  }
`;

type Version = NonNullable<PoliciesQuery["response"]["policies"]>["nodes"][number];

const DEFAULTS = { market: "", from: "", to: "" } as const;

export default function Policies() {
  const words = usePolicyWords();
  const common = useCommon();
  const format = useFormat();
  const [turn, reread] = useTurn();
  const [values, change] = useFilters(DEFAULTS);
  const found = useQuery<PoliciesQuery>(POLICIES, {}, turn);
  const markets = found.markets?.nodes ?? [];
  const all = found.policies?.nodes ?? [];
  const asked = all.find(({ version }) => version === values.to);
  const market = markets.find(({ code }) => code === (values.market || asked?.marketCode)) ?? markets[0];
  const versions = all.filter(({ marketCode }) => marketCode === market?.code);
  const to = versions.find(({ version }) => version === values.to) ?? versions[0];
  const from = versions.find(({ version }) => version === values.from) ?? (values.to && to ? previousOf(versions, to) : undefined);
  const inForce = market?.policy.id;
  useRereadAt(
    versions.map(({ effectiveFrom }) => effectiveFrom),
    reread,
  );
  if (!market) return <Empty icon="book" title={words.none} />;
  const newHref = `/policies/new?market=${encodeURIComponent(market.code)}`;
  return (
    <Page
      title={common.nav.policies}
      lead={words.lead}
      actions={
        <ButtonLink kind="primary" icon="plus" href={newHref}>
          {words.newPolicy}
        </ButtonLink>
      }
    >
      {markets.length > 1 && (
        <nav aria-label={words.market} className={classes["markets"]}>
          {markets.map(({ code, name }) => (
            <Link key={code} href={`/policies?market=${encodeURIComponent(code)}`} aria-current={code === market.code ? "page" : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      )}
      <Columns
        side={
          <Card title={words.differences}>
            <FormLayout>
              {versions.length > 1 && (
                <>
                  <Select label={words.before} value={from?.version ?? null} onChange={(version) => change({ from: version })} choices={choicesOf(versions)} />
                  <Select label={words.after} value={to?.version ?? null} onChange={(version) => change({ to: version })} choices={choicesOf(versions)} />
                </>
              )}
              {from && to ? (
                <Boundary rows={3}>
                  <Differences from={from} to={to} />
                </Boundary>
              ) : (
                <Soft>{versions.length > 1 ? words.chooseTwo : words.onlyOne}</Soft>
              )}
            </FormLayout>
          </Card>
        }
      >
        <Card title={words.timeLine}>
          <ol className={classes["line"]}>
            {versions.map((version) => {
              const isPlanned = Date.parse(version.effectiveFrom) > clock.now();
              const state = version.id === inForce ? "force" : isPlanned ? "planned" : "past";
              const previous = previousOf(versions, version);
              return (
                <li key={version.id} data-state={state} aria-current={state === "force" || undefined}>
                  <span className={classes["head"]}>
                    <h3>{version.version}</h3>
                    <Tag tone={state === "force" ? "good" : state === "planned" ? "accent" : "calm"}>{words.states[state]}</Tag>
                  </span>
                  <span className={classes["when"]}>
                    {words.effective} <DateTime at={version.effectiveFrom} />
                    {isPlanned && (
                      <>
                        {" · "}
                        <Countdown until={version.effectiveFrom} />
                      </>
                    )}
                  </span>
                  <span className={classes["cases"]}>
                    <strong>{format.plural(version.pinnedCases ?? 0, words.cases)}</strong> <Soft>{words.pinned}</Soft>
                  </span>
                  <span className={classes["acts"]}>
                    <Numbers id={version.id} version={version.version} />
                    {previous && (
                      <Button isSmall onPress={() => change({ from: previous.version, to: version.version })}>
                        {words.compare(previous.version)}
                      </Button>
                    )}
                    <ButtonLink isSmall href={`/decisions?policy=${encodeURIComponent(version.version)}`}>
                      {words.itsDecisions}
                    </ButtonLink>
                  </span>
                </li>
              );
            })}
          </ol>
        </Card>
      </Columns>
    </Page>
  );
}

/** The version that another one follows; the list begins with the latest. */
function previousOf(versions: readonly Version[], version: Version): Version | undefined {
  return versions[versions.indexOf(version) + 1];
}

const choicesOf = (versions: readonly Version[]) => versions.map(({ version }) => ({ id: version, label: version }));

function Differences({ from, to }: { from: Version; to: Version }) {
  const words = usePolicyWords();
  const { node } = useQuery<PoliciesDifferencesQuery>(DIFFERENCES, { id: to.id, other: from.id });
  const changes = node?.changesFrom ?? [];
  if (changes.length === 0) return <Soft>{words.noDifferences}</Soft>;
  return <Changes label={words.differences} changes={changes} />;
}
