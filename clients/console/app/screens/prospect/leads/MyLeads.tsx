/** The requests that the person has published. */
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./MyLeads.module.css";
import type { MyLeadsPageQuery } from "./__generated__/MyLeadsPageQuery.graphql.ts";
import type { MyLeadsQuery } from "./__generated__/MyLeadsQuery.graphql.ts";
import type { MyLeads_list$data, MyLeads_list$key } from "./__generated__/MyLeads_list.graphql.ts";
import { useMyLeadsWords } from "./words.ts";

const PAGE = 20;

const QUERY = graphql`
  query MyLeadsQuery($count: Int!, $cursor: Cursor) {
    ...MyLeads_list
  }
`;

const LIST = graphql`
  fragment MyLeads_list on Query @refetchable(queryName: "MyLeadsPageQuery") {
    leads(first: $count, after: $cursor) @connection(key: "MyLeads_leads") {
      totalCount
      edges {
        node {
          id
          title
          brief
          category
          city
          country
          budgetMin
          budgetMax
          currency
          publishedAt
          closesAt
          applications(first: 5) {
            nodes {
              id
              status
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  }
`;

type Lead = NonNullable<MyLeads_list$data["leads"]>["edges"][number]["node"];

export default function MyLeads() {
  const words = useMyLeadsWords();
  const common = useCommon();
  const format = useFormat();
  const [turn, reread] = useTurn();
  const found = useQuery<MyLeadsQuery>(QUERY, { count: PAGE, cursor: null }, turn);
  const { data, paging } = usePages<MyLeadsPageQuery, MyLeads_list$key>(LIST, found, PAGE);
  const leads = (data.leads?.edges ?? []).map(({ node }) => node);
  useLiveEvents(reread);
  useRereadAt(
    leads.map(({ closesAt }) => closesAt),
    reread,
  );
  const columns: Column<Lead>[] = [
    {
      id: "title",
      title: words.request,
      isMain: true,
      render: ({ title, brief, category }) => (
        <span className={classes["cell"]}>
          <strong>
            <UserText>{title}</UserText>
          </strong>
          <span className={classes["brief"]}>
            <UserText>{brief}</UserText>
          </span>
          <span>
            <Tag>
              <UserText>{category}</UserText>
            </Tag>
          </span>
        </span>
      ),
    },
    {
      id: "place",
      title: words.place,
      render: ({ city, country }) => <UserText>{[city, format.country(country)].filter(Boolean).join(", ")}</UserText>,
    },
    {
      id: "budget",
      title: words.budget,
      isNumber: true,
      render: ({ budgetMin, budgetMax, currency }) => format.budget(budgetMin, budgetMax, currency) ?? <Soft>–</Soft>,
    },
    {
      id: "published",
      title: words.published,
      render: ({ publishedAt, closesAt }) => (
        <span className={classes["cell"]}>
          <DateTime at={publishedAt} />
          {closesAt && (
            <Soft>
              {words.closesIn} <Countdown until={closesAt} />
            </Soft>
          )}
        </span>
      ),
    },
    {
      id: "applications",
      title: words.applications,
      render: ({ applications: { nodes, pageInfo } }) => {
        const waiting = nodes.filter(({ status }) => status === "PENDING").length;
        return (
          <span className={classes["cell"]}>
            <span>
              {format.number(nodes.length)}
              {pageInfo.hasNextPage && "+"}
            </span>
            {waiting > 0 && (
              <span>
                <Tag tone="accent">{words.waiting(format.number(waiting))}</Tag>
              </span>
            )}
          </span>
        );
      },
    },
  ];
  return (
    <Page
      title={common.nav.myLeads}
      lead={words.lead}
      actions={
        <ButtonLink kind="primary" icon="plus" href="/leads/new">
          {words.publish}
        </ButtonLink>
      }
    >
      <Card isFlush>
        <DataTable
          label={common.nav.myLeads}
          columns={columns}
          rows={leads}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/applications?lead=${encodeURIComponent(id)}`}
          dependencies={[format]}
          paging={{ ...paging, total: data.leads?.totalCount ?? null }}
          empty={
            <Empty icon="list" title={words.none} action={<ButtonLink href="/leads/new">{words.publish}</ButtonLink>}>
              {words.noneHint}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
