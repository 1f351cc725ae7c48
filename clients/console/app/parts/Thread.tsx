/** What the vendor and the operators have written to each other about a complaint, as either side reads it. */
import { graphql, useFragment } from "react-relay";
import { useDraft } from "../data/drafts.ts";
import { useSubmission } from "./Field.tsx";
import { Card, Stack } from "./Page.tsx";
import { DateTime, UserText } from "./Text.tsx";
import classes from "./Thread.module.css";
import { Writing } from "./Writing.tsx";
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
  const { id, messages } = useFragment(COMPLAINT, props.complaint);
  const [text, setText] = useDraft(`thread:${id}`);
  const { send, isSending, errors } = useSubmission<ThreadSendMutation>(SEND, "text");
  return (
    <Card title={words.thread}>
      <Stack>
        {messages.nodes.length === 0 ? (
          <p className={classes["soft"]}>{words.noMessages}</p>
        ) : (
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
        )}
        <Writing
          label={words.message}
          action={words.send}
          text={text}
          onText={setText}
          isSending={isSending}
          errors={errors}
          onSend={() => send((idempotencyKey) => ({ input: { complaintId: id, text, idempotencyKey } }))}
          onSent={reread}
        />
      </Stack>
    </Card>
  );
}
