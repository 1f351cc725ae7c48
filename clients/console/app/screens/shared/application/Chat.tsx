/** The chat of an application: what was written, what stays masked and until when, and a new message. */
import { useEffect, useMemo, useRef, useState } from "react";
import { fetchQuery, graphql, useFragment, useRelayEnvironment, useSubscription } from "react-relay";
import type { GraphQLSubscriptionConfig } from "relay-runtime";
import { useDraft } from "../../../data/drafts.ts";
import { useMutation, useRereadAt } from "../../../data/query.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { useSubmission } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { DateTime, UserText } from "../../../parts/Text.tsx";
import { Until } from "../../../parts/Verdict.tsx";
import { Writing } from "../../../parts/Writing.tsx";
import classes from "./Chat.module.css";
import type { ChatMutation } from "./__generated__/ChatMutation.graphql.ts";
import type { ChatPreviewQuery } from "./__generated__/ChatPreviewQuery.graphql.ts";
import type { ChatReadMutation } from "./__generated__/ChatReadMutation.graphql.ts";
import type { ChatSubscription } from "./__generated__/ChatSubscription.graphql.ts";
import type { Chat_application$key } from "./__generated__/Chat_application.graphql.ts";
import { useApplicationWords } from "./words.ts";

const APPLICATION = graphql`
  fragment Chat_application on Application {
    id
    chat {
      unread
      access {
        outcome
        message
      }
    }
    messages(last: 30) {
      nodes {
        id
        side
        at
        author
        text
        shownToOther
        readByOtherAt
        cursor
        masked {
          start
        }
        decision {
          message
          changesAt
        }
      }
    }
  }
`;

const SEND = graphql`
  mutation ChatMutation($input: ChatMessageSendInput!) {
    chatMessageSend(input: $input) {
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

const READ = graphql`
  mutation ChatReadMutation($input: ChatReadInput!) {
    chatRead(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const PREVIEW = graphql`
  query ChatPreviewQuery($applicationId: ID!, $text: String!) {
    chatPreview(applicationId: $applicationId, text: $text) {
      shownToOther
      masked {
        start
      }
    }
  }
`;

const FOLLOW = graphql`
  subscription ChatSubscription($applicationId: ID!, $after: Cursor) {
    chatMessages(applicationId: $applicationId, after: $after) {
      __typename
    }
  }
`;

export interface ChatProps {
  readonly application: Chat_application$key;
  /** Whether contact data in messages is still hidden from the other side. */
  readonly isMasked: boolean;
  readonly reread: () => void;
}

export function Chat(props: ChatProps) {
  const { reread } = props;
  const { id, chat, messages } = useFragment(APPLICATION, props.application);
  const words = useApplicationWords();
  const own = useFrame().role === "PROSPECT" ? "PROSPECT" : "VENDOR";
  const [text, setText] = useDraft(`chat:${id}`);
  const { send, isSending, errors } = useSubmission<ChatMutation>(SEND, "text");
  const preview = usePreview(id, text);
  const found = messages.nodes;
  const last = found.at(-1);
  const isOpen = chat.access.outcome === "OPEN";
  useFollow(id, last?.cursor ?? null, reread);
  useRead(id, chat.unread > 0 ? (last?.id ?? null) : null);
  useRereadAt(
    found.map(({ decision }) => decision.changesAt),
    reread,
  );
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [last?.id]);

  return (
    <Card title={words.chat}>
      <div className={classes["chat"]}>
        {found.length === 0 ? (
          <p className={classes["soft"]}>{words.noMessages}</p>
        ) : (
          <div ref={list} className={classes["scroll"]} tabIndex={0} aria-label={words.chat} role="log">
          <ol className={classes["messages"]}>
            {found.map(({ id: messageId, side, at, author, text: written, shownToOther, readByOtherAt, masked, decision }) => (
              <li key={messageId} data-side={side === own ? "own" : side === "SYSTEM" ? "system" : "other"}>
                <small>
                  <UserText>{side === own ? words.you : author}</UserText> · <DateTime at={at} />
                </small>
                <p>
                  <UserText lines>{written}</UserText>
                </p>
                {shownToOther !== null && (
                  <small>
                    {words.otherReads} <UserText>{shownToOther}</UserText>
                  </small>
                )}
                {masked.length > 0 && (
                  <small>
                    {decision.message} {decision.changesAt && <Until at={decision.changesAt} />}
                  </small>
                )}
                {readByOtherAt && <small>{words.read}</small>}
              </li>
            ))}
          </ol>
          </div>
        )}
        {isOpen ? (
          <Writing
            label={words.message}
            hint={preview === null ? (props.isMasked ? words.messageHint : undefined) : `${words.willRead} ${preview}`}
            action={words.send}
            text={text}
            onText={setText}
            isSending={isSending}
            errors={errors}
            onSend={() => send((idempotencyKey) => ({ input: { applicationId: id, text, idempotencyKey } }))}
            onSent={reread}
          />
        ) : (
          <p className={classes["soft"]}>{chat.access.message}</p>
        )}
      </div>
    </Card>
  );
}

const PAUSE_MS = 400;

/** What the other side will read, if that differs from the text; null otherwise. */
function usePreview(applicationId: string, text: string): string | null {
  const environment = useRelayEnvironment();
  const [seen, setSeen] = useState<{ readonly text: string; readonly shown: string } | null>(null);
  useEffect(() => {
    if (text.trim() === "") return undefined;
    const timer = setTimeout(() => {
      fetchQuery<ChatPreviewQuery>(environment, PREVIEW, { applicationId, text })
        .toPromise()
        .then((found) => {
          const preview = found?.chatPreview;
          setSeen(preview && preview.masked.length > 0 ? { text, shown: preview.shownToOther } : null);
        })
        .catch(() => {}); // the message itself shows it after it is sent
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [environment, applicationId, text]);
  return seen && text.trim() !== "" ? seen.shown : null;
}

/** Reads again after each new message, which may also mask or unmask earlier ones. */
function useFollow(applicationId: string, cursor: string | null, reread: () => void): void {
  const after = useRef(cursor); // the feed continues by itself from where it began
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  const config = useMemo(
    (): GraphQLSubscriptionConfig<ChatSubscription> => ({
      subscription: FOLLOW,
      variables: { applicationId, after: after.current },
      onNext: () => latest.current(),
      onError: () => {}, // the line about the connection says it
    }),
    [applicationId],
  );
  useSubscription(config);
}

/** Marks the messages as read, once for each last message. */
function useRead(applicationId: string, through: string | null): void {
  const [read] = useMutation<ChatReadMutation>(READ);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (through === null || told.current === through) return;
    told.current = through;
    read({ input: { applicationId, through } }).catch(() => {}); // read again with the next message
  }, [applicationId, through, read]);
}
