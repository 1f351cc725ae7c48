/** The vendor's own application for a lead: how it stands, and the fee. */
import { graphql, useFragment } from "react-relay";
import { ButtonLink } from "../../../parts/Button.tsx";
import { ApplicationState } from "../../../parts/ApplicationState.tsx";
import { Card, Values } from "../../../parts/Page.tsx";
import { DateTime, Points, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useSubjectHref } from "../../links.ts";
import type { Own_lead$key } from "./__generated__/Own_lead.graphql.ts";
import classes from "./LeadPage.module.css";
import { useLeadWords } from "./words.ts";

const LEAD = graphql`
  fragment Own_lead on Lead {
    application {
      __typename
      id
      fee
      submittedAt
      meetingAt
      ...ApplicationState_application
      refund {
        ...Verdict_line
      }
      placed {
        place
        title
        body
      }
    }
  }
`;

export function Own({ lead }: { lead: Own_lead$key }) {
  const words = useLeadWords();
  const href = useSubjectHref();
  const { application } = useFragment(LEAD, lead);
  if (!application) return null;
  const { fee, submittedAt, meetingAt, refund, placed } = application;
  const target = href(application);
  return (
    <Card title={words.own} actions={<ApplicationState application={application} />}>
      {placed.slice(0, 1).map(({ title, body }) => (
        <p key={title} className={classes["placed"]}>
          <strong>{title}</strong> <UserText>{body}</UserText>
        </p>
      ))}
      <Values
        items={[
          [words.submitted, <DateTime key="submitted" at={submittedAt} />],
          [words.fee, <Points key="fee" value={fee} />],
          [words.refund, <VerdictLine key="refund" decision={refund} />],
          [words.meetingAgreed, meetingAt && <DateTime key="meeting" at={meetingAt} />],
        ]}
      />
      {target && (
        <p className={classes["open"]}>
          <ButtonLink href={target}>{words.openApplication}</ButtonLink>
        </p>
      )}
    </Card>
  );
}
