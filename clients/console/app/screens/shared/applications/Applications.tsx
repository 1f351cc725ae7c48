/** Applications: a vendor's own, or those that wait for a person's answer. */
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { ApplicationState, STATUSES, useStatusWords } from "../../../parts/ApplicationState.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Applications.module.css";
import { Asked } from "./Asked.tsx";
import type { ApplicationsPageQuery } from "./__generated__/ApplicationsPageQuery.graphql.ts";
import type { ApplicationsQuery } from "./__generated__/ApplicationsQuery.graphql.ts";
import type { Applications_list$data, Applications_list$key } from "./__generated__/Applications_list.graphql.ts";
import { useApplicationsWords } from "./words.ts";

const PAGE = 15;

const QUERY = graphql`
  query ApplicationsQuery($count: Int!, $cursor: Cursor, $filter: ApplicationFilter) {
    ...Applications_list
  }
`;

const LIST = graphql`
  fragment Applications_list on Query @refetchable(queryName: "ApplicationsPageQuery") {
    applications(first: $count, after: $cursor, filter: $filter) @connection(key: "Applications_applications") {
      totalCount
      edges {
        node {
          id
          status
          introduction
          submittedAt
          meetingAt
          proposedMeetingAt
          vendor {
            id
            name
          }
          lead {
            id
            title
          }
          ...ApplicationState_application
          visibility {
            changesAt
            ...Verdict_line
          }
          refund {
            changesAt
            ...Verdict_line
          }
          deadlines {
            kind
            dueAt
            doneAt
          }
          chat {
            unread
          }
        }
      }
    }
  }
`;

type Application = NonNullable<Applications_list$data["applications"]>["edges"][number]["node"];

const DEFAULTS = { status: "", lead: "", unread: "" } as const;

export default function Applications() {
  const words = useApplicationsWords();
  const statuses = useStatusWords();
  const common = useCommon();
  const isProspect = useFrame().role === "PROSPECT";
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const status = STATUSES.find((one) => one === values.status) ?? null;
  const [turn, reread] = useTurn();
  const found = useQuery<ApplicationsQuery>(QUERY, { count: PAGE, cursor: null, filter: { status, leadId: values.lead || null, unread: values.unread === "yes" } }, turn);
  return (
    <Page
      title={isProspect ? common.nav.inbox : common.nav.applications}
      lead={isProspect ? words.leadProspect : words.leadVendor}
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.status}
          value={values.status}
          onChange={(next) => change({ status: next })}
          choices={[{ id: "", label: common.any }, ...STATUSES.map((id) => ({ id, label: statuses[id] }))]}
        />
        <Select
          label={words.chat}
          value={values.unread}
          onChange={(next) => change({ unread: next })}
          choices={[
            { id: "", label: common.any },
            { id: "yes", label: words.unreadOnly },
          ]}
        />
      </Filters>
      {isProspect && values.lead && <Asked leadId={values.lead} />}
      <List found={found} isProspect={isProspect} isFiltered={isFiltered} isUnasked={!status && !values.unread} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

interface ListProps {
  readonly found: Applications_list$key;
  readonly isProspect: boolean;
  readonly isFiltered: boolean;
  /** Without a filter other than the request: an empty list then means that nobody has applied. */
  readonly isUnasked: boolean;
  readonly reread: () => void;
  readonly clear: () => void;
}

function List({ found, isProspect, isFiltered, isUnasked, reread, clear }: ListProps) {
  const words = useApplicationsWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<ApplicationsPageQuery, Applications_list$key>(LIST, found, PAGE);
  const applications = (data.applications?.edges ?? []).map(({ node }) => node);
  useLiveEvents(reread);
  useRereadAt(
    applications.flatMap(({ visibility, refund, deadlines }) => [
      visibility.changesAt,
      refund.changesAt,
      ...deadlines.filter(({ doneAt }) => doneAt == null).map(({ dueAt }) => dueAt),
    ]),
    reread,
  );
  const columns: Column<Application>[] = [
    {
      id: "lead",
      title: isProspect ? words.vendor : words.lead,
      isMain: true,
      render: ({ lead, vendor, introduction, chat }) => (
        <span className={classes["main"]}>
          <strong>
            <UserText>{isProspect ? vendor.name : lead.title}</UserText>
          </strong>
          {isProspect && (
            <>
              <Soft>
                <UserText>{lead.title}</UserText>
              </Soft>
              <span className={classes["brief"]}>
                <UserText>{introduction}</UserText>
              </span>
            </>
          )}
          {chat.unread > 0 && <span className={classes["unread"]}>{format.plural(chat.unread, words.messages)}</span>}
        </span>
      ),
    },
    {
      id: "status",
      title: words.status,
      render: (application) => (
        <span className={classes["cell"]}>
          <ApplicationState application={application} />
          <Soft>{words.sent(format.dateTime(application.submittedAt))}</Soft>
        </span>
      ),
    },
    {
      id: "opens",
      title: common.opensIn,
      isNumber: true,
      render: ({ status, deadlines }) => {
        const reveal = status === "PENDING" && deadlines.find(({ kind, doneAt }) => kind === "REVEAL" && doneAt == null);
        return reveal ? <Countdown until={reveal.dueAt} isLarge={isProspect} /> : <Soft>–</Soft>;
      },
    },
    {
      id: "why",
      title: words.why,
      isWide: true,
      render: ({ visibility }) => <VerdictLine decision={visibility} />,
    },
    {
      id: "refund",
      title: words.refund,
      isWide: true,
      render: ({ refund }) => <VerdictLine decision={refund} />,
    },
    {
      id: "meeting",
      title: words.meeting,
      render: ({ meetingAt, proposedMeetingAt }) =>
        meetingAt ? (
          <DateTime at={meetingAt} />
        ) : proposedMeetingAt ? (
          <Soft>
            {words.proposed} <DateTime at={proposedMeetingAt} />
          </Soft>
        ) : (
          <Soft>–</Soft>
        ),
    },
  ];
  const shown = isProspect ? columns.filter(({ id }) => id !== "why" && id !== "refund") : columns;
  return (
    <Card isFlush>
      <DataTable
        label={isProspect ? common.nav.inbox : common.nav.applications}
        columns={shown}
        rows={applications}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/applications/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={{ ...paging, total: data.applications?.totalCount ?? null }}
        empty={
          isFiltered && isProspect && isUnasked ? (
            <Empty icon="inbox" title={words.noneYet}>
              {words.noneHintProspect}
            </Empty>
          ) : isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="inbox" title={words.none}>
              {isProspect ? words.noneHintProspect : words.noneHintVendor}
            </Empty>
          )
        }
      />
    </Card>
  );
}
