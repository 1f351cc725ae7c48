/** One call of a company: the note, whom the agent tried, and who was told on which channel, why, and for how much. */
import { graphql, useFragment } from "react-relay";
import { useCallUpdates } from "../../../data/calls.ts";
import { useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { CallTag, useCallWords } from "../../../parts/Call.tsx";
import { useDispatchWords } from "../../../parts/dispatches.ts";
import { Card, Columns, Page, Stack, Values } from "../../../parts/Page.tsx";
import { Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { Tried } from "../../../parts/Tried.tsx";
import { Verdict, VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useParam } from "../../screen.ts";
import type { CompanyCallQuery } from "./__generated__/CompanyCallQuery.graphql.ts";
import type { CompanyCall_call$data, CompanyCall_call$key } from "./__generated__/CompanyCall_call.graphql.ts";
import type { CompanyCall_note_contact$key } from "./__generated__/CompanyCall_note_contact.graphql.ts";
import { useCompanyCallsWords } from "./words.ts";

const CALL = graphql`
  query CompanyCallQuery($id: ID!) {
    node(id: $id) {
      ...CompanyCall_call @alias(as: "call")
    }
  }
`;

const FRAGMENT = graphql`
  fragment CompanyCall_call on Call {
    id
    state
    outcome
    startedAt
    closesAt
    waitSeconds
    talkSeconds
    agent {
      name
    }
    wantedEmployee {
      id
      displayName
    }
    closing {
      ...Verdict_decision
    }
    notices {
      id
      channel
      sentAt
      cents
      employee {
        id
        displayName
      }
      decision {
        ...Verdict_line
      }
    }
    ...Tried_call
    ...CompanyCall_note_contact
  }
`;

const NOTE = graphql`
  fragment CompanyCall_note_contact on Call {
    caller
    forgottenAt
    dialled
    note {
      concern
      urgent
      answers {
        key
        label
        value
        refused
      }
    }
  }
`;

type Notice = NonNullable<CompanyCall_call$data["notices"]>[number];

export default function CompanyCall() {
  const [turn, reread] = useTurn();
  const { node } = useQuery<CompanyCallQuery>(CALL, { id: useParam("id") }, turn);
  useCallUpdates(reread);
  return node?.call ? <Found call={node.call} reread={reread} /> : <NotFound />;
}

function Found(props: { call: CompanyCall_call$key; reread: () => void }) {
  const words = useCompanyCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const format = useFormat();
  const call = useFragment(FRAGMENT, props.call);
  const { caller, forgottenAt, dialled, note } = useFragment<CompanyCall_note_contact$key>(NOTE, call);
  useRereadAt([call.closesAt], props.reread);
  const isOver = call.state === "FINISHED";
  const seconds = (value: number | null | undefined) => (value == null ? null : format.duration(value));
  return (
    <Page
      title={caller ?? (forgottenAt ? said.forgotten : said.withheld)}
      lead={<DateTime at={call.startedAt} />}
      back={{ href: "/calls", label: common.nav.calls }}
      actions={<CallTag state={call.state} outcome={call.outcome} />}
    >
      <Columns
        side={
          <Card title={words.call}>
            <Stack>
              <Values
                items={[
                  [words.wanted, <UserText key="wanted">{call.wantedEmployee?.displayName ?? words.nobody}</UserText>],
                  [words.agent, <UserText key="agent">{call.agent?.name ?? (isOver ? said.nobody : said.unanswered)}</UserText>],
                  [words.waited, seconds(call.waitSeconds)],
                  [words.talk, seconds(call.talkSeconds)],
                  [words.dialled, <UserText key="dialled">{dialled}</UserText>],
                ]}
              />
              <Verdict decision={call.closing} />
            </Stack>
          </Card>
        }
      >
        <Card title={words.note}>
          {note ? (
            <Values
              items={[
                ...note.answers.map(
                  ({ key, label, value, refused }) =>
                    [label, value ? <UserText key={key} lines>{value}</UserText> : refused ? words.refused : "–"] as const,
                ),
                [words.urgent, note.urgent ? words.yes : null],
              ]}
            />
          ) : (
            <Soft>{words.noNote}</Soft>
          )}
        </Card>
        {isOver && <Tried call={call} />}
        {isOver && <Told notices={call.notices ?? []} />}
      </Columns>
    </Page>
  );
}

function Told({ notices }: { notices: readonly Notice[] }) {
  const words = useCompanyCallsWords();
  const { channels } = useDispatchWords();
  const format = useFormat();
  const columns: Column<Notice>[] = [
    { id: "who", title: words.who, isMain: true, render: ({ employee }) => <UserText>{employee.displayName}</UserText> },
    { id: "channel", title: words.channel, render: ({ channel }) => channels[channel] },
    { id: "why", title: words.why, isWide: true, render: ({ decision }) => <VerdictLine decision={decision} /> },
    { id: "sent", title: words.sent, render: ({ sentAt }) => (sentAt ? <DateTime at={sentAt} /> : <Tag>{words.notSent}</Tag>) },
    { id: "cost", title: words.cost, isNumber: true, render: ({ cents }) => (cents > 0 ? format.cents(cents) : <Soft>–</Soft>) },
  ];
  return (
    <Card title={words.told} isFlush>
      <DataTable
        label={words.told}
        columns={columns}
        rows={notices}
        idOf={({ id }) => id}
        dependencies={[format]}
        empty={<Empty icon="mail" title={words.nobodyTold} />}
      />
    </Card>
  );
}
