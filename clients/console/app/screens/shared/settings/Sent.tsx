/** What was sent to the user, newest first, and what became of it. */
import { graphql } from "react-relay";
import { usePages } from "../../../data/query.ts";
import { STATE_TONES, useDispatchWords } from "../../../parts/dispatches.ts";
import { Card } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useFormat } from "../../../words/format.ts";
import type { SentPageQuery } from "./__generated__/SentPageQuery.graphql.ts";
import type { Sent_list$data, Sent_list$key } from "./__generated__/Sent_list.graphql.ts";
import { useMessageWords } from "./messageWords.ts";


const LIST = graphql`
  fragment Sent_list on Query @refetchable(queryName: "SentPageQuery") {
    dispatches(first: $count, after: $cursor) @connection(key: "Sent_dispatches") {
      edges {
        node {
          id
          channel
          state
          addressHint
          createdAt
          sentAt
          decision {
            message
          }
          preview {
            subject
            text
          }
        }
      }
    }
  }
`;

type Dispatch = NonNullable<Sent_list$data["dispatches"]>["edges"][number]["node"];

/** The subject of a message, or how its text begins. */
function titleOf({ preview }: Dispatch): string | null {
  return preview?.subject ?? preview?.text.split("\n", 1)[0] ?? null;
}

export default function Sent({ list, count }: { list: Sent_list$key; count: number }) {
  const words = useMessageWords();
  const said = useDispatchWords();
  const format = useFormat();
  const { data, paging } = usePages<SentPageQuery, Sent_list$key>(LIST, list, count);
  const columns: Column<Dispatch>[] = [
    {
      id: "message",
      title: words.message,
      isMain: true,
      render: (dispatch) => <UserText>{titleOf(dispatch) ?? words.noText}</UserText>,
    },
    {
      id: "way",
      title: words.way,
      render: ({ channel, addressHint }) => (
        <span>
          {said.channels[channel]}
          {addressHint && (
            <>
              <br />
              <Soft>{addressHint}</Soft>
            </>
          )}
        </span>
      ),
    },
    {
      id: "state",
      title: words.state,
      render: ({ state, decision }) => (
        <span>
          <Tag tone={STATE_TONES[state] ?? "calm"}>{said.states[state]}</Tag>
          {state !== "SENT" && (
            <>
              <br />
              <Soft>{decision.message}</Soft>
            </>
          )}
        </span>
      ),
    },
    { id: "when", title: words.when, render: ({ sentAt, createdAt }) => <DateTime at={sentAt ?? createdAt} /> },
  ];
  return (
    <Card title={words.sent} isFlush>
      <DataTable
        label={words.sent}
        columns={columns}
        rows={(data.dispatches?.edges ?? []).map(({ node }) => node)}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={paging}
        empty={
          <Empty icon="mail" title={words.nothingSent}>
            {words.nothingSentHint}
          </Empty>
        }
      />
    </Card>
  );
}
