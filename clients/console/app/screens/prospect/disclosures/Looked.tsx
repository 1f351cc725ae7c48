/** When operators were shown the person's contact data. */
import { graphql } from "react-relay";
import { usePages } from "../../../data/query.ts";
import { Card } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useFormat } from "../../../words/format.ts";
import type { LookedPageQuery } from "./__generated__/LookedPageQuery.graphql.ts";
import type { Looked_list$data, Looked_list$key } from "./__generated__/Looked_list.graphql.ts";
import { useDisclosuresWords } from "./words.ts";

const LIST = graphql`
  fragment Looked_list on Query @refetchable(queryName: "LookedPageQuery") {
    contactLooks(first: $count, after: $cursor) @connection(key: "Looked_contactLooks") {
      edges {
        node {
          id
          at
          lead {
            id
            title
          }
        }
      }
    }
  }
`;

type Look = NonNullable<Looked_list$data["contactLooks"]>["edges"][number]["node"];

export function Looked({ found, size }: { found: Looked_list$key; size: number }) {
  const words = useDisclosuresWords();
  const format = useFormat();
  const { data, paging } = usePages<LookedPageQuery, Looked_list$key>(LIST, found, size);
  const looks = (data.contactLooks?.edges ?? []).map(({ node }) => node);
  const columns: Column<Look>[] = [
    {
      id: "lead",
      title: words.request,
      isMain: true,
      isWide: true,
      render: ({ lead }) => (lead ? <UserText>{lead.title}</UserText> : <Soft>{words.erased}</Soft>),
    },
    { id: "at", title: words.looked, render: ({ at }) => <DateTime at={at} /> },
  ];
  return (
    <Card title={words.looks} isFlush>
      <DataTable
        label={words.looks}
        columns={columns}
        rows={looks}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={paging}
        empty={
          <Empty icon="eye" title={words.noLooks}>
            {words.noLooksHint}
          </Empty>
        }
      />
    </Card>
  );
}
