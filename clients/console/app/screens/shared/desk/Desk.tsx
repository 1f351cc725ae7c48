/** The desk: what waits for the user, and what was told last. */
import { graphql } from "react-relay";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { useLiveEvents, useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import { Card, Columns, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { Countdown, DateTime, Points, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import type { DeskDismissMutation } from "./__generated__/DeskDismissMutation.graphql.ts";
import type { DeskQuery } from "./__generated__/DeskQuery.graphql.ts";
import classes from "./Desk.module.css";
import { useDeskWords } from "./words.ts";

const DESK = graphql`
  query DeskQuery {
    viewer {
      id
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
          ... on Application {
            lead {
              id
            }
          }
        }
      }
    }
    notifications(first: 8) {
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

export default function Desk() {
  const words = useDeskWords();
  const common = useCommon();
  const format = useFormat();
  const { viewer: person, unread } = useFrame();
  const [turn, reread] = useTurn();
  const { viewer, notifications } = useQuery<DeskQuery>(DESK, {}, turn);
  const [dismiss] = useMutation<DeskDismissMutation>(DISMISS);
  const hrefOf = useSubjectHref();
  const banners = viewer?.banners ?? [];
  const told = notifications?.nodes ?? [];
  useLiveEvents(reread);
  useRereadAt(
    banners.map(({ actionUntil }) => actionUntil),
    reread,
  );
  const account = person.account;
  return (
    <Page title={words.hello(person.user.name)} lead={banners.length > 0 ? words.waiting(format.plural(banners.length, words.things)) : words.calm}>
      {account && (
        <Figures>
          <Figure label={words.points}>
            <Points value={account.points} />
          </Figure>
          <Figure label={words.onHold}>
            <Points value={account.pointsOnHold} />
          </Figure>
          <Figure label={words.unread}>{format.number(unread)}</Figure>
        </Figures>
      )}
      <Columns
        side={
          <Card title={words.told}>
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
        <Card title={words.waitingTitle} isFlush>
          {banners.length === 0 ? (
            <Empty icon="check" title={words.nothingWaits}>
              {words.nothingWaitsHint}
            </Empty>
          ) : (
            <ul className={classes["banners"]}>
              {banners.map(({ title, body, actionUntil, dismissible, decision, subject }) => {
                const lead = "lead" in subject && subject.lead ? { __typename: "Lead", id: subject.lead.id } : null;
                const href = hrefOf(subject as { __typename: string; id?: string }) ?? hrefOf(lead);
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
          )}
        </Card>
      </Columns>
    </Page>
  );
}
