/** The account's files: uploads, templates and answers. A link is read anew for each download, because links expire. */
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { useLiveEvents, usePages, useQuery, useTurn } from "../../../data/query.ts";
import { serverHref } from "../../../data/session.ts";
import { Button } from "../../../parts/Button.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { FilesLinkQuery } from "./__generated__/FilesLinkQuery.graphql.ts";
import type { FilesPageQuery } from "./__generated__/FilesPageQuery.graphql.ts";
import type { FilesQuery } from "./__generated__/FilesQuery.graphql.ts";
import type { Files_account$data, Files_account$key } from "./__generated__/Files_account.graphql.ts";
import { useFilesWords } from "./words.ts";

const PAGE = 25;

const QUERY = graphql`
  query FilesQuery($count: Int!, $cursor: Cursor, $kind: FileKind) {
    viewer {
      id
      account {
        ...Files_account
      }
    }
  }
`;

const FILES = graphql`
  fragment Files_account on Account @refetchable(queryName: "FilesPageQuery") {
    files(first: $count, after: $cursor, kind: $kind, orderBy: KIND) @connection(key: "Files_files") {
      edges {
        node {
          id
          kind
          name
          size
          createdAt
        }
      }
    }
  }
`;

const LINK = graphql`
  query FilesLinkQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on File {
        id
        url
      }
    }
  }
`;

type File = Files_account$data["files"]["edges"][number]["node"];

const KINDS = ["ADDED_BY_ADMINISTRATOR", "COMPLAINT_UPLOAD", "COMPLAINT_TEMPLATE", "EMPLOYEE_EXPORT", "CALL_EXPORT"] as const;
const DEFAULTS = { kind: "" } as const;

export default function Files() {
  const words = useFilesWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const kind = KINDS.find((one) => one === values.kind) ?? null;
  const [turn, reread] = useTurn();
  const { viewer } = useQuery<FilesQuery>(QUERY, { count: PAGE, cursor: null, kind }, turn);
  useLiveEvents(reread);
  if (!viewer?.account) return <NotFound />;
  return (
    <Page title={common.nav.files} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.kind}
          value={values.kind}
          onChange={(next) => change({ kind: next })}
          choices={[{ id: "", label: common.any }, ...KINDS.map((id) => ({ id, label: words.kinds[id] }))]}
        />
      </Filters>
      <List account={viewer.account} isFiltered={isFiltered} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ account, isFiltered, clear }: { account: Files_account$key; isFiltered: boolean; clear: () => void }) {
  const words = useFilesWords();
  const common = useCommon();
  const format = useFormat();
  const environment = useRelayEnvironment();
  const { data, paging } = usePages<FilesPageQuery, Files_account$key>(FILES, account, PAGE);
  const files = data.files.edges.map(({ node }) => node);
  const download = async (id: string): Promise<void> => {
    try {
      const found = await fetchQuery<FilesLinkQuery>(environment, LINK, { id }, { fetchPolicy: "network-only" }).toPromise();
      if (found?.node?.__typename === "File") location.assign(serverHref(found.node.url));
      else toast(words.gone, { tone: "bad" });
    } catch {
      toast(common.failedTitle, { body: common.failedBody, tone: "bad" });
    }
  };
  const columns: Column<File>[] = [
    { id: "name", title: words.name, isMain: true, render: ({ name }) => <UserText>{name}</UserText> },
    { id: "kind", title: words.kind, render: ({ kind }) => words.kinds[kind] },
    { id: "created", title: words.created, render: ({ createdAt }) => <DateTime at={createdAt} /> },
    { id: "size", title: words.size, isNumber: true, render: ({ size }) => words.kilobytes(format.number(Math.ceil(size / 1_000))) },
    {
      id: "download",
      title: words.download,
      render: ({ id, name }) => (
        <Button isSmall icon="file" aria-label={`${words.download}: ${name}`} onPress={() => void download(id)}>
          {words.download}
        </Button>
      ),
    },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.files}
        columns={columns}
        rows={files}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={paging}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="file" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
