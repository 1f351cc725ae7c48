/** Who can be put through now, and until when; appointments and absences of the employees; what callers are told. */
import { useState, type FormEvent } from "react";
import { DialogTrigger, Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Confirm, Dialog } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { DateOnly, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Absences.module.css";
import type { AbsencesAddMutation } from "./__generated__/AbsencesAddMutation.graphql.ts";
import type { AbsencesDeleteMutation } from "./__generated__/AbsencesDeleteMutation.graphql.ts";
import type { AbsencesQuery } from "./__generated__/AbsencesQuery.graphql.ts";
import type { AbsencesTextMutation } from "./__generated__/AbsencesTextMutation.graphql.ts";
import type { Absences_employee$data, Absences_employee$key } from "./__generated__/Absences_employee.graphql.ts";
import { useCompanyCallsWords } from "./words.ts";

const ABSENCES = graphql`
  query AbsencesQuery {
    secretariat {
      id
      employees(first: 20) {
        nodes {
          id
          ...Absences_employee
        }
      }
    }
  }
`;

const EMPLOYEE = graphql`
  fragment Absences_employee on Employee {
    id
    version
    displayName
    position
    absenceText
    deputy {
      displayName
    }
    availability {
      state
      said
      until
      decision {
        ...Verdict_decision
      }
    }
    appointments(first: 4) {
      nodes {
        id
        version
        startsAt
        endsAt
        firstDay
        lastDay
        text
        reachable
        source
      }
    }
  }
`;

const ADD = graphql`
  mutation AbsencesAddMutation($input: AppointmentSetInput!) {
    appointmentSet(input: $input) {
      appointment {
        id
      }
      warnings
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const DELETE = graphql`
  mutation AbsencesDeleteMutation($input: AppointmentDeleteInput!) {
    appointmentDelete(input: $input) {
      employee {
        id
        ...Absences_employee
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const TEXT = graphql`
  mutation AbsencesTextMutation($input: AbsenceTextSetInput!) {
    absenceTextSet(input: $input) {
      employee {
        id
        ...Absences_employee
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const TONES: Readonly<Record<string, Tone>> = { PRESENT: "good", REACHABLE_APPOINTMENT: "good", AWAY: "warn", OUTSIDE_HOURS: "calm", HOLIDAY: "calm" };

export default function Absences() {
  const words = useCompanyCallsWords();
  const common = useCommon();
  const [turn, reread] = useTurn();
  const { secretariat } = useQuery<AbsencesQuery>(ABSENCES, {}, turn);
  const employees = secretariat?.employees.nodes ?? [];
  return (
    <Page title={words.absences} lead={words.absencesLead} back={{ href: "/calls", label: common.nav.calls }}>
      {employees.length === 0 ? (
        <Card>
          <Empty icon="users" title={words.noEmployees}>
            {words.noEmployeesHint}
          </Empty>
        </Card>
      ) : (
        <div className={classes["cards"]}>
          {employees.map((employee) => (
            <Person key={employee.id} employee={employee} reread={reread} />
          ))}
        </div>
      )}
    </Page>
  );
}

type Appointment = Absences_employee$data["appointments"]["nodes"][number];

function Person(props: { employee: Absences_employee$key; reread: () => void }) {
  const words = useCompanyCallsWords();
  const employee = useFragment(EMPLOYEE, props.employee);
  const { id, version, displayName, position, deputy, availability, absenceText } = employee;
  useRereadAt([availability.until], props.reread);
  const presences: Readonly<Record<string, string>> = words.presences;
  return (
    <Card
      title={displayName}
      actions={<Tag tone={TONES[availability.state] ?? "calm"}>{presences[availability.state] ?? availability.state}</Tag>}
    >
      <div className={classes["person"]}>
        <Soft>
          <UserText>{position}</UserText>
          {deputy && ` · ${words.deputyIs} ${deputy.displayName}`}
        </Soft>
        <Verdict decision={availability.decision} />
        {availability.said && (
          <p>
            {words.callersHear} <UserText>{availability.said}</UserText>
          </p>
        )}
        {employee.appointments.nodes.length > 0 && (
          <ul className={classes["appointments"]}>
            {employee.appointments.nodes.map((appointment) => (
              <Line key={appointment.id} appointment={appointment} reread={props.reread} />
            ))}
          </ul>
        )}
        <div className={classes["buttons"]}>
          <DialogTrigger>
            <Button isSmall icon="plus">
              {words.addAbsence}
            </Button>
            <Dialog title={words.addAbsenceOf(displayName)}>
              {(close) => <Add employeeId={id} close={close} reread={props.reread} />}
            </Dialog>
          </DialogTrigger>
          <DialogTrigger>
            <Button isSmall icon="list">
              {words.absenceText}
            </Button>
            <Dialog title={words.absenceText}>
              {(close) => <AbsenceText employeeId={id} version={version} text={absenceText ?? ""} close={close} />}
            </Dialog>
          </DialogTrigger>
        </div>
      </div>
    </Card>
  );
}

function Line({ appointment, reread }: { appointment: Appointment; reread: () => void }) {
  const words = useCompanyCallsWords();
  const format = useFormat();
  const [remove] = useMutation<AbsencesDeleteMutation>(DELETE);
  const { id, version, text, startsAt, endsAt, firstDay, lastDay, reachable, source } = appointment;
  const when =
    firstDay && lastDay ? (
      <>
        <DateOnly at={`${firstDay}T12:00:00Z`} />
        {lastDay !== firstDay && (
          <>
            {" – "}
            <DateOnly at={`${lastDay}T12:00:00Z`} />
          </>
        )}
      </>
    ) : (
      <>
        <time dateTime={`${startsAt}/${endsAt}`}>{format.range(startsAt, endsAt)}</time>
      </>
    );
  return (
    <li>
      <span>
        <UserText>{text}</UserText>
        <br />
        <Soft>
          {when}
          {reachable && ` · ${words.reachable}`}
        </Soft>
      </span>
      {source === "CALENDAR" ? (
        <Soft>{words.fromCalendar}</Soft>
      ) : (
        <Confirm
          trigger={
            <Button isSmall kind="quiet" icon="close" aria-label={words.deleteAbsence(text)} />
          }
          title={words.deleteAbsence(text)}
          action={words.delete}
          isDangerous
          onConfirm={async () => {
            const { errors } = await remove({ input: { appointmentId: id, expectedVersion: version } });
            if (errors.length === 0) reread();
            return errors[0]?.message ?? null;
          }}
        >
          {words.deleteCosts}
        </Confirm>
      )}
    </li>
  );
}

function Add({ employeeId, close, reread }: { employeeId: string; close: () => void; reread: () => void }) {
  const words = useCompanyCallsWords();
  const common = useCommon();
  const [text, setText] = useState("");
  const [firstDay, setFirstDay] = useState("");
  const [lastDay, setLastDay] = useState("");
  const [reachable, setReachable] = useState("no");
  const { send, isSending, errors } = useSubmission<AbsencesAddMutation>(ADD, "text", "firstDay", "lastDay");
  useUnsaved(text !== "");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ text, firstDay })) return;
    const response = await send((idempotencyKey) => ({
      input: { employeeId, text, firstDay, lastDay: lastDay || firstDay, reachable: reachable === "yes", idempotencyKey },
    }));
    if (!response) return;
    const warnings = response.appointmentSet?.warnings ?? [];
    toast(words.absenceAdded, warnings.length > 0 ? { body: warnings.join(" ") } : {});
    setText("");
    close();
    reread();
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <FormLayout>
        <Problems messages={errors.rest} />
        <Field label={words.whatFor} hint={words.whatForHint} value={text} onChange={setText} error={errors.of("text")} isRequired autoFocus />
        <Field label={words.firstDay} type="date" value={firstDay} onChange={setFirstDay} error={errors.of("firstDay")} isRequired />
        <Field label={words.lastDay} hint={words.lastDayHint} type="date" value={lastDay} onChange={setLastDay} error={errors.of("lastDay")} />
        <Select
          label={words.canBeReached}
          value={reachable}
          onChange={setReachable}
          choices={[
            { id: "no", label: words.no },
            { id: "yes", label: words.yes },
          ]}
        />
        <Button type="submit" kind="primary" isPending={isSending}>
          {isSending ? common.working : words.addAbsence}
        </Button>
      </FormLayout>
    </Form>
  );
}

function AbsenceText(props: { employeeId: string; version: number; text: string; close: () => void }) {
  const words = useCompanyCallsWords();
  const common = useCommon();
  const [text, setText] = useState(props.text);
  const { send, isSending, errors } = useSubmission<AbsencesTextMutation>(TEXT, "text");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = { employeeId: props.employeeId, expectedVersion: props.version, text: text.trim() || null };
    if (await send(() => ({ input }))) props.close();
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <FormLayout>
        <Problems messages={errors.rest} />
        <Field
          label={words.absenceText}
          hint={words.absenceTextHint}
          rows={3}
          maxLength={500}
          value={text}
          onChange={setText}
          error={errors.of("text")}
          autoFocus
        />
        <Button type="submit" kind="primary" isPending={isSending}>
          {isSending ? common.working : common.save}
        </Button>
      </FormLayout>
    </Form>
  );
}
