/** Whom to try, in order, each with the decision; the attempts so far; and how long the one that rings is waited for. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { useKeyed } from "../../../data/keys.ts";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { useCallWords } from "../../../parts/Call.tsx";
import { Field, Problems } from "../../../parts/Field.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, Soft, UserText } from "../../../parts/Text.tsx";
import { Until, Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Calls.module.css";
import type { RoutesMutation, TransferResult } from "./__generated__/RoutesMutation.graphql.ts";
import type { Routes_call$data, Routes_call$key } from "./__generated__/Routes_call.graphql.ts";
import { useCallsWords } from "./words.ts";

const ROUTES = graphql`
  fragment Routes_call on Call @argumentDefinitions(employeeId: { type: "ID" }) {
    id
    version
    state
    attempts {
      id
      result
      startedAt
      messageForCaller
      employee {
        id
        displayName
      }
    }
    script {
      routes(employeeId: $employeeId) {
        changesAt
        routes {
          action
          hop
          number
          ringSeconds
          said
          announcement
          employee {
            id
            displayName
          }
          decision {
            ...Verdict_decision
          }
        }
        skipped {
          hop
          employee {
            id
            displayName
          }
          decision {
            ...Verdict_decision
          }
        }
      }
    }
  }
`;

const RECORD = graphql`
  mutation RoutesMutation($input: CallTransferRecordInput!) {
    callTransferRecord(input: $input) {
      call {
        id
        version
        state
        outcome
        closesAt
        wantedEmployee {
          id
        }
        attempts {
          id
          result
          startedAt
          messageForCaller
          employee {
            id
            displayName
          }
        }
      }
      userErrors {
        code
        field
        message
        decision {
          ...Verdict_decision
        }
      }
    }
  }
`;

type Route = Routes_call$data["script"]["routes"]["routes"][number];
type Attempt = Routes_call$data["attempts"][number];

const RESULTS = ["ACCEPTED", "NO_ANSWER", "BUSY", "DECLINED", "VOICEMAIL"] as const;

export function Routes(props: { call: Routes_call$key; isMine: boolean; reread: () => void }) {
  const words = useCallsWords();
  const common = useCommon();
  const call = useFragment(ROUTES, props.call);
  const [record, isRecording] = useMutation<RoutesMutation>(RECORD);
  const keyed = useKeyed();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const { routes, skipped, changesAt } = call.script.routes;
  const attemptOf = (route: Route): Attempt | undefined =>
    [...call.attempts].reverse().find(({ employee }) => employee.id === route.employee?.id);
  const isOpen = call.state !== "FINISHED" && call.state !== "RINGING";
  const next = routes.find((route) => attemptOf(route) === undefined || attemptOf(route)?.result === "CALLING");

  const note = async (employeeId: string, result: TransferResult, messageForCaller: string | null = null): Promise<void> => {
    try {
      const input = { callId: call.id, employeeId, result, messageForCaller };
      const { errors } = await keyed(JSON.stringify(input), (idempotencyKey) => record({ input: { ...input, idempotencyKey } }));
      setProblems(errors.map(({ message }) => message));
      props.reread();
    } catch {
      setProblems([common.unsureBody]);
    }
  };

  return (
    <>
      <Problems messages={problems} />
      <ol className={classes["routes"]}>
        {routes.map((route) => (
          <li key={`${route.employee?.id}.${route.action}`} data-next={route === next || undefined}>
            <RouteLine
              route={route}
              attempt={attemptOf(route)}
              isNext={route === next && props.isMine && isOpen}
              isBusy={isRecording}
              note={note}
            />
          </li>
        ))}
        {skipped.map((route) => (
          <li key={`skipped.${route.employee?.id}`}>
            <span className={classes["head"]}>
              <strong>
                <UserText>{route.employee?.displayName}</UserText>
              </strong>
              <Tag>{words.skipped}</Tag>
            </span>
            <Verdict decision={route.decision} />
          </li>
        ))}
      </ol>
      {changesAt && (
        <p className={classes["instruction"]}>
          <Until at={changesAt} />
        </p>
      )}
      {!props.isMine && <p className={classes["instruction"]}>{words.notYours}</p>}
    </>
  );
}

interface LineProps {
  readonly route: Route;
  readonly attempt: Attempt | undefined;
  readonly isNext: boolean;
  readonly isBusy: boolean;
  readonly note: (employeeId: string, result: TransferResult, message?: string | null) => Promise<void>;
}

function RouteLine({ route, attempt, isNext, isBusy, note }: LineProps) {
  const words = useCallsWords();
  const said = useCallWords();
  const format = useFormat();
  const [message, setMessage] = useState("");
  const { employee, action, hop, number, ringSeconds } = route;
  const isTransfer = action === "TRANSFER" && employee;
  const rings = attempt?.result === "CALLING";
  const until = rings ? new Date(Date.parse(attempt.startedAt) + ringSeconds * 1_000).toISOString() : null;
  return (
    <>
      <span className={classes["head"]}>
        <strong>
          <UserText>{employee?.displayName ?? words.nobody}</UserText>
        </strong>
        {hop > 0 && <Soft>{words.deputy}</Soft>}
        <Tag tone={isTransfer ? "good" : "calm"}>{isTransfer ? words.transfer : words.takeMessage}</Tag>
        {attempt && <Tag tone={attempt.result === "ACCEPTED" ? "good" : "warn"}>{said.results[attempt.result as keyof typeof said.results]}</Tag>}
      </span>
      <Verdict decision={route.decision} />
      {route.said && (
        <p>
          {words.sayToCaller} <UserText>{route.said}</UserText>
        </p>
      )}
      {isTransfer && (
        <p className={classes["said"]}>
          <UserText>{number}</UserText> · {words.rings(format.duration(ringSeconds))}
          {route.announcement && (
            <>
              {" · "}
              {words.announce} <UserText>{route.announcement}</UserText>
            </>
          )}
        </p>
      )}
      {attempt?.messageForCaller && (
        <p>
          {words.sayToCaller} <UserText>{attempt.messageForCaller}</UserText>
        </p>
      )}
      {isNext && isTransfer && !rings && (
        <span className={classes["buttons"]}>
          <Button kind="primary" icon="phone" isPending={isBusy} onPress={() => void note(employee.id, "CALLING")}>
            {words.try}
          </Button>
        </span>
      )}
      {isNext && isTransfer && rings && (
        <>
          {until && (
            <p>
              {words.nextIn} <Countdown until={until} isLarge />
            </p>
          )}
          <span className={classes["buttons"]}>
            {RESULTS.map((result) => (
              <Button
                key={result}
                isSmall
                kind={result === "ACCEPTED" ? "primary" : "secondary"}
                isPending={isBusy}
                onPress={() => void note(employee.id, result)}
              >
                {said.results[result]}
              </Button>
            ))}
          </span>
          <span className={classes["asked"]}>
            <Field label={words.messageForCaller} value={message} onChange={setMessage} maxLength={500} />
            <Button
              isDisabled={message.trim() === ""}
              isPending={isBusy}
              onPress={() => void note(employee.id, "MESSAGE", message)}
            >
              {words.sendMessage}
            </Button>
          </span>
        </>
      )}
    </>
  );
}
