/** One account: its points, who acts for it, each entry of its ledger with the decision that caused it, and booking points. */
import { newKey } from "leadgate-client";
import { useState } from "react";
import { Link } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useMutation, usePages, useQuery, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Copyable } from "../../../parts/Copy.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout } from "../../../parts/Field.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { Card, Columns, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useParam } from "../../screen.ts";
import type { AccountBookMutation } from "./__generated__/AccountBookMutation.graphql.ts";
import type { AccountLedgerQuery } from "./__generated__/AccountLedgerQuery.graphql.ts";
import type { AccountQuery } from "./__generated__/AccountQuery.graphql.ts";
import type { Account_account$data, Account_account$key } from "./__generated__/Account_account.graphql.ts";
import type { Account_ledger$data, Account_ledger$key } from "./__generated__/Account_ledger.graphql.ts";
import { useAccountWords } from "./words.ts";

const PAGE = 25;

const ACCOUNT = graphql`
  query AccountQuery($id: ID!, $count: Int!, $cursor: Cursor) {
    node(id: $id) {
      ...Account_account @alias(as: "account")
    }
  }
`;

const FRAGMENT = graphql`
  fragment Account_account on Account {
    id
    name
    plan
    points
    pointsOnHold
    people {
      user {
        id
        name
        email
      }
      role
      since
      disabledAt
    }
    ...Account_ledger
  }
`;

const LEDGER = graphql`
  fragment Account_ledger on Account @refetchable(queryName: "AccountLedgerQuery") {
    ledger(first: $count, after: $cursor) @connection(key: "Account_ledger") {
      edges {
        node {
          id
          amount
          holdAmount
          balanceAfter
          kind
          at
          subject {
            __typename
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
          }
          decision {
            ...Verdict_line
          }
        }
      }
    }
  }
`;

const BOOK = graphql`
  mutation AccountBookMutation($input: PointsPurchaseInput!) {
    pointsPurchase(input: $input) {
      account {
        id
        points
        pointsOnHold
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Person = NonNullable<Account_account$data["people"]>[number];
type Entry = Account_ledger$data["ledger"]["edges"][number]["node"];

export default function Account() {
  const [turn, reread] = useTurn();
  const { node } = useQuery<AccountQuery>(ACCOUNT, { id: useParam("id"), count: PAGE, cursor: null }, turn);
  return node?.account ? <Found account={node.account} reread={reread} /> : <NotFound />;
}

function Found(props: { account: Account_account$key; reread: () => void }) {
  const words = useAccountWords();
  const common = useCommon();
  const account = useFragment(FRAGMENT, props.account);
  const { id, name, plan, points, pointsOnHold, people } = account;
  return (
    <Page
      title={name}
      lead={words.plans[plan]}
      back={{ href: "/accounts", label: common.nav.accounts }}
      actions={
        <ButtonLink icon="scale" href={`/complaints?account=${encodeURIComponent(id)}`}>
          {common.nav.complaints}
        </ButtonLink>
      }
    >
      <Figures>
        <Figure label={words.points}>
          <Points value={points} />
        </Figure>
        <Figure label={words.held}>
          <Points value={pointsOnHold} />
        </Figure>
      </Figures>
      <Columns side={<Book accountId={id} name={name} points={points} reread={props.reread} />}>
        <People people={people ?? []} />
        <Ledger account={account} />
      </Columns>
    </Page>
  );
}

/** Who acts for the account, and may sign in. */
function People({ people }: { people: readonly Person[] }) {
  const words = useAccountWords();
  const common = useCommon();
  const columns: Column<Person>[] = [
    {
      id: "name",
      title: words.person,
      isMain: true,
      render: ({ user }) => (
        <strong>
          <UserText>{user.name}</UserText>
        </strong>
      ),
    },
    { id: "email", title: words.email, render: ({ user }) => <Copyable value={user.email} label={`${words.email} ${user.name}`} href={`mailto:${user.email}`} /> },
    {
      id: "role",
      title: words.role,
      render: ({ role, disabledAt }) => (
        <span>
          {common.role[role]} {disabledAt && <Tag tone="warn">{words.disabled}</Tag>}
        </span>
      ),
    },
    { id: "since", title: words.since, isNarrow: true, render: ({ since }) => <DateTime at={since} /> },
  ];
  return (
    <Card title={words.people} isFlush>
      <DataTable
        label={words.people}
        columns={columns}
        rows={people}
        idOf={({ user }) => user.id}
        dependencies={[common]}
        empty={
          <Empty icon="users" title={words.noPeople}>
            {words.noPeopleHint}
          </Empty>
        }
      />
    </Card>
  );
}

function Ledger({ account }: { account: Account_ledger$key }) {
  const words = useAccountWords();
  const format = useFormat();
  const { data, paging } = usePages<AccountLedgerQuery, Account_ledger$key>(LEDGER, account, PAGE);
  const signed = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${format.number(Math.abs(value))}`;
  const columns: Column<Entry>[] = [
    {
      id: "kind",
      title: words.entry,
      isMain: true,
      render: ({ kind, at, subject }) => (
        <span>
          {words.kinds[kind]}
          {subject && "lead" in subject && (
            <>
              <br />
              <Link href={`/leads/${encodeURIComponent(subject.lead.id)}`}>
                <UserText>{subject.lead.title}</UserText>
              </Link>
            </>
          )}
          <br />
          <Soft>
            <DateTime at={at} />
          </Soft>
        </span>
      ),
    },
    { id: "amount", title: words.points, isNumber: true, render: ({ amount }) => signed(amount) },
    { id: "held", title: words.held, isNumber: true, render: ({ holdAmount }) => (holdAmount === 0 ? <Soft>–</Soft> : signed(holdAmount)) },
    { id: "after", title: words.after, isNumber: true, render: ({ balanceAfter }) => format.number(balanceAfter) },
    { id: "why", title: words.why, isWide: true, render: ({ decision }) => (decision ? <VerdictLine decision={decision} /> : <Soft>–</Soft>) },
  ];
  return (
    <Card title={words.ledger} isFlush>
      <DataTable
        label={words.ledger}
        columns={columns}
        rows={data.ledger.edges.map(({ node }) => node)}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={paging}
        empty={
          <Empty icon="coins" title={words.noEntries}>
            {words.noEntriesHint}
          </Empty>
        }
      />
    </Card>
  );
}

function Book({ accountId, name, points, reread }: { accountId: string; name: string; points: number; reread: () => void }) {
  const words = useAccountWords();
  const common = useCommon();
  const format = useFormat();
  const [text, setText] = useState("");
  const [key, setKey] = useState(newKey);
  const [book] = useMutation<AccountBookMutation>(BOOK);
  const amount = numberIn(text);
  return (
    <Card title={words.book}>
      <FormLayout>
        <Field label={words.points} hint={words.bookHint} inputMode="numeric" value={text} onChange={setText} />
        <Confirm
          trigger={
            <Button kind="primary" icon="coins" isDisabled={!amount}>
              {words.book}
            </Button>
          }
          title={words.bookFor(name)}
          action={words.book}
          costs={[
            { label: words.points, value: <Points value={amount ?? 0} /> },
            { label: common.remaining, value: <Points value={points + (amount ?? 0)} /> },
          ]}
          onConfirm={async () => {
            const { errors } = await book({ input: { accountId, points: amount ?? 0, idempotencyKey: key } });
            setKey(newKey());
            if (errors[0]) return errors[0].message;
            setText("");
            toast(words.booked(format.points(amount ?? 0)));
            reread();
            return null;
          }}
        >
          {words.bookCosts}
        </Confirm>
        {!amount && <Soft>{words.amountFirst}</Soft>}
      </FormLayout>
    </Card>
  );
}
