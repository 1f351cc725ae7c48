/** The queue of complaints, soonest due first; Enter opens the next one. */
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { QueuePageQuery } from "./__generated__/QueuePageQuery.graphql.ts";
import type { ComplaintOrder, QueueQuery } from "./__generated__/QueueQuery.graphql.ts";
import type { Queue_list$data, Queue_list$key } from "./__generated__/Queue_list.graphql.ts";
import { useReviewWords } from "./words.ts";

const PAGE = 25;

const COMPLAINTS = graphql`
  query QueueQuery($count: Int!, $cursor: Cursor, $filter: ComplaintFilter, $orderBy: ComplaintOrder) {
    ...Queue_list
  }
`;

const LIST = graphql`
  fragment Queue_list on Query @refetchable(queryName: "QueuePageQuery") {
    complaints(first: $count, after: $cursor, filter: $filter, orderBy: $orderBy) @connection(key: "Queue_complaints") {
      totalCount
      edges {
        node {
          id
          number
          status
          submittedAt
          decideBy
          decidedAt
          vendor {
            name
          }
          counts {
            total
            accepted
            rejected
            underReview
          }
        }
      }
    }
  }
`;

type Complaint = NonNullable<Queue_list$data["complaints"]>["edges"][number]["node"];

const TONES: Readonly<Record<string, Tone>> = { OPEN: "warn", OVERDUE: "bad", DECIDED: "good" };
const DEFAULTS = { status: "", number: "", account: "", order: "DUE" } as const;

export default function Queue() {
  const words = useReviewWords();
  const { statuses } = useComplaintWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const [turn, reread] = useTurn();
  const filter = {
    status: choiceIn(values.status, statuses),
    number: values.number.trim() || null,
    accountId: values.account || null,
  };
  const orderBy: ComplaintOrder = values.order === "NEWEST" ? "NEWEST" : "DUE";
  const found = useQuery<QueueQuery>(COMPLAINTS, { count: PAGE, cursor: null, filter, orderBy }, turn);
  useLiveEvents(({ kind }) => kind.startsWith("COMPLAINT") && reread());
  return (
    <Page title={common.nav.complaints} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.status}
          value={values.status}
          onChange={(status) => change({ status })}
          choices={[{ id: "", label: common.any }, ...Object.entries(statuses).map(([id, label]) => ({ id, label }))]}
        />
        <FilterText label={words.number} value={values.number} onChange={(number) => change({ number })} />
        <Select
          label={words.order}
          value={orderBy}
          onChange={(order) => change({ order })}
          choices={Object.entries(words.orders).map(([id, label]) => ({ id, label }))}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, reread, clear }: { found: Queue_list$key; isFiltered: boolean; reread: () => void; clear: () => void }) {
  const words = useReviewWords();
  const { statuses } = useComplaintWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<QueuePageQuery, Queue_list$key>(LIST, found, PAGE);
  const complaints = (data.complaints?.edges ?? []).map(({ node }) => node);
  const next = complaints.find(({ status }) => status !== "DECIDED");
  useRereadAt(
    complaints.map(({ status, decideBy }) => (status === "OPEN" ? decideBy : null)),
    reread,
  );
  const columns: Column<Complaint>[] = [
    {
      id: "number",
      title: words.number,
      isMain: true,
      render: ({ number, vendor }) => (
        <span>
          <strong>{number}</strong>
          <br />
          <Soft>
            <UserText>{vendor.name}</UserText>
          </Soft>
        </span>
      ),
    },
    { id: "status", title: words.status, render: ({ status }) => <Tag tone={TONES[status] ?? "calm"}>{statuses[status]}</Tag> },
    {
      id: "due",
      title: words.due,
      render: ({ status, decideBy, decidedAt }) =>
        status === "DECIDED" ? (
          <Soft>{decidedAt ? <DateTime at={decidedAt} /> : "–"}</Soft>
        ) : status === "OVERDUE" ? (
          <Tag tone="bad">{words.overdueSince(format.dateTime(decideBy))}</Tag>
        ) : (
          <Countdown until={decideBy} />
        ),
    },
    { id: "filed", title: words.filed, render: ({ submittedAt }) => <DateTime at={submittedAt} /> },
    { id: "open", title: words.waiting, isNumber: true, render: ({ counts }) => common.shown(format.number(counts.underReview), format.number(counts.total)) },
    { id: "accepted", title: words.accepted, isNumber: true, render: ({ counts }) => format.number(counts.accepted) },
    { id: "rejected", title: words.rejected, isNumber: true, render: ({ counts }) => format.number(counts.rejected) },
  ];
  return (
    <>
      {next && (
        <div>
          <ButtonLink kind="primary" icon="arrow" href={`/complaints/${encodeURIComponent(next.id)}`} autoFocus>
            {words.next(next.number)}
          </ButtonLink>
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={common.nav.complaints}
          columns={columns}
          rows={complaints}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/complaints/${encodeURIComponent(id)}`}
          dependencies={[format]}
          paging={{ ...paging, total: data.complaints?.totalCount ?? null }}
          empty={
            isFiltered ? (
              <NoMatches title={words.noneFound} clear={clear} />
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
