/** Applying for a lead: what it costs, what happens afterwards and when, and the text to the person. */
import { useEffect, useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { Button } from "../../../parts/Button.tsx";
import { Costs } from "../../../parts/Costs.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import type { ApplyMutation } from "./__generated__/ApplyMutation.graphql.ts";
import type { Apply_account$key } from "./__generated__/Apply_account.graphql.ts";
import type { Apply_lead$key } from "./__generated__/Apply_lead.graphql.ts";
import classes from "./LeadPage.module.css";
import { TOO_FEW, TooFew } from "./TooFew.tsx";
import { useLeadWords } from "./words.ts";

const LEAD = graphql`
  fragment Apply_lead on Lead {
    id
    title
    fee
    market {
      policy {
        terms {
          revealAfter
          reviewReminderAfter
        }
      }
    }
  }
`;

const ACCOUNT = graphql`
  fragment Apply_account on Account {
    points
  }
`;

const APPLY = graphql`
  mutation ApplyMutation($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) {
      application {
        id
        lead {
          id
          application {
            id
          }
          visibility {
            changesAt
            ...Verdict_decision
          }
          ...Own_lead
        }
      }
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

export function Apply(props: { lead: Apply_lead$key; account: Apply_account$key; reread: () => void }) {
  const lead = useFragment(LEAD, props.lead);
  const { points } = useFragment(ACCOUNT, props.account);
  const words = useLeadWords();
  const common = useCommon();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const [introduction, setIntroduction] = useDraft(`apply:${lead.id}`);
  const [meeting, setMeeting] = useState("");
  const { send, isSending, errors } = useSubmission<ApplyMutation>(APPLY, "introduction", "meetingAt");
  useUnsaved(introduction !== "" || meeting !== "");
  const { reread } = props;
  const isShort = errors.has(TOO_FEW);
  useEffect(() => {
    if (isShort) reread(); // the points have been spent elsewhere
  }, [isShort, reread]);
  const { revealAfter, reviewReminderAfter } = lead.market.policy.terms;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ introduction })) return;
    const meetingAt = meeting === "" ? null : instantIn(timeZone, meeting);
    if (!(await send((idempotencyKey) => ({ input: { leadId: lead.id, introduction, meetingAt, idempotencyKey } })))) return;
    setIntroduction("");
    setMeeting("");
    toast(words.applied, { body: words.appliedHint(format.period(revealAfter)) });
  };

  return (
    <Card title={words.apply}>
      <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
        <FormLayout>
          <Costs cost={lead.fee} points={points} />
          <ol className={classes["steps"]}>
            <li>{words.stepHold}</li>
            <li>{words.stepRemind(format.period(reviewReminderAfter))}</li>
            <li>{words.stepReveal(format.period(revealAfter))}</li>
            <li>{words.stepDecline}</li>
          </ol>
          <Problems messages={errors.rest} />
          <Field
            label={words.introduction}
            hint={words.introductionHint}
            rows={6}
            value={introduction}
            onChange={setIntroduction}
            error={errors.of("introduction")}
            isRequired
            maxLength={5000}
          />
          <Field
            label={words.meeting}
            hint={words.meetingHint(timeZone)}
            type="datetime-local"
            value={meeting}
            onChange={setMeeting}
            error={errors.of("meetingAt")}
          />
          <Button type="submit" kind="primary" isPending={isSending} isDisabled={points < lead.fee}>
            {isSending ? common.working : words.applyFor(format.points(lead.fee))}
          </Button>
          <TooFew cost={lead.fee} points={points} />
        </FormLayout>
      </Form>
    </Card>
  );
}
