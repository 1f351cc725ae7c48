/** Who has the person's data: each company, when, why, what, and whether the person was told. */
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadEvery, useTurn } from "../../../data/query.ts";
import { useCategoryWords } from "../../../parts/categories.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Disclosures.module.css";
import { Looked } from "./Looked.tsx";
import type { DisclosuresPageQuery } from "./__generated__/DisclosuresPageQuery.graphql.ts";
import type { DisclosuresQuery } from "./__generated__/DisclosuresQuery.graphql.ts";
import type { Disclosures_list$data, Disclosures_list$key } from "./__generated__/Disclosures_list.graphql.ts";
import { useDisclosuresWords } from "./words.ts";

const PAGE = 25;
const READ_MS = 60_000; // no event tells of a look

const QUERY = graphql`
  query DisclosuresQuery($count: Int!, $cursor: Cursor, $basis: DisclosureBasis) {
    ...Disclosures_list
    ...Looked_list
  }
`;

const LIST = graphql`
  fragment Disclosures_list on Query @refetchable(queryName: "DisclosuresPageQuery") {
    disclosures(first: $count, after: $cursor, basis: $basis) @connection(key: "Disclosures_disclosures") {
      edges {
        node {
          id
          at
          basis
          categories
          noticeState
          vendor {
            id
            name
          }
          lead {
            id
            title
          }
          decision {
            ...Verdict_line
          }
        }
      }
    }
  }
`;

type Disclosure = NonNullable<Disclosures_list$data["disclosures"]>["edges"][number]["node"];

const BASES = ["ACCEPTED", "SILENCE", "DELIVERY", "PURCHASE", "REPLACEMENT"] as const;
const TONES: Readonly<Record<Disclosure["noticeState"], Tone>> = { SENT: "good", WAITING: "accent", UNDELIVERED: "warn", NONE: "calm" };
const DEFAULTS = { basis: "" } as const;

export default function Disclosures() {
  const words = useDisclosuresWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const basis = BASES.find((one) => one === values.basis) ?? null;
  const [turn, reread] = useTurn();
  const found = useQuery<DisclosuresQuery>(QUERY, { count: PAGE, cursor: null, basis }, turn);
  useRereadEvery(READ_MS, reread);
  return (
    <Page title={common.nav.disclosures} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.basis}
          value={values.basis}
          onChange={(next) => change({ basis: next })}
          choices={[{ id: "", label: common.any }, ...BASES.map((id) => ({ id, label: words.bases[id] }))]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
      <Looked found={found} size={PAGE} />
      <Card title={words.object}>
        <p>{words.objectHint}</p>
      </Card>
    </Page>
  );
}

function List({ found, isFiltered, reread, clear }: { found: Disclosures_list$key; isFiltered: boolean; reread: () => void; clear: () => void }) {
  const words = useDisclosuresWords();
  const names = useCategoryWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<DisclosuresPageQuery, Disclosures_list$key>(LIST, found, PAGE);
  const disclosures = (data.disclosures?.edges ?? []).map(({ node }) => node);
  useLiveEvents(reread);
  const columns: Column<Disclosure>[] = [
    {
      id: "vendor",
      title: words.vendor,
      isMain: true,
      render: ({ vendor, lead }) => (
        <span className={classes["cell"]}>
          <strong>
            <UserText>{vendor.name}</UserText>
          </strong>
          {lead && (
            <Soft>
              <UserText>{lead.title}</UserText>
            </Soft>
          )}
        </span>
      ),
    },
    { id: "at", title: words.since, render: ({ at }) => <DateTime at={at} /> },
    {
      id: "why",
      title: common.why,
      render: ({ basis, decision }) => (
        <span className={classes["cell"]}>
          <span>{words.bases[basis]}</span>
          <VerdictLine decision={decision} />
        </span>
      ),
    },
    { id: "what", title: words.what, render: ({ categories }) => categories.map((one) => names[one]).join(", ") },
    { id: "notice", title: words.told, render: ({ noticeState }) => <Tag tone={TONES[noticeState]}>{words.notices[noticeState]}</Tag> },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.disclosures}
        columns={columns}
        rows={disclosures}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={paging}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="shield" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
