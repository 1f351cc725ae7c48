/** The vendor's complaints: how each stands, and until when it is decided. */
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { COMPLAINT_TONES, useComplaintWords } from "../../../parts/complaints.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { ComplaintsPageQuery } from "./__generated__/ComplaintsPageQuery.graphql.ts";
import type { ComplaintsQuery } from "./__generated__/ComplaintsQuery.graphql.ts";
import type { Complaints_list$data, Complaints_list$key } from "./__generated__/Complaints_list.graphql.ts";
import { useComplaintsWords } from "./words.ts";

const PAGE = 25;

const QUERY = graphql`
  query ComplaintsQuery($count: Int!, $cursor: Cursor, $filter: ComplaintFilter) {
    ...Complaints_list
  }
`;

const LIST = graphql`
  fragment Complaints_list on Query @refetchable(queryName: "ComplaintsPageQuery") {
    complaints(first: $count, after: $cursor, filter: $filter) @connection(key: "Complaints_complaints") {
      edges {
        node {
          id
          number
          complaintStatus: status
          submittedAt
          decideBy
          decidedAt
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

type Complaint = NonNullable<Complaints_list$data["complaints"]>["edges"][number]["node"];

const STATUSES = ["OPEN", "DECIDED", "OVERDUE"] as const;
const DEFAULTS = { status: "", number: "" } as const;

export default function Complaints() {
  const words = useComplaintsWords();
  const common = useCommon();
  const { statuses } = useComplaintWords();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const status = STATUSES.find((one) => one === values.status) ?? null;
  const [turn, reread] = useTurn();
  const found = useQuery<ComplaintsQuery>(QUERY, { count: PAGE, cursor: null, filter: { status, number: values.number || null } }, turn);
  return (
    <Page
      title={common.nav.complaints}
      lead={words.lead}
      actions={
        <ButtonLink kind="primary" icon="plus" href="/complaints/new">
          {words.fileOne}
        </ButtonLink>
      }
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.status}
          value={values.status}
          onChange={(next) => change({ status: next })}
          choices={[{ id: "", label: common.any }, ...STATUSES.map((id) => ({ id, label: statuses[id] }))]}
        />
        <FilterText label={words.number} value={values.number} onChange={(number) => change({ number })} />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, reread, clear }: { found: Complaints_list$key; isFiltered: boolean; reread: () => void; clear: () => void }) {
  const words = useComplaintsWords();
  const common = useCommon();
  const format = useFormat();
  const { statuses } = useComplaintWords();
  const { data, paging } = usePages<ComplaintsPageQuery, Complaints_list$key>(LIST, found, PAGE);
  const complaints = (data.complaints?.edges ?? []).map(({ node }) => node);
  useLiveEvents(reread);
  useRereadAt(
    complaints.map(({ decidedAt, decideBy }) => (decidedAt ? null : decideBy)),
    reread,
  );
  const columns: Column<Complaint>[] = [
    { id: "number", title: words.number, isMain: true, render: ({ number }) => <strong>{number}</strong> },
    {
      id: "status",
      title: words.status,
      render: ({ complaintStatus }) => <Tag tone={COMPLAINT_TONES[complaintStatus]}>{statuses[complaintStatus]}</Tag>,
    },
    { id: "submitted", title: words.submitted, render: ({ submittedAt }) => <DateTime at={submittedAt} /> },
    {
      id: "due",
      title: words.decided,
      render: ({ decidedAt, decideBy }) =>
        decidedAt ? (
          <DateTime at={decidedAt} />
        ) : (
          <span>
            <Countdown until={decideBy} />{" "}
            <Soft>
              <DateTime at={decideBy} />
            </Soft>
          </span>
        ),
    },
    { id: "total", title: words.total, isNumber: true, render: ({ counts }) => format.number(counts.total) },
    { id: "accepted", title: words.accepted, isNumber: true, render: ({ counts }) => format.number(counts.accepted) },
    { id: "rejected", title: words.rejected, isNumber: true, render: ({ counts }) => format.number(counts.rejected) },
    { id: "review", title: words.underReview, isNumber: true, render: ({ counts }) => format.number(counts.underReview) },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.complaints}
        columns={columns}
        rows={complaints}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/complaints/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={paging}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="scale" title={words.none} action={<ButtonLink href="/contacts">{common.nav.contacts}</ButtonLink>}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
