/** One application, for both of its sides: how it stands and why, the answer, the meeting and the chat. */
import { useEffect, useRef } from "react";
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { ApplicationState, DECLINED_LATE, WITHDRAWN } from "../../../parts/ApplicationState.tsx";
import { ButtonLink } from "../../../parts/Button.tsx";
import { ComplainLink } from "../../../parts/ComplainLink.tsx";
import { ContactCard, useRereadContact } from "../../../parts/ContactCard.tsx";
import { ContactAdvice, PubliclyKnown } from "../../../parts/OpenContact.tsx";
import { Card, Columns, Page, Values } from "../../../parts/Page.tsx";
import { NotFound } from "../../../parts/State.tsx";
import { Countdown, DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useParam } from "../../screen.ts";
import { Answer } from "./Answer.tsx";
import classes from "./ApplicationPage.module.css";
import { Chat } from "./Chat.tsx";
import { Meeting } from "./Meeting.tsx";
import type { ApplicationPageQuery } from "./__generated__/ApplicationPageQuery.graphql.ts";
import type { ApplicationPageReviewMutation } from "./__generated__/ApplicationPageReviewMutation.graphql.ts";
import type { ApplicationPage_application$key } from "./__generated__/ApplicationPage_application.graphql.ts";
import { useApplicationWords } from "./words.ts";

const QUERY = graphql`
  query ApplicationPageQuery($id: ID!) {
    node(id: $id) {
      ...ApplicationPage_application @alias(as: "application")
    }
  }
`;

const FRAGMENT = graphql`
  fragment ApplicationPage_application on Application {
    id
    status
    fee
    introduction
    submittedAt
    reviewedAt
    answeredAt
    revealedAt
    refundedAt
    declineMessage
    vendor {
      id
      name
    }
    lead {
      id
      title
      contact {
        ...ContactCard_contact
      }
      ...ComplainLink_lead
    }
    visibility {
      ruleId
      changesAt
      ...Verdict_decision
    }
    refund {
      changesAt
      ...Verdict_decision
    }
    placed {
      place
      title
      body
      actionUntil
    }
    deadlines {
      kind
      dueAt
      doneAt
      outcome
    }
    ...ApplicationState_application
    ...Answer_application
    ...Meeting_application
    ...Chat_application
  }
`;

const REVIEW = graphql`
  mutation ApplicationPageReviewMutation($input: ApplicationReviewInput!) {
    applicationReview(input: $input) {
      application {
        id
        version
        reviewedAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

/** The rules by which a reminder was sent; other outcomes end it without one. */
const REMINDED = new Set(["not_reviewed", "opened_but_not_answered"]);

export default function ApplicationPage() {
  const [turn, reread] = useTurn();
  const { node } = useQuery<ApplicationPageQuery>(QUERY, { id: useParam("id") }, turn);
  return node?.application ? <Found application={node.application} reread={reread} /> : <NotFound />;
}

function Found(props: { application: ApplicationPage_application$key; reread: () => void }) {
  const { reread } = props;
  const words = useApplicationWords();
  const common = useCommon();
  const isProspect = useFrame().role === "PROSPECT";
  const application = useFragment(FRAGMENT, props.application);
  const { id, lead, vendor, status, placed, deadlines, visibility, refund, reviewedAt } = application;
  useReview(id, isProspect && status === "PENDING" && reviewedAt == null);
  useLiveEvents(({ subjectId, feed }) => {
    if (subjectId === id || feed === "reveals") reread();
  });
  useRereadAt([visibility.changesAt, refund.changesAt, ...deadlines.map(({ dueAt }) => dueAt)], reread);
  const isOpen = !isProspect && lead.contact != null;
  useRereadContact(isOpen, reread);
  const isLate = visibility.ruleId === DECLINED_LATE;
  const opens = status === "PENDING" ? deadlines.find(({ kind, doneAt }) => kind === "REVEAL" && doneAt == null) : undefined;
  const steps: readonly (readonly [string, string | null | undefined])[] = [
    [words.submitted, application.submittedAt],
    [words.reviewed, reviewedAt],
    [words.reminded, deadlines.find(({ kind, outcome }) => kind === "REVIEW_REMINDER" && REMINDED.has(outcome ?? ""))?.doneAt],
    [isLate ? words.declinedLate : visibility.ruleId === WITHDRAWN ? words.withdrawn : status === "DECLINED" ? words.declined : words.answered, application.answeredAt],
    [words.revealed, application.revealedAt],
    [words.refunded, application.refundedAt],
  ];
  const told = placed[0];
  return (
    <Page
      title={lead.title}
      lead={<UserText>{isProspect ? words.from(vendor.name) : words.leadOfVendor}</UserText>}
      actions={
        <ButtonLink kind="quiet" href={isProspect ? `/applications?lead=${encodeURIComponent(lead.id)}` : `/leads/${encodeURIComponent(lead.id)}`}>
          {words.openLead}
        </ButtonLink>
      }
      back={{ href: "/applications", label: isProspect ? common.nav.inbox : common.nav.applications }}
    >
      <Columns
        side={
          <>
            {isOpen && lead.contact && (
              <ContactCard contact={lead.contact}>
                <ComplainLink lead={lead} />
              </ContactCard>
            )}
            <Meeting application={application} reread={reread} />
          </>
        }
      >
        <Card title={words.state} actions={<ApplicationState application={application} />}>
          <div className={classes["state"]}>
            {opens && (
              <p className={classes["opens"]}>
                <span>{common.opensIn}</span>
                <Countdown until={opens.dueAt} isLarge />
              </p>
            )}
            {told && (
              <p>
                <strong>{told.title}</strong> <UserText>{told.body}</UserText>
              </p>
            )}
            <ol className={classes["steps"]}>
              {steps.map(
                ([name, at]) =>
                  at && (
                    <li key={name}>
                      <span>{name}</span>
                      <DateTime at={at} />
                    </li>
                  ),
              )}
            </ol>
            {application.declineMessage && (
              <blockquote className={classes["quote"]}>
                <UserText lines>{application.declineMessage}</UserText>
              </blockquote>
            )}
          </div>
        </Card>
        {isOpen && <ContactAdvice leadId={lead.id} />}
        <Card title={words.introduction}>
          <UserText lines>{application.introduction}</UserText>
        </Card>
        {isProspect && <Answer application={application} reread={reread} />}
        <Chat application={application} isMasked={application.revealedAt == null} reread={reread} />
        {isOpen && <PubliclyKnown leadId={lead.id} />}
        {!isProspect && (
          <Card title={words.contact}>
            <Verdict decision={visibility} />
          </Card>
        )}
        {(!isProspect || status === "DECLINED") && (
          <Card title={words.refund}>
            <div className={classes["state"]}>
              <Values
                items={[
                  [
                    words.fee,
                    <span key="fee">
                      <Points value={application.fee} />
                      {application.fee > 0 && (application.refundedAt || status === "PENDING") && (
                        <Soft>, {application.refundedAt ? words.feeReturned : words.feeHeld}</Soft>
                      )}
                    </span>,
                  ],
                ]}
              />
              <Verdict decision={refund} />
            </div>
          </Card>
        )}
      </Columns>
    </Page>
  );
}

/** Tells the vendor once that the person has read the application. */
function useReview(applicationId: string, isDue: boolean): void {
  const [review] = useMutation<ApplicationPageReviewMutation>(REVIEW);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (!isDue || told.current === applicationId) return;
    told.current = applicationId;
    review({ input: { applicationId } }).catch(() => {}); // told when the page is opened again
  }, [applicationId, isDue, review]);
}
