/** The person's answer: accept, or decline, which is final and therefore asked once more. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { useDraft } from "../../../data/drafts.ts";
import { refusalOf } from "../../../data/network.ts";
import { useMutation } from "../../../data/query.ts";
import { DECLINED_LATE } from "../../../parts/ApplicationState.tsx";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, Problems } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { Countdown } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./ApplicationPage.module.css";
import type { AnswerAcceptMutation } from "./__generated__/AnswerAcceptMutation.graphql.ts";
import type { AnswerDeclineMutation } from "./__generated__/AnswerDeclineMutation.graphql.ts";
import type { Answer_application$key } from "./__generated__/Answer_application.graphql.ts";
import { useApplicationWords } from "./words.ts";

const APPLICATION = graphql`
  fragment Answer_application on Application {
    id
    version
    status
    answeredAt
    visibility {
      ruleId
    }
    vendor {
      id
      name
    }
    deadlines {
      kind
      dueAt
      doneAt
    }
  }
`;

const ACCEPT = graphql`
  mutation AnswerAcceptMutation($input: ApplicationAcceptInput!) {
    applicationAccept(input: $input) {
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

const DECLINE = graphql`
  mutation AnswerDeclineMutation($input: ApplicationDeclineInput!) {
    applicationDecline(input: $input) {
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

export function Answer(props: { application: Answer_application$key; reread: () => void }) {
  const { id, version, status, answeredAt, visibility, vendor, deadlines } = useFragment(APPLICATION, props.application);
  const words = useApplicationWords();
  const common = useCommon();
  const [message, setMessage] = useDraft(`decline:${id}`);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [accept, isAccepting] = useMutation<AnswerAcceptMutation>(ACCEPT);
  const [decline] = useMutation<AnswerDeclineMutation>(DECLINE);
  const canAccept = answeredAt == null && (status === "PENDING" || status === "REVEALED");
  const canWithdraw = status === "ACCEPTED";
  const opens = deadlines.find(({ kind, doneAt }) => kind === "REVEAL" && doneAt == null);

  const sayYes = async (): Promise<void> => {
    try {
      const { errors } = await accept({ input: { applicationId: id, expectedVersion: version } });
      setProblems(errors.map((error) => error.message));
      if (errors.length === 0) toast(words.acceptedToast(vendor.name));
      else props.reread(); // it may have changed meanwhile
    } catch (error) {
      setProblems([refusalOf(error) ?? common.unsureBody]);
      props.reread();
    }
  };
  const sayNo = async (): Promise<string | null> => {
    const { errors } = await decline({ input: { applicationId: id, expectedVersion: version, message: message.trim() || null } });
    if (errors.length > 0) props.reread();
    if (errors.length > 0) return errors.map((error) => error.message).join(" ");
    setMessage("");
    toast(canWithdraw ? words.withdrawnToast(vendor.name) : words.declinedToast(vendor.name));
    return null;
  };

  return (
    <Card title={words.answer}>
      <div className={classes["state"]}>
        <Problems messages={problems} />
        {status === "PENDING" && (
          <ul className={classes["why"]}>
            <li>{words.ifAccept}</li>
            <li>{words.ifDecline}</li>
            <li>{words.ifSilent}</li>
          </ul>
        )}
        <div className={classes["acts"]}>
          <Button kind="primary" icon="check" isDisabled={!canAccept} isPending={isAccepting} onPress={() => void sayYes()}>
            {isAccepting ? common.working : words.accept}
          </Button>
          <Confirm
            trigger={
              <Button icon="close" isDisabled={!canAccept && !canWithdraw}>
                {canWithdraw ? words.withdraw : words.decline}
              </Button>
            }
            title={canWithdraw ? words.withdrawTitle(vendor.name) : words.declineTitle(vendor.name)}
            action={canWithdraw ? words.withdraw : words.decline}
            isDangerous
            onConfirm={sayNo}
            costs={status === "PENDING" && opens ? [{ label: common.opensIn, value: <Countdown until={opens.dueAt} /> }] : []}
          >
            <p>{status === "PENDING" ? words.declineFinal : canWithdraw ? words.withdrawFinal : words.declineLate}</p>
            <Field label={words.declineWord} hint={words.declineWordHint} rows={3} value={message} onChange={setMessage} maxLength={5000} />
          </Confirm>
        </div>
        {!canAccept && <p className={classes["why"]}>{canWithdraw ? words.acceptedWhy : visibility.ruleId === DECLINED_LATE ? words.lateWhy : words.answeredWhy}</p>}
        {status === "REVEALED" && canAccept && <p className={classes["why"]}>{words.openAlready}</p>}
      </div>
    </Card>
  );
}
