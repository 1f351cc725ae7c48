/** A company's calls: those that are open now, and all others, with who was told of them. */
import { graphql, useFragment } from "react-relay";
import { useCallUpdates } from "../../../data/calls.ts";
import { usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { CallTag, useCallWords } from "../../../parts/Call.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { CallBoardPageQuery } from "./__generated__/CallBoardPageQuery.graphql.ts";
import type { CallBoardQuery } from "./__generated__/CallBoardQuery.graphql.ts";
import type { CallBoard_list$key } from "./__generated__/CallBoard_list.graphql.ts";
import type { CallBoard_row_contact$data, CallBoard_row_contact$key } from "./__generated__/CallBoard_row_contact.graphql.ts";
import { useCompanyCallsWords } from "./words.ts";

const PAGE = 25;

const CALLS = graphql`
  query CallBoardQuery($count: Int!, $cursor: Cursor, $filter: CallFilter) {
    secretariat {
      id
    }
    open: calls(first: 25, filter: { open: true }) {
      nodes {
        ...CallBoard_row_contact
      }
    }
    ...CallBoard_list
  }
`;

const LIST = graphql`
  fragment CallBoard_list on Query @refetchable(queryName: "CallBoardPageQuery") {
    calls(first: $count, after: $cursor, filter: $filter) @connection(key: "CallBoard_calls") {
      totalCount
      edges {
        node {
          id
          ...CallBoard_row_contact
        }
      }
    }
  }
`;

const ROW = graphql`
  fragment CallBoard_row_contact on Call @relay(plural: true) {
    id
    caller
    forgottenAt
    startedAt
    closesAt
    waitSeconds
    talkSeconds
    state
    outcome
    summary
    agent {
      name
    }
    wantedEmployee {
      displayName
    }
    note {
      name
      urgent
    }
  }
`;

type Row = CallBoard_row_contact$data[number];
const DEFAULTS = { outcome: "" } as const;

export default function CallBoard() {
  const words = useCompanyCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const [turn, reread] = useTurn();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const outcome = choiceIn(values.outcome, said.outcomes);
  const found = useQuery<CallBoardQuery>(CALLS, { count: PAGE, cursor: null, filter: { open: false, outcome } }, turn);
  useCallUpdates(reread);
  if (!found.secretariat) {
    return (
      <Page title={common.nav.calls}>
        <Card>
          <Empty icon="phone" title={words.noSecretariat}>
            {words.noSecretariatHint}
          </Empty>
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title={common.nav.calls}
      lead={words.lead}
      actions={
        <>
          <ButtonLink href="/calls/absences" icon="users">
            {words.absences}
          </ButtonLink>
          <ButtonLink href="/calls/coverage" icon="clock">
            {words.coverage}
          </ButtonLink>
          <ButtonLink href="/calls/vips" icon="star">
            {words.vips}
          </ButtonLink>
          <ButtonLink href="/calls/statistics" icon="chart">
            {words.statistics}
          </ButtonLink>
        </>
      }
    >
      <Open calls={found.open?.nodes ?? []} reread={reread} />
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.outcome}
          value={values.outcome}
          onChange={(next) => change({ outcome: next })}
          choices={[{ id: "", label: common.any }, ...Object.entries(said.outcomes).map(([id, label]) => ({ id, label }))]}
        />
      </Filters>
      <Ended found={found} isFiltered={isFiltered} />
    </Page>
  );
}

function Open({ calls, reread }: { calls: CallBoard_row_contact$key; reread: () => void }) {
  const words = useCompanyCallsWords();
  const format = useFormat();
  const columns = useColumns();
  const rows = useFragment(ROW, calls);
  useRereadAt(
    rows.map(({ closesAt }) => closesAt),
    reread,
  );
  return (
    <Card title={words.now} isFlush>
      <DataTable
        label={words.now}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/calls/${encodeURIComponent(id)}`}
        dependencies={[format]}
        empty={
          <Empty icon="phone" title={words.noneNow}>
            {words.noneNowHint}
          </Empty>
        }
      />
    </Card>
  );
}

function Ended({ found, isFiltered }: { found: CallBoard_list$key; isFiltered: boolean }) {
  const words = useCompanyCallsWords();
  const format = useFormat();
  const columns = useColumns();
  const { data, paging } = usePages<CallBoardPageQuery, CallBoard_list$key>(LIST, found, PAGE);
  const rows = useFragment<CallBoard_row_contact$key>(
    ROW,
    (data.calls?.edges ?? []).map(({ node }) => node),
  );
  return (
    <Card title={words.before} isFlush>
      <DataTable
        label={words.before}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/calls/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={{ ...paging, total: data.calls?.totalCount ?? null }}
        empty={<Empty title={isFiltered ? words.noneFound : words.noneBefore}>{words.noneBeforeHint}</Empty>}
      />
    </Card>
  );
}

function useColumns(): Column<Row>[] {
  const words = useCompanyCallsWords();
  const said = useCallWords();
  const format = useFormat();
  return [
    {
      id: "caller",
      title: words.caller,
      isMain: true,
      render: ({ caller, forgottenAt, note, summary }) => (
        <span>
          <strong>
            <UserText>{note?.name ?? caller ?? (forgottenAt ? said.forgotten : said.withheld)}</UserText>
          </strong>
          {note?.urgent && ` · ${words.urgent}`}
          {summary && (
            <>
              <br />
              <Soft>
                <UserText>{summary}</UserText>
              </Soft>
            </>
          )}
        </span>
      ),
    },
    { id: "state", title: words.outcome, render: ({ state, outcome }) => <CallTag state={state} outcome={outcome} /> },
    { id: "wanted", title: words.wanted, render: ({ wantedEmployee }) => <UserText>{wantedEmployee?.displayName ?? words.nobody}</UserText> },
    { id: "agent", title: words.agent, render: ({ agent, state }) => <UserText>{agent?.name ?? (state === "FINISHED" ? said.nobody : said.unanswered)}</UserText> },
    { id: "rang", title: words.rang, render: ({ startedAt }) => <DateTime at={startedAt} /> },
    {
      id: "talk",
      title: words.talk,
      isNumber: true,
      render: ({ talkSeconds }) => (talkSeconds == null ? <Soft>–</Soft> : format.duration(talkSeconds)),
    },
  ];
}
