/** All vendors' accounts, and a lead's offer or delivery to one of them. */
import { graphql } from "react-relay";
import { usePages, useQuery } from "../../../data/query.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Points, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { AccountsPageQuery } from "./__generated__/AccountsPageQuery.graphql.ts";
import type { AccountsQuery } from "./__generated__/AccountsQuery.graphql.ts";
import type { Accounts_list$data, Accounts_list$key } from "./__generated__/Accounts_list.graphql.ts";
import { useAccountWords } from "./words.ts";

const PAGE = 50;

const ACCOUNTS = graphql`
  query AccountsQuery($count: Int!, $cursor: Cursor) {
    ...Accounts_list
  }
`;

const LIST = graphql`
  fragment Accounts_list on Query @refetchable(queryName: "AccountsPageQuery") {
    accounts(first: $count, after: $cursor) @connection(key: "Accounts_accounts") {
      edges {
        node {
          id
          name
          plan
          points
          pointsOnHold
        }
      }
    }
  }
`;

type Account = NonNullable<Accounts_list$data["accounts"]>["edges"][number]["node"];

export default function Accounts() {
  const words = useAccountWords();
  const common = useCommon();
  const found = useQuery<AccountsQuery>(ACCOUNTS, { count: PAGE, cursor: null });
  return (
    <Page title={common.nav.accounts} lead={words.lead}>
      <List found={found} />
    </Page>
  );
}

function List({ found }: { found: Accounts_list$key }) {
  const words = useAccountWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<AccountsPageQuery, Accounts_list$key>(LIST, found, PAGE);
  const columns: Column<Account>[] = [
    {
      id: "name",
      title: words.name,
      isMain: true,
      render: ({ name }) => (
        <strong>
          <UserText>{name}</UserText>
        </strong>
      ),
    },
    { id: "plan", title: words.plan, render: ({ plan }) => words.plans[plan] },
    { id: "points", title: words.points, isNumber: true, render: ({ points }) => <Points value={points} /> },
    { id: "held", title: words.held, isNumber: true, render: ({ pointsOnHold }) => <Points value={pointsOnHold} /> },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.accounts}
        columns={columns}
        rows={(data.accounts?.edges ?? []).map(({ node }) => node)}
        idOf={({ id }) => id}
        hrefOf={({ id }) => `/accounts/${encodeURIComponent(id)}`}
        dependencies={[format]}
        paging={paging}
        empty={
          <Empty icon="users" title={words.none}>
            {words.noneHint}
          </Empty>
        }
      />
    </Card>
  );
}
