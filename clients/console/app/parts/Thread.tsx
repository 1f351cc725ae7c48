/** What the vendor and the operators have written to each other about a complaint, as either side reads it. */
import type { FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useDraft } from "../data/drafts.ts";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import { Field, FormLayout, Problems, useSubmission } from "./Field.tsx";
import { Card, Stack } from "./Page.tsx";
import { DateTime, UserText } from "./Text.tsx";
import classes from "./Thread.module.css";
import type { ThreadSendMutation } from "./__generated__/ThreadSendMutation.graphql.ts";
import type { Thread_complaint$key } from "./__generated__/Thread_complaint.graphql.ts";

const COMPLAINT = graphql`
  fragment Thread_complaint on Complaint {
    id
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

export interface ThreadProps {
  readonly complaint: Thread_complaint$key;
  /** Whose messages are the reader's own. */
  readonly own: "operator" | "vendor";
  /** What each side is called here. */
  readonly names: { readonly operator: string; readonly vendor: string };
  readonly words: { readonly thread: string; readonly noMessages: string; readonly message: string; readonly send: string };
  readonly reread: () => void;
}

export function Thread({ own, names, words, reread, ...props }: ThreadProps) {
  const common = useCommon();
  const { id, messages } = useFragment(COMPLAINT, props.complaint);
  const [text, setText] = useDraft(`thread:${id}`);
  const { send, isSending, errors } = useSubmission<ThreadSendMutation>(SEND, "text");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ text })) return;
    if (!(await send((idempotencyKey) => ({ input: { complaintId: id, text, idempotencyKey } })))) return;
    setText("");
    reread();
  };
  return (
    <Card title={words.thread}>
      <Stack>
        {messages.nodes.length === 0 && <p className={classes["soft"]}>{words.noMessages}</p>}
        <ol className={classes["thread"]} aria-label={words.thread}>
          {messages.nodes.map(({ id: messageId, fromOperator, text: written, at }) => (
            <li key={messageId} data-own={fromOperator === (own === "operator") || undefined}>
              <small>
                <UserText>{fromOperator ? names.operator : names.vendor}</UserText> · <DateTime at={at} />
              </small>
              <UserText lines>{written}</UserText>
            </li>
          ))}
        </ol>
        <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
          <FormLayout>
            <Problems messages={errors.rest} />
            <Field label={words.message} rows={3} value={text} onChange={setText} error={errors.of("text")} maxLength={5000} />
            <div>
              <Button type="submit" icon="arrow" isPending={isSending}>
                {isSending ? common.working : words.send}
              </Button>
            </div>
          </FormLayout>
        </Form>
      </Stack>
    </Card>
  );
}
