/** The log of looks at contact data: which operator was shown whose, and when. */
import { Link } from "react-aria-components";
import { graphql } from "react-relay";
import { usePages, useQuery, useRereadEvery, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Field } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import classes from "./Looks.module.css";
import type { LooksPageQuery } from "./__generated__/LooksPageQuery.graphql.ts";
import type { LooksQuery } from "./__generated__/LooksQuery.graphql.ts";
import type { Looks_list$data, Looks_list$key } from "./__generated__/Looks_list.graphql.ts";
import { useLookWords } from "./lookWords.ts";
import { useDecisionWords } from "./words.ts";

const PAGE = 25;
const READ_MS = 60_000; // no event tells of a look

const QUERY = graphql`
  query LooksQuery($count: Int!, $cursor: Cursor, $filter: ContactLookFilter) {
    ...Looks_list
  }
`;

const LIST = graphql`
  fragment Looks_list on Query @refetchable(queryName: "LooksPageQuery") {
    contactLooks(first: $count, after: $cursor, filter: $filter) @connection(key: "Looks_contactLooks") {
      edges {
        node {
          id
          at
          lead {
            id
            title
            prospectId
          }
          by {
            id
            name
          }
        }
      }
    }
  }
`;

type Look = NonNullable<Looks_list$data["contactLooks"]>["edges"][number]["node"];

const DEFAULTS = { lead: "", person: "", by: "", from: "", until: "" } as const;

export default function Looks() {
  const words = useDecisionWords();
  const own = useLookWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const filter = {
    leadId: values.lead || null,
    prospectId: values.person || null,
    byId: values.by || null,
    lookedFrom: values.from ? instantIn(timeZone, values.from) : null,
    lookedUntil: values.until ? instantIn(timeZone, values.until) : null,
  };
  const [turn, reread] = useTurn();
  const found = useQuery<LooksQuery>(QUERY, { count: PAGE, cursor: null, filter }, turn);
  useRereadEvery(READ_MS, reread);
  return (
    <Page title={words.looks} lead={own.lead} back={{ href: "/decisions", label: common.nav.decisions }}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Field label={words.from} type="datetime-local" value={values.from} onChange={(from) => change({ from })} />
        <Field label={words.until} type="datetime-local" value={values.until} onChange={(until) => change({ until })} />
      </Filters>
      <List found={found} values={values} change={change} isFiltered={isFiltered} />
    </Page>
  );
}

interface ListProps {
  readonly found: Looks_list$key;
  readonly values: Readonly<Record<keyof typeof DEFAULTS, string>>;
  readonly change: (changes: Partial<Record<keyof typeof DEFAULTS, string>>) => void;
  readonly isFiltered: boolean;
}

const only = (name: keyof typeof DEFAULTS, id: string): string => `/decisions/looks?${name}=${encodeURIComponent(id)}`;

function List({ found, values, change, isFiltered }: ListProps) {
  const words = useDecisionWords();
  const own = useLookWords();
  const format = useFormat();
  const { data, paging } = usePages<LooksPageQuery, Looks_list$key>(LIST, found, PAGE);
  const looks = (data.contactLooks?.edges ?? []).map(({ node }) => node);
  const [first] = looks;
  const columns: Column<Look>[] = [
    {
      id: "lead",
      title: own.whose,
      isMain: true,
      isWide: true,
      render: ({ lead }) =>
        lead ? (
          <span className={classes["cell"]}>
            <Link href={`/leads/${encodeURIComponent(lead.id)}`}>
              <UserText>{lead.title}</UserText>
            </Link>
            {lead.prospectId && values.person === "" && (
              <Link className={classes["small"] ?? ""} href={only("person", lead.prospectId)}>
                {own.samePerson}
              </Link>
            )}
          </span>
        ) : (
          <Soft>{own.erased}</Soft>
        ),
    },
    {
      id: "by",
      title: own.by,
      render: ({ by }) =>
        by && (
          <Link href={only("by", by.id)}>
            <UserText>{by.name}</UserText>
          </Link>
        ),
    },
    { id: "at", title: words.when, render: ({ at }) => <DateTime at={at} /> },
  ];
  const chips = [
    { name: "lead", label: first?.lead ? own.onlyLead(first.lead.title) : own.oneLead },
    { name: "person", label: own.onePerson },
    { name: "by", label: first?.by ? words.onlyBy(first.by.name) : own.oneOperator },
  ] as const;
  const shown = chips.filter(({ name }) => values[name] !== "");
  return (
    <>
      {shown.length > 0 && (
        <div className={classes["chips"]}>
          {shown.map(({ name, label }) => (
            <Button key={name} isSmall icon="close" onPress={() => change({ [name]: "" })}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={words.looks}
          columns={columns}
          rows={looks}
          idOf={({ id }) => id}
          dependencies={[format, values.person]}
          paging={paging}
          empty={
            isFiltered ? (
              <NoMatches title={own.noneFound} clear={() => change(DEFAULTS)} />
            ) : (
              <Empty icon="eye" title={own.none}>
                {own.noneHint}
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}
