/** Open leads: what one can apply for. */
import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Select, type Choice } from "../../../parts/Field.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { choiceIn, numberIn, useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { LeadsCategoriesQuery } from "./__generated__/LeadsCategoriesQuery.graphql.ts";
import type { LeadsNewQuery } from "./__generated__/LeadsNewQuery.graphql.ts";
import type { LeadsPageQuery } from "./__generated__/LeadsPageQuery.graphql.ts";
import type { LeadsQuery } from "./__generated__/LeadsQuery.graphql.ts";
import type { Leads_list$data, Leads_list$key } from "./__generated__/Leads_list.graphql.ts";
import classes from "./Leads.module.css";
import { useLeadsWords } from "./words.ts";

const PAGE = 25;
const LOOK_MS = 30_000; // between two looks for new leads

const LEADS = graphql`
  query LeadsQuery($count: Int!, $cursor: Cursor, $filter: LeadFilter, $orderBy: LeadOrder) {
    ...Leads_list
  }
`;

const CATEGORIES = graphql`
  query LeadsCategoriesQuery {
    leadCategories(first: 100) {
      categories {
        category
        leads
      }
    }
  }
`;

const LIST = graphql`
  fragment Leads_list on Query @refetchable(queryName: "LeadsPageQuery") {
    leads(first: $count, after: $cursor, filter: $filter, orderBy: $orderBy) @connection(key: "Leads_leads") {
      totalCount
      edges {
        node {
          id
          title
          brief
          category
          city
          country
          budgetMin
          budgetMax
          currency
          fee
          publishedAt
          closesAt
          visibility {
            ...Verdict_line
          }
          offer {
            points
          }
        }
      }
    }
  }
`;

const NEW = graphql`
  query LeadsNewQuery($filter: LeadFilter) {
    leads(first: 20, filter: $filter) {
      nodes {
        id
      }
    }
  }
`;

type Lead = NonNullable<Leads_list$data["leads"]>["edges"][number]["node"];

const DEFAULTS = { query: "", category: "", city: "", country: "", budget: "", order: "NEWEST" } as const;

export default function Leads() {
  const words = useLeadsWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const [turn, reread] = useTurn();
  const filter = {
    open: true,
    query: values.query || null,
    category: values.category || null,
    city: values.city || null,
    country: values.country || null,
    budgetMin: numberIn(values.budget),
  };
  const orderBy = choiceIn(values.order, words.orders) ?? "NEWEST";
  const found = useQuery<LeadsQuery>(LEADS, { count: PAGE, cursor: null, filter, orderBy }, turn);
  return (
    <Page title={common.nav.leads} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <FilterText label={words.query} value={values.query} onChange={(query) => change({ query })} />
        <Category value={values.category} onChange={(category) => change({ category })} />
        <FilterText label={words.city} value={values.city} onChange={(city) => change({ city })} />
        <FilterText label={words.country} value={values.country} onChange={(country) => change({ country })} />
        <FilterText label={words.budgetFrom} inputMode="numeric" value={values.budget} onChange={(budget) => change({ budget })} />
        <Select
          label={words.order}
          value={orderBy}
          onChange={(order) => change({ order })}
          choices={Object.entries(words.orders).map(([id, label]) => ({ id, label }))}
        />
      </Filters>
      <List found={found} filter={filter} isNewest={orderBy === "NEWEST"} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

/** Counting the leads of each category is costly, so they are read when the choices are first shown. */
function Category({ value, onChange }: { value: string; onChange: (category: string) => void }) {
  const words = useLeadsWords();
  const common = useCommon();
  const environment = useRelayEnvironment();
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const read = (): void => {
    fetchQuery<LeadsCategoriesQuery>(environment, CATEGORIES, {})
      .toPromise()
      .then((found) => {
        const categories = found?.leadCategories?.categories ?? [];
        setChoices(categories.map(({ category, leads }) => ({ id: category, label: `${category} (${leads})` })));
      })
      .catch(() => {}); // read again when the choices are shown again
  };
  const others = choices ?? [];
  const chosen = value === "" || others.some(({ id }) => id === value) ? [] : [{ id: value, label: value }];
  return (
    <Select
      label={words.category}
      value={value}
      onChange={onChange}
      onOpen={choices === null ? read : undefined}
      choices={[{ id: "", label: common.any }, ...chosen, ...others]}
    />
  );
}

interface ListProps {
  readonly found: Leads_list$key;
  readonly filter: LeadsQuery["variables"]["filter"];
  readonly isNewest: boolean;
  readonly isFiltered: boolean;
  readonly reread: () => void;
  readonly clear: () => void;
}

function List({ found, filter, isNewest, isFiltered, reread, clear }: ListProps) {
  const words = useLeadsWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<LeadsPageQuery, Leads_list$key>(LIST, found, PAGE);
  const leads = (data.leads?.edges ?? []).map(({ node }) => node);
  const fresh = useNewLeads(filter, isNewest, leads);
  useRereadAt(
    leads.map(({ closesAt }) => closesAt),
    reread,
  );
  const columns: Column<Lead>[] = [
    {
      id: "title",
      title: words.request,
      isMain: true,
      render: ({ title, brief, category, publishedAt }) => (
        <span className={classes["request"]}>
          <strong>
            <UserText>{title}</UserText>
          </strong>
          <span className={classes["brief"]}>
            <UserText>{brief}</UserText>
          </span>
          <span>
            <Tag>
              <UserText>{category}</UserText>
            </Tag>
          </span>
          <span className={classes["brief"]}>{words.published(format.dateTime(publishedAt))}</span>
        </span>
      ),
    },
    {
      id: "place",
      title: words.place,
      render: ({ city, country }) => (
        <>
          {city && <UserText>{city}</UserText>} <Soft>{format.country(country)}</Soft>
        </>
      ),
    },
    {
      id: "budget",
      title: words.budget,
      isNumber: true,
      render: ({ budgetMin, budgetMax, currency }) => format.budget(budgetMin, budgetMax, currency) ?? <Soft>{words.noBudget}</Soft>,
    },
    {
      id: "fee",
      title: words.fee,
      isNumber: true,
      render: ({ fee, offer }) => (
        <span className={classes["fee"]}>
          <Points value={fee} />
          {offer && <Soft>{words.orBuy(format.points(offer.points))}</Soft>}
        </span>
      ),
    },
    {
      id: "closes",
      title: words.closesIn,
      isNumber: true,
      render: ({ closesAt }) => (
        <span className={classes["fee"]}>
          {closesAt ? <Countdown until={closesAt} /> : <Soft>{words.staysOpen}</Soft>}
        </span>
      ),
    },
    { id: "contact", title: words.contact, isWide: true, render: ({ visibility }) => <VerdictLine decision={visibility} /> },
  ];
  return (
    <>
      {fresh > 0 && (
        <div className={classes["fresh"]}>
          <Button isSmall icon="arrow" onPress={reread}>
            {common.new(format.number(fresh))}
          </Button>
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={common.nav.leads}
          columns={columns}
          rows={leads}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/leads/${encodeURIComponent(id)}`}
          dependencies={[format]}
          paging={{ ...paging, total: data.leads?.totalCount ?? null }}
          empty={
            isFiltered ? (
              <NoMatches title={words.noneFound} clear={clear}>
                {words.noneFoundHint}
              </NoMatches>
            ) : (
              <Empty icon="search" title={words.none}>
                {words.noneHint}
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}

/** Looks for leads that are not in the list yet, without moving what the user is reading; returns their number. */
function useNewLeads(filter: LeadsQuery["variables"]["filter"], isNewest: boolean, leads: readonly Lead[]): number {
  const environment = useRelayEnvironment();
  const [fresh, setFresh] = useState(0);
  const asked = JSON.stringify(filter);
  const first = leads[0]?.id;
  useEffect(() => {
    setFresh(0);
    if (!isNewest) return undefined;
    const known = new Set(leads.map(({ id }) => id));
    const look = (): void => {
      if (document.hidden) return;
      fetchQuery<LeadsNewQuery>(environment, NEW, { filter: JSON.parse(asked) })
        .toPromise()
        .then((seen) => setFresh(seen?.leads?.nodes.filter(({ id }) => !known.has(id)).length ?? 0))
        .catch(() => {}); // the next look may succeed
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
    // The rows matter only when the newest of them changes.
  }, [environment, asked, isNewest, first, leads.length]);
  return fresh;
}
