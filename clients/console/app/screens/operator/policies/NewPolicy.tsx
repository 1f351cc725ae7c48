/** A new version of a market's policy: drafted from the latest one, checked, tried on history, and published. */
import { useState } from "react";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useQuery, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Select } from "../../../parts/Field.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Columns, Page, Stack } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { useCommon } from "../../../words/common.ts";
import { Area } from "./Area.tsx";
import { CheckCard, useCheck } from "./Check.tsx";
import classes from "./NewPolicy.module.css";
import { fieldKey, merged, usePolicyDraft, type Parameters, type Value } from "./draft.ts";
import { PolicyPublish } from "./PolicyPublish.tsx";
import { Trial } from "./Trial.tsx";
import type { NewPolicyQuery } from "./__generated__/NewPolicyQuery.graphql.ts";
import { usePolicyWords } from "./words.ts";

/** Later than all versions, so that the latest one is in force. */
const LATER = "9999-01-01T00:00:00Z";

const MARKETS = graphql`
  query NewPolicyQuery($at: DateTime!) {
    markets(first: 50) {
      nodes {
        id
        code
        name
        latest: policy(at: $at) {
          id
          version
          parameters
        }
      }
    }
    form: markets(first: 1) {
      nodes {
        id
        policy {
          id
          parameterFields {
            area
            field
            unit
            low
            high
            values
            areaLabel
            label
          }
        }
      }
    }
  }
`;

export default function NewPolicy() {
  const words = usePolicyWords();
  const common = useCommon();
  const [turn, reread] = useTurn();
  const [values, change] = useFilters({ market: "" });
  const found = useQuery<NewPolicyQuery>(MARKETS, { at: LATER }, turn);
  const markets = found.markets?.nodes ?? [];
  const market = markets.find(({ code }) => code === values.market) ?? markets[0];
  const fields = found.form?.nodes[0]?.policy.parameterFields;
  if (!market || !fields) return <Empty icon="book" title={words.none} />;
  return (
    <Page
      title={words.newPolicy}
      lead={words.newLead}
      back={{ href: `/policies?market=${encodeURIComponent(market.code)}`, label: common.nav.policies }}
      actions={
        markets.length > 1 && (
          <Select
            label={words.market}
            value={market.code}
            onChange={(code) => change({ market: code })}
            choices={markets.map(({ code, name }) => ({ id: code, label: name }))}
          />
        )
      }
    >
      <Draft key={market.code} market={market.code} latest={market.latest} fields={fields} reread={reread} />
    </Page>
  );
}

type Market = NonNullable<NewPolicyQuery["response"]["markets"]>["nodes"][number];
type Form = NonNullable<NewPolicyQuery["response"]["form"]>["nodes"][number]["policy"]["parameterFields"];
export type ParameterField = NonNullable<Form>[number];

/** Areas whose fields are shown from the beginning; the others are folded. */
const OPEN: ReadonlySet<string> = new Set(["reveal", "refund", "reminder"]);

interface DraftProps {
  readonly market: string;
  readonly latest: Market["latest"];
  readonly fields: readonly ParameterField[];
  readonly reread: () => void;
}

function Draft({ market, latest, fields, reread }: DraftProps) {
  const words = usePolicyWords();
  const [draft, set, forget] = usePolicyDraft(market);
  const [isPublished, setPublished] = useState(false);
  const base = latest.parameters as Parameters;
  const given = merged(base, draft.values);
  const changed = new Set(
    fields.filter(({ area, field }) => given[area]?.[field] !== base[area]?.[field]).map(({ area, field }) => fieldKey(area, field)),
  );
  const checked = useCheck(changed.size > 0 ? { market, parameters: given } : null);
  useUnsaved(changed.size > 0 && !isPublished);
  const change = (area: string, field: string, value: Value): void => {
    const { [fieldKey(area, field)]: _, ...others } = draft.values;
    set({ values: value === base[area]?.[field] ? others : { ...others, [fieldKey(area, field)]: value } });
  };
  const labels = new Map(fields.map(({ area, field, label }) => [fieldKey(area, field), label]));
  const areas = [...new Set(fields.map(({ area }) => area))];
  return (
    <Columns
      side={
        <div className={classes["side"]}>
          <CheckCard
            version={latest.version}
            count={changed.size}
            checked={checked}
            shown={new Set(fields.map(({ area, field }) => fieldKey(area, field)))}
            reset={changed.size > 0 && <Button onPress={forget}>{words.startAgain}</Button>}
          />
          <Trial market={market} parameters={given} checked={checked} draft={draft} set={set} />
          <PolicyPublish
            market={market}
            parameters={given}
            latest={latest.version}
            checked={checked}
            draft={draft}
            set={set}
            reread={reread}
            onPublished={() => {
              setPublished(true);
              forget();
            }}
          />
        </div>
      }
    >
      <Stack>
        {areas.map((area) => (
          <Area
            key={area}
            fields={fields.filter((one) => one.area === area)}
            base={base[area] ?? {}}
            given={given[area] ?? {}}
            changed={changed}
            problems={checked.problems}
            labels={labels}
            isOpen={OPEN.has(area)}
            onChange={(field, value) => change(area, field, value)}
          />
        ))}
      </Stack>
    </Columns>
  );
}
