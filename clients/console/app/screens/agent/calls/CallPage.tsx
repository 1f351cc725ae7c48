/** One call, as its agent has it on the screen: greeting, who calls, whom to try and why, and the note. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { useCallUpdates } from "../../../data/calls.ts";
import { useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { CallTag, useCallWords } from "../../../parts/Call.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Card, Columns, Page, Values } from "../../../parts/Page.tsx";
import { NotFound } from "../../../parts/State.tsx";
import { DateTime, UserText } from "../../../parts/Text.tsx";
import { Tried } from "../../../parts/Tried.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useParam } from "../../screen.ts";
import classes from "./Calls.module.css";
import { Note } from "./Note.tsx";
import { Routes } from "./Routes.tsx";
import type { CallPageQuery } from "./__generated__/CallPageQuery.graphql.ts";
import type { CallPageWantedQuery } from "./__generated__/CallPageWantedQuery.graphql.ts";
import type { CallPage_call$key } from "./__generated__/CallPage_call.graphql.ts";
import type { CallPage_caller_contact$key } from "./__generated__/CallPage_caller_contact.graphql.ts";
import { useCallsWords } from "./words.ts";

const CALL = graphql`
  query CallPageQuery($id: ID!, $employeeId: ID) {
    node(id: $id) {
      ...CallPage_call @alias(as: "call") @arguments(employeeId: $employeeId)
    }
  }
`;

/** Whom the caller wants, as far as the agent can choose the employee: the script is asked towards this one. */
const WANTED = graphql`
  query CallPageWantedQuery($id: ID!) {
    node(id: $id) {
      ... on Call {
        id
        wantedEmployee {
          id
        }
        secretariat {
          id
          employees(first: 10) {
            nodes {
              id
            }
          }
        }
      }
    }
  }
`;

const FRAGMENT = graphql`
  fragment CallPage_call on Call @argumentDefinitions(employeeId: { type: "ID" }) {
    id
    state
    outcome
    startedAt
    answeredAt
    closesAt
    waitSeconds
    talkSeconds
    agent {
      name
      me
    }
    wantedEmployee {
      id
      displayName
    }
    closing {
      ...Verdict_decision
    }
    secretariat {
      vendor {
        name
      }
      employees(first: 10) {
        nodes {
          id
          displayName
          position
          responsibility
        }
      }
    }
    script {
      greeting
      handlingInstruction
      warnings
      vip(employeeId: $employeeId) {
        id
        name
        note
        treatment
        waives
      }
      faq {
        id
        question
        answer
      }
      routes(employeeId: $employeeId) {
        changesAt
      }
    }
    ...CallPage_caller_contact
    ...Routes_call @arguments(employeeId: $employeeId)
    ...Tried_call
    ...Note_call_contact
  }
`;

const CALLER = graphql`
  fragment CallPage_caller_contact on Call {
    caller
    callerShown
    callerTrust
    forgottenAt
    dialled
  }
`;

const NOBODY = "nobody";

export default function CallPage() {
  const id = useParam("id");
  const [chosen, setChosen] = useState<string | null>(null);
  const [turn, reread] = useTurn();
  const { node: first } = useQuery<CallPageWantedQuery>(WANTED, { id });
  const wanted = first?.secretariat?.employees.nodes.find((employee) => employee.id === first.wantedEmployee?.id)?.id;
  const employeeId = chosen === NOBODY ? null : (chosen ?? wanted ?? null);
  const { node } = useQuery<CallPageQuery>(CALL, { id, employeeId }, turn);
  useCallUpdates(reread);
  return node?.call ? <Found call={node.call} employeeId={employeeId} choose={setChosen} reread={reread} /> : <NotFound />;
}

interface FoundProps {
  readonly call: CallPage_call$key;
  readonly employeeId: string | null;
  readonly choose: (id: string) => void;
  readonly reread: () => void;
}

function Found({ employeeId, choose, reread, ...props }: FoundProps) {
  const words = useCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const format = useFormat();
  const call = useFragment(FRAGMENT, props.call);
  const { script, secretariat, agent } = call;
  useRereadAt([call.closesAt, script.routes.changesAt], reread);
  const isMine = agent?.me === true;
  const isOver = call.state === "FINISHED";
  const { vip } = script;
  const treatments: Readonly<Record<string, string>> = words.treatments;
  return (
    <Page
      title={secretariat.vendor.name}
      back={{ href: "/calls", label: common.nav.calls }}
      actions={<CallTag state={call.state} outcome={call.outcome} />}
    >
      <Columns
        side={
          <>
            <Card title={words.caller}>
              <Caller call={call} />
            </Card>
            {script.faq.length > 0 && (
              <Card title={words.faq}>
                <dl className={classes["faq"]}>
                  {script.faq.map(({ id, question, answer }) => (
                    <div key={id}>
                      <dt>
                        <UserText>{question}</UserText>
                      </dt>
                      <dd>
                        <UserText lines>{answer}</UserText>
                      </dd>
                    </div>
                  ))}
                </dl>
              </Card>
            )}
            <Card title={words.state}>
              <Values
                items={[
                  [words.wanted, isOver ? <UserText key="wanted">{call.wantedEmployee?.displayName ?? words.nobody}</UserText> : null],
                  [words.rang, <DateTime key="rang" at={call.startedAt} />],
                  [words.waited, call.waitSeconds === null || call.waitSeconds === undefined ? null : format.duration(call.waitSeconds)],
                  [words.agent, <UserText key="agent">{agent ? (agent.me ? said.you : agent.name) : isOver ? said.nobody : said.unanswered}</UserText>],
                ]}
              />
              <div className={classes["instruction"]}>
                <Verdict decision={call.closing} />
              </div>
            </Card>
          </>
        }
      >
        <Card title={words.greeting}>
          <div className={classes["told"]}>
            <p className={classes["greeting"]}>
              <UserText lines>{script.greeting}</UserText>
            </p>
            {vip && (
              <div className={classes["vip"]}>
                <strong>
                  {treatments[vip.treatment] ?? vip.treatment}: <UserText>{vip.name}</UserText>
                </strong>
                <UserText lines>{vip.note}</UserText>
              </div>
            )}
            {script.warnings.map((warning) => (
              <p key={warning}>
                <UserText>{warning}</UserText>
              </p>
            ))}
            {script.handlingInstruction && (
              <p className={classes["said"]}>
                {words.instruction} <UserText lines>{script.handlingInstruction}</UserText>
              </p>
            )}
          </div>
        </Card>
        {isOver ? (
          <Tried call={call} />
        ) : (
          <Card title={words.routes}>
            <Select
              label={words.wanted}
              value={employeeId ?? NOBODY}
              onChange={choose}
              choices={[
                { id: NOBODY, label: words.nobody },
                ...secretariat.employees.nodes.map(({ id, displayName, position, responsibility }) => ({
                  id,
                  label: [displayName, position, responsibility].filter(Boolean).join(" · "),
                })),
              ]}
            />
            <Routes call={call} isMine={isMine} reread={reread} />
          </Card>
        )}
        <Note key={call.id} call={call} employeeId={employeeId} waives={vip?.waives ?? []} isMine={isMine} />
      </Columns>
    </Page>
  );
}

function Caller({ call }: { call: CallPage_caller_contact$key }) {
  const words = useCallsWords();
  const said = useCallWords();
  const { caller, callerShown, callerTrust, forgottenAt, dialled } = useFragment(CALLER, call);
  const trusts: Readonly<Record<string, string>> = words.trusts;
  return (
    <Values
      items={[
        [words.callerNumber, <UserText key="number">{caller ?? (forgottenAt ? said.forgotten : said.withheld)}</UserText>],
        [words.shown, callerShown && <UserText key="shown">{callerShown}</UserText>],
        [words.trust, trusts[callerTrust] ?? callerTrust],
        [words.dialled, <UserText key="dialled">{dialled}</UserText>],
      ]}
    />
  );
}
