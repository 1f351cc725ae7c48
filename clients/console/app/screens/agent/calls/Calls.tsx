/** The board of an agent: who rings, whom one is talking to, and which of one's calls have ended. */
import { useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { DialogTrigger, Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useCallUpdates } from "../../../data/calls.ts";
import { useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { CallTag, useCallWords } from "../../../parts/Call.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Countdown, DateTime, Soft, UserText, useSecond } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Calls.module.css";
import type { CallsAnswerMutation } from "./__generated__/CallsAnswerMutation.graphql.ts";
import type { CallsQuery } from "./__generated__/CallsQuery.graphql.ts";
import type { Calls_row_contact$data, Calls_row_contact$key } from "./__generated__/Calls_row_contact.graphql.ts";
import type { CallsTakeOverMutation } from "./__generated__/CallsTakeOverMutation.graphql.ts";
import { useCallsWords } from "./words.ts";

const CALLS = graphql`
  query CallsQuery {
    callBoard {
      ...Calls_row_contact
    }
    calls(first: 5, filter: { open: false }) {
      nodes {
        ...Calls_row_contact
      }
    }
  }
`;

const ROW = graphql`
  fragment Calls_row_contact on Call @relay(plural: true) {
    id
    version
    caller
    callerTrust
    forgottenAt
    startedAt
    closesAt
    state
    outcome
    summary
    agent {
      name
      me
    }
    secretariat {
      vendor {
        name
      }
    }
  }
`;

/** Everything that the agent needs comes with the answer; the page of the call then shows it from the store. */
const ANSWER = graphql`
  mutation CallsAnswerMutation($input: CallAnswerInput!) {
    callAnswer(input: $input) {
      call {
        id
        ...CallPage_call @arguments(employeeId: null)
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const TAKE_OVER = graphql`
  mutation CallsTakeOverMutation($input: CallTakeOverInput!) {
    callTakeOver(input: $input) {
      call {
        id
        ...CallPage_call @arguments(employeeId: null)
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Row = Calls_row_contact$data[number];
const addressOf = (id: string): string => `/calls/${encodeURIComponent(id)}`;

export default function Calls() {
  const words = useCallsWords();
  const common = useCommon();
  const [turn, reread] = useTurn();
  const { callBoard, calls } = useQuery<CallsQuery>(CALLS, {}, turn);
  useCallUpdates(reread);
  return (
    <Page title={common.nav.calls} lead={words.lead} actions={<ByHand />}>
      <Board calls={callBoard ?? []} reread={reread} />
      <Ended calls={calls?.nodes ?? []} />
    </Page>
  );
}

function Board({ calls, reread }: { calls: Calls_row_contact$key; reread: () => void }) {
  const words = useCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const open = useFragment(ROW, calls);
  const router = useRouter();
  const [answer, isAnswering] = useMutation<CallsAnswerMutation>(ANSWER);
  const [takeOver] = useMutation<CallsTakeOverMutation>(TAKE_OVER);
  const [problem, setProblem] = useState<string | null>(null);
  useRereadAt(
    open.map(({ closesAt }) => closesAt),
    reread,
  );
  const enter = async (row: Row): Promise<void> => {
    try {
      const { errors } =
        row.agent === null
          ? await answer({ input: { callId: row.id } })
          : await takeOver({ input: { callId: row.id, expectedVersion: row.version } });
      setProblem(errors[0]?.message ?? null);
      if (errors.length === 0) void router.navigate({ to: addressOf(row.id) });
      else reread();
    } catch {
      setProblem(common.unsureBody);
      reread();
    }
  };
  if (open.length === 0) {
    return (
      <Card title={words.open}>
        <Empty icon="phone" title={words.none}>
          {words.noneHint}
        </Empty>
      </Card>
    );
  }
  return (
    <Card title={words.open}>
      {problem && <Problems messages={[problem]} />}
      <ul className={classes["board"]}>
        {open.map((row) => (
          <li key={row.id} data-ringing={row.agent === null || undefined}>
            <span className={classes["who"]}>
              <strong>
                <UserText>{row.caller ?? (row.forgottenAt ? said.forgotten : said.withheld)}</UserText>
              </strong>
              <span>
                {words.to} <UserText>{row.secretariat.vendor.name}</UserText>
              </span>
              <Soft>
                <Since at={row.startedAt} />
                {" · "}
                {row.agent ? words.with(row.agent.me ? said.you : row.agent.name) : said.unanswered}
                {row.state === "RINGING" && row.closesAt && (
                  <>
                    {" · "}
                    {words.closes} <Countdown until={row.closesAt} />
                  </>
                )}
              </Soft>
            </span>
            <CallTag state={row.state} outcome={row.outcome} />
            {row.agent?.me ? (
              <ButtonLink href={addressOf(row.id)} icon="arrow">
                {words.open1}
              </ButtonLink>
            ) : (
              <Button
                kind={row.agent ? "secondary" : "primary"}
                icon="phone"
                isPending={isAnswering}
                onPress={() => void enter(row)}
              >
                {row.agent ? words.takeOver : words.answer}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** How long ago something began, by the server's clock. */
function Since({ at }: { at: string }) {
  const { duration } = useFormat();
  return <time dateTime={at}>{duration(useSecond() - Date.parse(at) / 1_000)}</time>;
}

function Ended({ calls }: { calls: Calls_row_contact$key }) {
  const words = useCallsWords();
  const said = useCallWords();
  const format = useFormat();
  const ended = useFragment(ROW, calls);
  const columns: Column<Row>[] = [
    {
      id: "caller",
      title: words.caller,
      isMain: true,
      render: ({ caller, forgottenAt }) => <UserText>{caller ?? (forgottenAt ? said.forgotten : said.withheld)}</UserText>,
    },
    { id: "company", title: words.company, render: ({ secretariat }) => <UserText>{secretariat.vendor.name}</UserText> },
    { id: "rang", title: words.rang, render: ({ startedAt }) => <DateTime at={startedAt} /> },
    { id: "outcome", title: words.outcome, render: ({ state, outcome }) => <CallTag state={state} outcome={outcome} /> },
    { id: "summary", title: words.note, render: ({ summary }) => <UserText>{summary}</UserText> },
  ];
  return (
    <Card title={words.ended} isFlush>
      <DataTable
        label={words.ended}
        columns={columns}
        rows={ended}
        idOf={({ id }) => id}
        hrefOf={({ id }) => addressOf(id)}
        dependencies={[format]}
        empty={<Empty title={words.noneEnded}>{words.noneEndedHint}</Empty>}
      />
    </Card>
  );
}

/** A call that no telephone system has told of. */
function ByHand() {
  const words = useCallsWords();
  return (
    <DialogTrigger>
      <Button icon="plus">{words.byHand}</Button>
      <Dialog title={words.byHand}>{(close) => <ByHandForm close={close} />}</Dialog>
    </DialogTrigger>
  );
}

function ByHandForm({ close }: { close: () => void }) {
  const words = useCallsWords();
  const common = useCommon();
  const router = useRouter();
  const [dialled, setDialled] = useState("");
  const [caller, setCaller] = useState("");
  const { send, isSending, errors } = useSubmission<CallsAnswerMutation>(ANSWER, "dialled", "caller");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ dialled })) return;
    const input = { dialled: dialled.replaceAll(" ", ""), caller: caller.trim() || null };
    const call = (await send((idempotencyKey) => ({ input: { ...input, idempotencyKey } })))?.callAnswer?.call;
    if (!call) return;
    close();
    toast(words.answered);
    void router.navigate({ to: addressOf(call.id) });
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <FormLayout>
        <p>{words.byHandHint}</p>
        <Problems messages={errors.rest} />
        <Field label={words.dialled} type="tel" value={dialled} onChange={setDialled} error={errors.of("dialled")} isRequired autoFocus />
        <Field label={words.callerNumber} hint={words.callerNumberHint} type="tel" value={caller} onChange={setCaller} error={errors.of("caller")} />
        <Button type="submit" kind="primary" icon="phone" isPending={isSending}>
          {isSending ? common.working : words.answer}
        </Button>
      </FormLayout>
    </Form>
  );
}
