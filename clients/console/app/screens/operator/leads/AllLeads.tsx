/** All leads, found by words; contact data is not read here, so no look is logged. */
import { graphql } from "react-relay";
import { usePages, useQuery } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { MarketSelect } from "../../../parts/MarketSelect.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { AllLeadsPageQuery } from "./__generated__/AllLeadsPageQuery.graphql.ts";
import type { AllLeadsQuery } from "./__generated__/AllLeadsQuery.graphql.ts";
import type { AllLeads_list$data, AllLeads_list$key } from "./__generated__/AllLeads_list.graphql.ts";
import { useAllLeadsWords } from "./words.ts";

const PAGE = 25;

const LEADS = graphql`
  query AllLeadsQuery($count: Int!, $cursor: Cursor, $filter: LeadFilter) {
    ...AllLeads_list
  }
`;

const LIST = graphql`
  fragment AllLeads_list on Query @refetchable(queryName: "AllLeadsPageQuery") {
    leads(first: $count, after: $cursor, filter: $filter) @connection(key: "AllLeads_leads") {
      edges {
        node {
          id
          title
          category
          city
          country
          fee
          publishedAt
          closesAt
          offer {
            points
            placesLeft
          }
        }
      }
    }
  }
`;

type Lead = NonNullable<AllLeads_list$data["leads"]>["edges"][number]["node"];
const DEFAULTS = { query: "", category: "", city: "", country: "", market: "", state: "" } as const;

export default function AllLeads() {
  const words = useAllLeadsWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const state = choiceIn(values.state, words.states);
  const filter = {
    query: values.query || null,
    category: values.category || null,
    city: values.city || null,
    country: values.country || null,
    market: values.market || null,
    open: state && state === "OPEN",
  };
  const found = useQuery<AllLeadsQuery>(LEADS, { count: PAGE, cursor: null, filter });
  return (
    <Page
      title={common.nav.allLeads}
      lead={words.lead}
      actions={
        <>
          <ButtonLink icon="file" href="/leads/import">
            {words.import}
          </ButtonLink>
          <ButtonLink kind="primary" icon="plus" href="/leads/new">
            {words.publish}
          </ButtonLink>
        </>
      }
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <FilterText label={words.query} value={values.query} onChange={(query) => change({ query })} />
        <FilterText label={words.category} value={values.category} onChange={(category) => change({ category })} />
        <FilterText label={words.city} value={values.city} onChange={(city) => change({ city })} />
        <FilterText label={words.country} value={values.country} onChange={(country) => change({ country })} />
        <MarketSelect label={words.market} any={common.any} value={values.market} onChange={(market) => change({ market })} />
        <Select
          label={words.state}
          value={values.state}
          onChange={(next) => change({ state: next })}
          choices={[{ id: "", label: common.any }, ...Object.entries(words.states).map(([id, label]) => ({ id, label }))]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, clear }: { found: AllLeads_list$key; isFiltered: boolean; clear: () => void }) {
  const words = useAllLeadsWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<AllLeadsPageQuery, AllLeads_list$key>(LIST, found, PAGE);
  const columns: Column<Lead>[] = [
    {
      id: "title",
      title: words.request,
      isMain: true,
      render: ({ title, category }) => (
        <span>
          <strong>
            <UserText>{title}</UserText>
          </strong>
          <br />
          <Soft>
            <UserText>{category}</UserText>
          </Soft>
        </span>
      ),
    },
    {
      id: "place",
      title: words.place,
      render: ({ city, country }) => <UserText>{[city, format.country(country)].filter(Boolean).join(", ")}</UserText>,
    },
    { id: "fee", title: words.fee, isNumber: true, render: ({ fee }) => <Points value={fee} /> },
    {
      id: "offer",
      title: words.offer,
      render: ({ offer }) => (offer ? words.offered(format.points(offer.points), format.number(offer.placesLeft)) : <Soft>–</Soft>),
    },
    { id: "published", title: words.published, render: ({ publishedAt }) => <DateTime at={publishedAt} /> },
    { id: "closes", title: words.closes, render: ({ closesAt }) => (closesAt ? <DateTime at={closesAt} /> : <Soft>–</Soft>) },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.allLeads}
        columns={columns}
        rows={(data.leads?.edges ?? []).map(({ node }) => node)}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/leads/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={paging}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="search" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
