/** What the vendor and the operators have written to each other about a complaint. */
import { type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useDraft } from "../../../data/drafts.ts";
import { Button } from "../../../parts/Button.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./Review.module.css";
import type { ThreadSendMutation } from "./__generated__/ThreadSendMutation.graphql.ts";
import type { Thread_complaint$key } from "./__generated__/Thread_complaint.graphql.ts";
import { useComplaintWords } from "./words.ts";

const COMPLAINT = graphql`
  fragment Thread_complaint on Complaint {
    id
    vendor {
      name
    }
    messages(first: 50) {
      nodes {
        id
        fromOperator
        text
        at
      }
    }
  }
`;

const SEND = graphql`
  mutation ThreadSendMutation($input: ComplaintMessageSendInput!) {
    complaintMessageSend(input: $input) {
      message {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function Thread(props: { complaint: Thread_complaint$key; reread: () => void }) {
  const words = useComplaintWords();
  const common = useCommon();
  const { id, vendor, messages } = useFragment(COMPLAINT, props.complaint);
  const [text, setText] = useDraft(`thread:${id}`);
  const { send, isSending, errors } = useSubmission<ThreadSendMutation>(SEND, "text");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ text })) return;
    if (!(await send((idempotencyKey) => ({ input: { complaintId: id, text, idempotencyKey } })))) return;
    setText("");
    props.reread();
  };
  return (
    <Card title={words.thread}>
      {messages.nodes.length === 0 ? (
        <p className={classes["explanation"]}>
          <Soft>{words.noMessages}</Soft>
        </p>
      ) : (
        <ul className={classes["thread"]}>
          {messages.nodes.map((message) => (
            <li key={message.id} data-own={message.fromOperator || undefined}>
              <Soft>
                {message.fromOperator ? words.marketplace : <UserText>{vendor.name}</UserText>} · <DateTime at={message.at} />
              </Soft>
              <UserText lines>{message.text}</UserText>
            </li>
          ))}
        </ul>
      )}
      <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
        <FormLayout>
          <Problems messages={errors.rest} />
          <Field label={words.message} rows={3} value={text} onChange={setText} error={errors.of("text")} maxLength={5000} />
          <div>
            <Button type="submit" isPending={isSending}>
              {isSending ? common.working : words.send}
            </Button>
          </div>
        </FormLayout>
      </Form>
    </Card>
  );
}
