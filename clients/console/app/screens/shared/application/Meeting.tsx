/** The meeting of an application: agreed or proposed, a new time, and what became of it. */
import { useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { serverHref } from "../../../data/session.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card, Values } from "../../../parts/Page.tsx";
import { Countdown, DateTime, useSecond } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import classes from "./ApplicationPage.module.css";
import type { MeetingEvidenceKind, MeetingMutation } from "./__generated__/MeetingMutation.graphql.ts";
import type { Meeting_application$key } from "./__generated__/Meeting_application.graphql.ts";
import { useApplicationWords } from "./words.ts";

const APPLICATION = graphql`
  fragment Meeting_application on Application {
    id
    status
    meetingAt
    proposedMeetingAt
    placed {
      place
      action
    }
    calendarEvent {
      file
    }
  }
`;

const RECORD = graphql`
  mutation MeetingMutation($input: MeetingRecordInput!) {
    meetingRecord(input: $input) {
      application {
        id
        ...ApplicationPage_application
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function Meeting(props: { application: Meeting_application$key; reread: () => void }) {
  const { id, status, meetingAt, proposedMeetingAt, placed, calendarEvent } = useFragment(APPLICATION, props.application);
  const words = useApplicationWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const isProspect = useFrame().role === "PROSPECT";
  const [time, setTime] = useState("");
  const { send, isSending, errors, refusal } = useSubmission<MeetingMutation>(RECORD, "at");
  const isOver = status === "DECLINED" || status === "ENDED";
  const second = useSecond();
  const isPast = meetingAt != null && Date.parse(meetingAt) / 1_000 <= second; // the server decides it when it is recorded
  const canConfirm = proposedMeetingAt != null && placed.some(({ action }) => action === "CONFIRM_MEETING");

  const run = async (kind: MeetingEvidenceKind, at: string | null, done: string): Promise<boolean> => {
    if (!(await send((idempotencyKey) => ({ input: { applicationId: id, kind, at, idempotencyKey } })))) return false;
    toast(done);
    return true;
  };
  const propose = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ at: time })) return;
    if (await run("RESCHEDULED", instantIn(timeZone, time), words.proposedToast)) setTime("");
  };

  return (
    <Card title={words.meeting}>
      <div className={classes["state"]}>
        {!meetingAt && !proposedMeetingAt && <p className={classes["why"]}>{words.noMeeting}</p>}
        <Values
          items={[
            [words.agreed, meetingAt && <DateTime key="agreed" at={meetingAt} />],
            [words.startsIn, meetingAt && !isPast && <Countdown key="starts" until={meetingAt} />],
            [words.proposed, proposedMeetingAt && <DateTime key="proposed" at={proposedMeetingAt} />],
          ]}
        />
        <div className={classes["acts"]}>
          {canConfirm && (
            <Button kind="primary" icon="check" onPress={() => void run("RESCHEDULED", proposedMeetingAt ?? null, words.agreedToast)}>
              {words.agree}
            </Button>
          )}
          {calendarEvent && (
            <ButtonLink icon="clock" href={serverHref(calendarEvent.file)} download target="_blank">
              {meetingAt ?? proposedMeetingAt ? words.calendar : words.calendarOfAnswer}
            </ButtonLink>
          )}
          {isPast && isProspect && (
            <>
              <Button onPress={() => void run("TOOK_PLACE", null, words.recorded)}>{words.tookPlace}</Button>
              <Button onPress={() => void run("NO_SHOW", null, words.recorded)}>{words.noShow}</Button>
            </>
          )}
          {meetingAt && (
            <Confirm
              trigger={<Button icon="close">{words.cancelMeeting}</Button>}
              title={words.cancelTitle}
              action={words.cancelMeeting}
              isDangerous
              onConfirm={async () => ((await run("CANCELLED", null, words.cancelled)) ? null : refusal())}
            >
              <p>{words.cancelHint}</p>
            </Confirm>
          )}
        </div>
        {isOver ? (
          <p className={classes["why"]}>{words.meetingOver}</p>
        ) : (
          <Form onSubmit={(event) => void propose(event)} validationBehavior="aria">
            <FormLayout>
              <Problems messages={errors.rest} />
              <Field
                label={words.newTime}
                hint={words.zoneHint(timeZone)}
                type="datetime-local"
                value={time}
                onChange={setTime}
                error={errors.of("at")}
              />
              <div>
                <Button type="submit" isPending={isSending}>
                  {isSending ? common.working : words.propose}
                </Button>
              </div>
            </FormLayout>
          </Form>
        )}
      </div>
    </Card>
  );
}
