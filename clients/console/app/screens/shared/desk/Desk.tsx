/** The desk: what waits for the user, what is due next, and what was told last. */
import { graphql } from "react-relay";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { useLiveEvents, useMutation, useQuery, useRereadAt, useRereadEvery, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Icon, type IconName } from "../../../parts/Icon.tsx";
import { Card, Columns, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { Countdown, DateTime, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import { Counts } from "./Counts.tsx";
import { Due } from "./Due.tsx";
import type { DeskDismissMutation } from "./__generated__/DeskDismissMutation.graphql.ts";
import type { DeskQuery } from "./__generated__/DeskQuery.graphql.ts";
import classes from "./Desk.module.css";
import { useDeskWords } from "./words.ts";

const DESK = graphql`
  query DeskQuery {
    viewer {
      id
      desk {
        # Read here once, since each of them is counted in the database.
        counts {
          kind
          count
        }
        due(first: 8) {
          kind
          dueAt
          decision {
            message
          }
          subject {
            __typename
            id
            ... on Application {
              lead {
                id
                title
              }
              vendor {
                id
                name
              }
            }
            ... on Complaint {
              number
              vendor {
                id
                name
              }
            }
          }
        }
      }
      banners(first: 10) {
        title
        body
        action
        actionUntil
        dismissible
        decision {
          ruleId
        }
        subject {
          __typename
          id
        }
      }
    }
    notifications(first: 5) {
      nodes {
        id
        title
        body
        at
        readAt
        subject {
          __typename
          id
        }
      }
    }
  }
`;

const DISMISS = graphql`
  mutation DeskDismissMutation($input: BannerDismissInput!) {
    bannerDismiss(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const UNTOLD_MS = 60_000; // messages that fail and overdue deadlines have no notifications

/** What a role begins most often. */
function actOf(role: string, words: ReturnType<typeof useDeskWords>): { href: string; icon: IconName; children: string } | null {
  if (role === "PROSPECT") return { href: "/leads/new", icon: "plus", children: words.publish };
  if (role === "OWNER" || role === "MEMBER") return { href: "/leads", icon: "search", children: words.find };
  if (role === "AGENT") return { href: "/calls", icon: "phone", children: words.board };
  return null;
}

type ItsDesk = NonNullable<DeskQuery["response"]["viewer"]>["desk"];
export type Counted = ItsDesk["counts"];
export type DueItems = ItsDesk["due"];

export default function Desk() {
  const words = useDeskWords();
  const common = useCommon();
  const format = useFormat();
  const { viewer: person, role } = useFrame();
  const [turn, reread] = useTurn();
  const { viewer, notifications } = useQuery<DeskQuery>(DESK, {}, turn);
  const [dismiss] = useMutation<DeskDismissMutation>(DISMISS);
  const hrefOf = useSubjectHref();
  const banners = viewer?.banners ?? [];
  const due = viewer?.desk.due ?? [];
  const told = notifications?.nodes ?? [];
  useLiveEvents(reread);
  useRereadAt([...banners.map(({ actionUntil }) => actionUntil), ...due.map(({ dueAt }) => dueAt)], reread);
  useRereadEvery(UNTOLD_MS, reread);
  const waits = (viewer?.desk.counts ?? []).some(({ kind, count }) => kind !== "UNREAD" && count > 0);
  const isCalm = banners.length === 0 && due.length === 0 && !waits;
  const lead = banners.length > 0 ? words.waiting(format.plural(banners.length, words.things)) : isCalm ? words.calm : words.look;
  const act = actOf(role, words);
  return (
    <Page
      title={words.hello(person.user.name)}
      lead={lead}
      actions={act && <ButtonLink kind="primary" {...act} />}
    >
      {viewer && <Counts counts={viewer.desk.counts} />}
      <Columns
        side={
          <Card
            title={words.told}
            actions={
              <ButtonLink kind="quiet" isSmall href="/notices">
                {words.allTold}
              </ButtonLink>
            }
          >
            {told.length === 0 ? (
              <p className={classes["soft"]}>{words.nothingTold}</p>
            ) : (
              <ol className={classes["told"]}>
                {told.map(({ id, title, body, at, readAt }) => (
                  <li key={id} data-unread={readAt === null || undefined}>
                    <strong>{title}</strong>
                    <p>{body}</p>
                    <small>
                      <DateTime at={at} />
                    </small>
                  </li>
                ))}
              </ol>
            )}
          </Card>
        }
      >
        {banners.length > 0 && (
          <Card title={words.bannersTitle} isFlush>
            <ul className={classes["banners"]}>
              {banners.map(({ title, body, actionUntil, dismissible, decision, subject }) => {
                const href = hrefOf(subject as { __typename: string; id?: string });
                return (
                  <li key={`${subject.id} ${decision.ruleId}`}>
                    <div className={classes["banner"]}>
                      <h3>{title}</h3>
                      <p>
                        <UserText>{body}</UserText>
                      </p>
                    </div>
                    {actionUntil && (
                      <span className={classes["until"]}>
                        <Icon name="clock" size={15} />
                        <Countdown until={actionUntil} />
                      </span>
                    )}
                    <div className={classes["acts"]}>
                      {href && (
                        <ButtonLink isSmall href={href} aria-label={words.openIt(title)}>
                          {words.open}
                        </ButtonLink>
                      )}
                      {dismissible && (
                        <Button
                          isSmall
                          kind="quiet"
                          icon="close"
                          aria-label={`${common.close}: ${title}`}
                          onPress={() => void dismiss({ input: { subjectId: subject.id ?? "", ruleId: decision.ruleId } }).then(reread)}
                        />
                      )}
                    </div>
                  </li>
                );
              })}
            </ul>
          </Card>
        )}
        {isCalm && (
          <Card>
            <Empty icon="check" title={words.nothingWaits}>
              {words.nothingWaitsHint}
            </Empty>
          </Card>
        )}
        <Due items={due} isOwn={role === "OWNER" || role === "MEMBER"} isPerson={role === "PROSPECT"} />
      </Columns>
    </Page>
  );
}
