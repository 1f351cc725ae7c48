/** One message: why it is sent or not, what became of each attempt, what it says, and what an operator can do. */
import { newKey } from "leadgate-client";
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { STATE_TONES, useDispatchWords } from "../../../parts/dispatches.ts";
import { Field } from "../../../parts/Field.tsx";
import { Card, Columns, Page, Values } from "../../../parts/Page.tsx";
import { Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { useTemplates } from "../../../parts/templates.ts";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import { useParam } from "../../screen.ts";
import classes from "./Message.module.css";
import type { MessageCancelMutation } from "./__generated__/MessageCancelMutation.graphql.ts";
import type { MessageLiftMutation } from "./__generated__/MessageLiftMutation.graphql.ts";
import type { MessageQuery } from "./__generated__/MessageQuery.graphql.ts";
import type { MessageRetryMutation } from "./__generated__/MessageRetryMutation.graphql.ts";
import type { MessageSettleMutation } from "./__generated__/MessageSettleMutation.graphql.ts";
import type { Message_dispatch$data, Message_dispatch$key } from "./__generated__/Message_dispatch.graphql.ts";
import { useOutboxWords } from "./words.ts";

const MESSAGE = graphql`
  query MessageQuery($id: ID!) {
    node(id: $id) {
      ...Message_dispatch @alias(as: "dispatch")
    }
  }
`;

const FRAGMENT = graphql`
  fragment Message_dispatch on Dispatch {
    id
    version
    channel
    template
    necessity
    state
    addressHint
    createdAt
    notBefore
    nextAttemptAt
    expiresAt
    sentAt
    receipt
    receiptAt
    costCents
    recipient
    comment
    subject {
      __typename
      id
      ... on Delivery {
        lead {
          id
        }
      }
    }
    decision {
      ruleId
      ...Verdict_decision
    }
    retryDecision {
      ...Verdict_decision
    }
    attempts {
      number
      startedAt
      endedAt
      outcome
      code
      detail
    }
    preview {
      subject
      text
    }
  }
`;

const RETRY = graphql`
  mutation MessageRetryMutation($input: DispatchRetryInput!) {
    dispatchRetry(input: $input) {
      dispatches {
        id
        ...Message_dispatch
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const SETTLE = graphql`
  mutation MessageSettleMutation($input: DispatchSettleInput!) {
    dispatchSettle(input: $input) {
      dispatch {
        id
        ...Message_dispatch
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const CANCEL = graphql`
  mutation MessageCancelMutation($input: DispatchCancelInput!) {
    dispatchCancel(input: $input) {
      dispatches {
        id
        ...Message_dispatch
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const LIFT = graphql`
  mutation MessageLiftMutation($input: SuppressionLiftInput!) {
    suppressionLift(input: $input) {
      dispatch {
        id
        ...Message_dispatch
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Attempt = Message_dispatch$data["attempts"][number];

export default function Message() {
  const [turn, reread] = useTurn();
  const { node } = useQuery<MessageQuery>(MESSAGE, { id: useParam("id") }, turn);
  return node?.dispatch ? <Found dispatch={node.dispatch} reread={reread} /> : <NotFound />;
}

function Found(props: { dispatch: Message_dispatch$key; reread: () => void }) {
  const words = useOutboxWords();
  const said = useDispatchWords();
  const common = useCommon();
  const { called } = useTemplates();
  const format = useFormat();
  const hrefOf = useSubjectHref();
  const dispatch = useFragment(FRAGMENT, props.dispatch);
  useRereadAt([dispatch.nextAttemptAt, dispatch.expiresAt], props.reread);
  const outcomes: Readonly<Record<string, string>> = words.outcomes;
  const codes: Readonly<Record<string, string>> = words.codes;
  const receipts: Readonly<Record<string, string>> = said.receipts;
  const { subject } = dispatch;
  const href = hrefOf(subject?.lead ? { __typename: "Lead", id: subject.lead.id } : subject);
  const columns: Column<Attempt>[] = [
    { id: "number", title: words.attempt, isMain: true, isNarrow: true, render: ({ number }) => format.number(number) },
    { id: "outcome", title: words.outcome, render: ({ outcome }) => (outcome ? outcomes[outcome] : words.running) },
    {
      id: "code",
      title: words.answer,
      render: ({ code, detail }) => (
        <span>
          {code && (codes[code] ?? code)} <Soft>{detail && <UserText>{detail}</UserText>}</Soft>
        </span>
      ),
    },
    { id: "at", title: words.when, render: ({ startedAt }) => <DateTime at={startedAt} /> },
  ];
  return (
    <Page
      title={called(dispatch.template)}
      back={{ href: "/outbox", label: common.nav.outbox }}
      lead={
        <>
          {said.channels[dispatch.channel]} · <UserText>{dispatch.recipient}</UserText>
        </>
      }
      actions={<Tag tone={STATE_TONES[dispatch.state] ?? "calm"}>{said.states[dispatch.state]}</Tag>}
    >
      <Columns
        side={
          <>
            <Deeds dispatch={dispatch} reread={props.reread} />
            <Card title={words.details}>
              <Values
                items={[
                  [words.address, dispatch.addressHint],
                  [words.necessity, words.necessities[dispatch.necessity]],
                  [words.written, <DateTime key="written" at={dispatch.createdAt} />],
                  [words.nextTry, dispatch.nextAttemptAt && <Countdown key="next" until={dispatch.nextAttemptAt} />],
                  [words.sentAt, dispatch.sentAt && <DateTime key="sent" at={dispatch.sentAt} />],
                  [words.receipt, dispatch.receipt && (receipts[dispatch.receipt] ?? dispatch.receipt)],
                  [words.expires, dispatch.expiresAt && <DateTime key="expires" at={dispatch.expiresAt} />],
                  [words.comment, dispatch.comment && <UserText key="comment">{dispatch.comment}</UserText>],
                  [words.about, href && <ButtonLink key="about" isSmall href={href} icon="arrow">{words.open}</ButtonLink>],
                ]}
              />
            </Card>
          </>
        }
      >
        {dispatch.retryDecision && (
          <Card title={words.whyRetried}>
            <Verdict decision={dispatch.retryDecision} />
          </Card>
        )}
        <Card title={words.whySent}>
          <Verdict decision={dispatch.decision} />
        </Card>
        <Card title={words.attempts} isFlush>
          <DataTable
            label={words.attempts}
            columns={columns}
            rows={dispatch.attempts}
            idOf={({ number }) => String(number)}
            dependencies={[format]}
            empty={<Empty icon="mail" title={words.noAttempts} />}
          />
        </Card>
        <Card title={words.preview}>
          {dispatch.preview ? (
            <div className={classes["preview"]}>
              {dispatch.preview.subject && (
                <strong>
                  <UserText>{dispatch.preview.subject}</UserText>
                </strong>
              )}
              <UserText lines>{dispatch.preview.text}</UserText>
            </div>
          ) : (
            <Soft>{words.nothingLeft}</Soft>
          )}
        </Card>
      </Columns>
    </Page>
  );
}

/** What can be done in the state that the message has; what cannot, says why. */
function Deeds({ dispatch, reread }: { dispatch: Message_dispatch$data; reread: () => void }) {
  const words = useOutboxWords();
  const said = useDispatchWords();
  const [comment, setComment] = useState("");
  const [key, setKey] = useState(newKey);
  const [retry] = useMutation<MessageRetryMutation>(RETRY);
  const [settle] = useMutation<MessageSettleMutation>(SETTLE);
  const [cancel] = useMutation<MessageCancelMutation>(CANCEL);
  const [lift] = useMutation<MessageLiftMutation>(LIFT);
  const { id, version, state } = dispatch;
  const done = (errors: readonly { readonly message: string }[], note: string): string | null => {
    setKey(newKey());
    reread();
    if (errors[0]) return errors[0].message;
    setComment("");
    toast(note);
    return null;
  };
  const isUncertain = state === "UNCERTAIN";
  const canRetry = state === "DEAD";
  const canCancel = state === "WAITING";
  const isSuppressed = state === "SUPPRESSED";
  return (
    <Card title={isUncertain ? words.didItArrive : words.deeds}>
      <div className={classes["deeds"]}>
        {!isUncertain && !canRetry && !canCancel && !isSuppressed && <Soft>{words.nothingToDo(said.states[state])}</Soft>}
        {(isUncertain || canCancel || isSuppressed) && (
          <Field label={words.reason} hint={words.reasonHint} value={comment} onChange={setComment} rows={2} maxLength={500} />
        )}
        {isUncertain && (
          <>
            <Confirm
              trigger={<Button isDisabled={comment.trim() === ""}>{words.arrived}</Button>}
              title={words.arrived}
              action={words.arrived}
              onConfirm={async () => done((await settle({ input: { dispatchId: id, arrived: true, comment, expectedVersion: version } })).errors, words.settled)}
            >
              {words.arrivedCosts}
            </Confirm>
            <Confirm
              trigger={<Button isDisabled={comment.trim() === ""}>{words.notArrived}</Button>}
              title={words.notArrived}
              action={words.notArrived}
              isDangerous
              onConfirm={async () => done((await settle({ input: { dispatchId: id, arrived: false, comment, expectedVersion: version } })).errors, words.settled)}
            >
              {words.notArrivedCosts}
            </Confirm>
          </>
        )}
        {canRetry && (
          <Confirm
            trigger={<Button kind="primary">{words.retry}</Button>}
            title={words.retry}
            action={words.retry}
            onConfirm={async () => done((await retry({ input: { ids: [id], idempotencyKey: key } })).errors, words.retried)}
          >
            {words.retryCosts}
          </Confirm>
        )}
        {canCancel && (
          <Confirm
            trigger={<Button isDisabled={comment.trim() === ""}>{words.cancel}</Button>}
            title={words.cancel}
            action={words.cancel}
            isDangerous
            onConfirm={async () => done((await cancel({ input: { ids: [id], reason: comment } })).errors, words.cancelled)}
          >
            {words.cancelCosts}
          </Confirm>
        )}
        {isSuppressed && (
          <Confirm
            trigger={<Button isDisabled={comment.trim() === ""}>{words.lift}</Button>}
            title={words.lift}
            action={words.lift}
            isDangerous
            onConfirm={async () => done((await lift({ input: { dispatchId: id, reason: comment } })).errors, words.lifted)}
          >
            {words.liftCosts}
          </Confirm>
        )}
        {(isUncertain || canCancel || isSuppressed) && comment.trim() === "" && <Soft>{words.writeFirst}</Soft>}
      </div>
    </Card>
  );
}
