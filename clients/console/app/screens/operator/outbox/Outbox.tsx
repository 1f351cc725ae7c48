/** Messages that the marketplace sends, by state and channel. */
import { graphql } from "react-relay";
import { usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { STATE_TONES, useDispatchWords } from "../../../parts/dispatches.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { useTemplates } from "../../../parts/templates.ts";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { OutboxPageQuery } from "./__generated__/OutboxPageQuery.graphql.ts";
import type { OutboxQuery } from "./__generated__/OutboxQuery.graphql.ts";
import type { Outbox_list$data, Outbox_list$key } from "./__generated__/Outbox_list.graphql.ts";
import { useOutboxWords } from "./words.ts";

const PAGE = 25;

const OUTBOX = graphql`
  query OutboxQuery($count: Int!, $cursor: Cursor, $filter: DispatchFilter) {
    ...Outbox_list
  }
`;

const LIST = graphql`
  fragment Outbox_list on Query @refetchable(queryName: "OutboxPageQuery") {
    dispatches(first: $count, after: $cursor, filter: $filter) @connection(key: "Outbox_dispatches") {
      edges {
        node {
          id
          channel
          template
          state
          addressHint
          createdAt
          nextAttemptAt
          sentAt
          recipient
          decision {
            ...Verdict_line
          }
          retryDecision {
            ...Verdict_line
          }
        }
      }
    }
  }
`;

type Dispatch = NonNullable<Outbox_list$data["dispatches"]>["edges"][number]["node"];
const DEFAULTS = { state: "", channel: "", template: "" } as const;

export default function Outbox() {
  const words = useOutboxWords();
  const said = useDispatchWords();
  const { choices } = useTemplates();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const [turn, reread] = useTurn();
  const state = choiceIn(values.state, said.states);
  const filter = {
    state: state && [state],
    channel: choiceIn(values.channel, said.channels),
    template: values.template.trim() || null,
  };
  const found = useQuery<OutboxQuery>(OUTBOX, { count: PAGE, cursor: null, filter }, turn);
  return (
    <Page
      title={common.nav.outbox}
      lead={words.lead}
      actions={
        <Button icon="reload" onPress={reread}>
          {common.reload}
        </Button>
      }
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.state}
          value={values.state}
          onChange={(next) => change({ state: next })}
          choices={[{ id: "", label: common.any }, ...Object.entries(said.states).map(([id, label]) => ({ id, label }))]}
        />
        <Select
          label={words.channel}
          value={values.channel}
          onChange={(channel) => change({ channel })}
          choices={[{ id: "", label: common.any }, ...Object.entries(said.channels).map(([id, label]) => ({ id, label }))]}
        />
        <Select
          label={words.template}
          value={values.template}
          onChange={(template) => change({ template })}
          choices={[{ id: "", label: common.any }, ...choices]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, reread, clear }: { found: Outbox_list$key; isFiltered: boolean; reread: () => void; clear: () => void }) {
  const words = useOutboxWords();
  const said = useDispatchWords();
  const { called } = useTemplates();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<OutboxPageQuery, Outbox_list$key>(LIST, found, PAGE);
  const dispatches = (data.dispatches?.edges ?? []).map(({ node }) => node);
  useRereadAt(
    dispatches.map(({ nextAttemptAt }) => nextAttemptAt),
    reread,
  );
  const columns: Column<Dispatch>[] = [
    {
      id: "template",
      title: words.message,
      isMain: true,
      render: ({ template, recipient, addressHint }) => (
        <span>
          <strong>{called(template)}</strong>
          <br />
          <Soft>
            <UserText>{recipient}</UserText>
            {addressHint && ` · ${addressHint}`}
          </Soft>
        </span>
      ),
    },
    { id: "channel", title: words.channel, render: ({ channel }) => said.channels[channel] },
    { id: "state", title: words.state, render: ({ state }) => <Tag tone={STATE_TONES[state] ?? "calm"}>{said.states[state]}</Tag> },
    { id: "why", title: common.why, isWide: true, render: ({ state, decision, retryDecision }) => <VerdictLine decision={(state !== "SENT" && retryDecision) || decision} /> },
    {
      id: "when",
      title: words.when,
      render: ({ createdAt, sentAt, nextAttemptAt }) =>
        nextAttemptAt ? (
          <>
            {words.tried} <Countdown until={nextAttemptAt} />
          </>
        ) : (
          <DateTime at={sentAt ?? createdAt} />
        ),
    },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.outbox}
        columns={columns}
        rows={dispatches}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/outbox/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={paging}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="mail" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
