/** Everything that the user has been told, newest first. */
import { graphql } from "react-relay";
import { Link } from "react-aria-components";
import { useLiveEvents, useMutation, usePages, useQuery, useTurn } from "../../../data/query.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Button } from "../../../parts/Button.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import classes from "./Notices.module.css";
import type { NoticesMutation } from "./__generated__/NoticesMutation.graphql.ts";
import type { NoticesPageQuery } from "./__generated__/NoticesPageQuery.graphql.ts";
import type { NoticesQuery } from "./__generated__/NoticesQuery.graphql.ts";
import type { Notices_list$data, Notices_list$key } from "./__generated__/Notices_list.graphql.ts";
import { useNoticesWords } from "./words.ts";

const PAGE = 25;

const QUERY = graphql`
  query NoticesQuery($count: Int!, $cursor: Cursor, $unread: Boolean) {
    ...Notices_list
  }
`;

const LIST = graphql`
  fragment Notices_list on Query @refetchable(queryName: "NoticesPageQuery") {
    notifications(first: $count, after: $cursor, unread: $unread) @connection(key: "Notices_notifications") {
      totalCount
      edges {
        node {
          id
          title
          body
          at
          readAt
          actionUntil
          current
          subject {
            __typename
            id
          }
        }
      }
    }
  }
`;

const READ = graphql`
  mutation NoticesMutation($input: NotificationReadInput!) {
    notificationRead(input: $input) {
      notifications {
        id
        readAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Notice = NonNullable<Notices_list$data["notifications"]>["edges"][number]["node"];

const DEFAULTS = { unread: "" } as const;

export default function Notices() {
  const words = useNoticesWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const [turn, reread] = useTurn();
  const unread = values.unread === "yes" ? true : null;
  const found = useQuery<NoticesQuery>(QUERY, { count: PAGE, cursor: null, unread }, turn);
  return (
    <Page title={common.nav.notices} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.show}
          value={values.unread}
          onChange={(next) => change({ unread: next })}
          choices={[
            { id: "", label: words.all },
            { id: "yes", label: words.unreadOnly },
          ]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} />
    </Page>
  );
}

function List({ found, isFiltered, reread }: { found: Notices_list$key; isFiltered: boolean; reread: () => void }) {
  const words = useNoticesWords();
  const common = useCommon();
  const format = useFormat();
  const hrefOf = useSubjectHref();
  const frame = useFrame();
  const [read, isReading] = useMutation<NoticesMutation>(READ);
  const { data, paging } = usePages<NoticesPageQuery, Notices_list$key>(LIST, found, PAGE);
  const notices = (data.notifications?.edges ?? []).map(({ node }) => node);
  const unread = notices.filter(({ readAt }) => readAt == null).map(({ id }) => id);
  useLiveEvents(reread);
  const markAll = async (): Promise<void> => {
    try {
      const { errors } = await read({ input: { ids: unread } });
      if (errors.length > 0) toast(errors.map(({ message }) => message).join(" "), { tone: "bad" });
      frame.reread();
      reread();
    } catch {
      toast(common.unsureBody, { tone: "bad" });
    }
  };
  const columns: Column<Notice>[] = [
    {
      id: "notice",
      title: words.notice,
      isMain: true,
      render: ({ title, body, readAt, subject }) => {
        const href = hrefOf(subject as { __typename: string; id?: string } | null);
        return (
          <span className={classes["notice"]} data-unread={readAt == null || undefined}>
            <strong>
              {href ? (
                <Link href={href}>
                  <UserText>{title}</UserText>
                </Link>
              ) : (
                <UserText>{title}</UserText>
              )}
            </strong>
            <span>
              <UserText>{body}</UserText>
            </span>
          </span>
        );
      },
    },
    {
      id: "until",
      title: words.until,
      isNarrow: true,
      render: ({ actionUntil, current }) =>
        actionUntil && current ? <Countdown until={actionUntil} /> : <Soft>{actionUntil ? words.over : "–"}</Soft>,
    },
    {
      id: "at",
      title: words.when,
      isNarrow: true,
      render: ({ at, readAt }) => (
        <span className={classes["notice"]}>
          <DateTime at={at} />
          {readAt == null && (
            <span>
              <Tag tone="accent">{words.unread}</Tag>
            </span>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      {notices.length > 0 && (
        <div className={classes["acts"]}>
          <Button icon="check" isDisabled={unread.length === 0} isPending={isReading} onPress={() => void markAll()}>
            {isReading ? common.working : words.markRead}
          </Button>
          {unread.length === 0 && <Soft>{paging.hasMore ? words.shownRead : words.allRead}</Soft>}
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={common.nav.notices}
          columns={columns}
          rows={notices}
          idOf={({ id }) => id}
          dependencies={[format]}
          paging={{ ...paging, total: data.notifications?.totalCount ?? null }}
          empty={
            <Empty icon="bell" title={isFiltered ? words.allRead : words.none}>
              {words.noneHint}
            </Empty>
          }
        />
      </Card>
    </>
  );
}
