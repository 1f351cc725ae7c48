/** The account's points: each entry of the ledger, for what it was, and the decision behind it. */
import { Link } from "react-aria-components";
import { graphql } from "react-relay";
import { useLiveEvents, usePages, useQuery, useTurn } from "../../../data/query.ts";
import { Bars } from "../../../parts/Chart.tsx";
import { Card, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import classes from "./PointsPage.module.css";
import type { PointsPageLedgerQuery } from "./__generated__/PointsPageLedgerQuery.graphql.ts";
import type { PointsPageQuery } from "./__generated__/PointsPageQuery.graphql.ts";
import type { PointsPage_account$data, PointsPage_account$key } from "./__generated__/PointsPage_account.graphql.ts";
import { sumsOf } from "./sums.ts";
import { usePointsWords } from "./words.ts";

const PAGE = 25;

const QUERY = graphql`
  query PointsPageQuery($count: Int!, $cursor: Cursor) {
    viewer {
      id
      account {
        points
        pointsOnHold
        ...PointsPage_account
      }
    }
  }
`;

const LEDGER = graphql`
  fragment PointsPage_account on Account @refetchable(queryName: "PointsPageLedgerQuery") {
    ledger(first: $count, after: $cursor) @connection(key: "PointsPage_ledger") {
      edges {
        node {
          id
          amount
          holdAmount
          balanceAfter
          holdAfter
          kind
          at
          subject {
            __typename
            id
            ... on Application {
              lead {
                id
                title
              }
            }
            ... on Delivery {
              lead {
                id
                title
              }
            }
            ... on ComplaintItem {
              complaint {
                id
                number
              }
            }
          }
          decision {
            ...Verdict_line
          }
        }
      }
    }
  }
`;

type Entry = PointsPage_account$data["ledger"]["edges"][number]["node"];

export default function PointsPage() {
  const words = usePointsWords();
  const common = useCommon();
  const [turn, reread] = useTurn();
  const { viewer } = useQuery<PointsPageQuery>(QUERY, { count: PAGE, cursor: null }, turn);
  useLiveEvents(reread);
  const account = viewer?.account;
  if (!account) return <NotFound />;
  return (
    <Page title={common.nav.points} lead={words.lead}>
      <Figures>
        <Figure label={words.points}>
          <Points value={account.points} />
        </Figure>
        <Figure label={words.onHold}>
          <Points value={account.pointsOnHold} />
        </Figure>
      </Figures>
      <Ledger account={account} />
    </Page>
  );
}

function Ledger({ account }: { account: PointsPage_account$key }) {
  const words = usePointsWords();
  const common = useCommon();
  const format = useFormat();
  const hrefOf = useSubjectHref();
  const { data, paging } = usePages<PointsPageLedgerQuery, PointsPage_account$key>(LEDGER, account, PAGE);
  const entries = data.ledger.edges.map(({ node }) => node);
  const sums = sumsOf(entries);
  const signed = (value: number): string => (value > 0 ? `+${format.number(value)}` : format.number(value));
  const columns: Column<Entry>[] = [
    {
      id: "what",
      title: words.what,
      isMain: true,
      render: ({ kind, subject }) => (
        <span className={classes["cell"]}>
          <strong>{words.kinds[kind]}</strong>
          <Subject subject={subject} hrefOf={hrefOf} />
        </span>
      ),
    },
    { id: "at", title: words.when, render: ({ at }) => <DateTime at={at} /> },
    {
      id: "amount",
      title: words.amount,
      isNumber: true,
      render: ({ amount, holdAmount }) => (
        <span className={classes["cell"]}>
          <span>{signed(amount)}</span>
          {holdAmount !== 0 && <Soft>{words.hold(signed(holdAmount))}</Soft>}
        </span>
      ),
    },
    {
      id: "after",
      title: words.after,
      isNumber: true,
      render: ({ balanceAfter, holdAfter }) => (
        <span className={classes["cell"]}>
          <span>{format.number(balanceAfter)}</span>
          {holdAfter !== 0 && <Soft>{words.hold(format.number(holdAfter))}</Soft>}
        </span>
      ),
    },
    {
      id: "why",
      title: common.why,
      isWide: true,
      render: ({ decision }) => (decision ? <VerdictLine decision={decision} /> : <Soft>–</Soft>),
    },
  ];
  return (
    <>
      {entries.length > 0 && (
        <Card title={words.sums}>
          <Bars
            label={words.sums}
            bars={[...sums].map(([kind, value]) => ({ label: words.kinds[kind], value, tone: value < 0 ? "warn" : "good" }))}
            write={signed}
          />
        </Card>
      )}
      <Card isFlush>
        <DataTable
          label={words.ledger}
          columns={columns}
          rows={entries}
          idOf={({ id }) => id}
          dependencies={[format]}
          paging={paging}
          empty={
            <Empty icon="coins" title={words.none}>
              {words.noneHint}
            </Empty>
          }
        />
      </Card>
    </>
  );
}

function Subject({ subject, hrefOf }: { subject: Entry["subject"]; hrefOf: ReturnType<typeof useSubjectHref> }) {
  if (!subject) return null;
  const named = subject as {
    readonly __typename: string;
    readonly id: string;
    readonly lead?: { readonly id: string; readonly title: string };
    readonly complaint?: { readonly id: string; readonly number: string };
  };
  const target = named.complaint ? { __typename: "Complaint", id: named.complaint.id } : named;
  const text = named.lead?.title ?? named.complaint?.number;
  const href = hrefOf(target) ?? hrefOf(named.lead ? { __typename: "Lead", id: named.lead.id } : null);
  if (!text) return null;
  return href ? (
    <Link href={href}>
      <UserText>{text}</UserText>
    </Link>
  ) : (
    <Soft>
      <UserText>{text}</UserText>
    </Soft>
  );
}
