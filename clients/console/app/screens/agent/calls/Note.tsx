/** The note of a call: what the company asks, what the caller wants, and finishing, by Ctrl+Enter too. */
import { useRouter } from "@tanstack/react-router";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Checkbox, Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { Button } from "../../../parts/Button.tsx";
import { useCallWords } from "../../../parts/Call.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { Card, Values } from "../../../parts/Page.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./Calls.module.css";
import type { CallOutcome, NoteFinishMutation } from "./__generated__/NoteFinishMutation.graphql.ts";
import type { Note_call_contact$data, Note_call_contact$key } from "./__generated__/Note_call_contact.graphql.ts";
import { useCallsWords } from "./words.ts";

const CALL = graphql`
  fragment Note_call_contact on Call {
    id
    state
    outcome
    caller
    attempts {
      result
    }
    note {
      name
      company
      phone
      concern
      urgent
      answers {
        key
        label
        value
        refused
      }
    }
    script {
      askedFields {
        key
        label
        kind
        choices
        required
        builtIn
      }
      faq {
        id
        question
      }
    }
  }
`;

const FINISH = graphql`
  mutation NoteFinishMutation($input: CallFinishInput!) {
    callFinish(input: $input) {
      call {
        id
        version
        state
        outcome
        endedAt
        ...Note_call_contact
      }
      notices {
        outcome
        employee {
          id
          displayName
        }
        mail {
          outcome
        }
        sms {
          outcome
        }
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

const BUILT_IN = { NAME: "name", COMPANY: "company", PHONE: "phone", CONCERN: "concern" } as const;
const OUTCOMES = ["MESSAGE_TAKEN", "TRANSFERRED", "FAQ_ANSWERED", "ABANDONED"] as const satisfies readonly CallOutcome[];

type Answers = Readonly<Record<string, string>>;

export function Note(props: { call: Note_call_contact$key; employeeId: string | null; waives: readonly string[]; isMine: boolean }) {
  const call = useFragment(CALL, props.call);
  if (call.note && call.state === "FINISHED") return <Written note={call.note} />;
  if (!props.isMine) return null;
  return <Write call={call} employeeId={props.employeeId} waives={props.waives} />;
}

function Written({ note }: { note: NonNullable<Note_call_contact$data["note"]> }) {
  const words = useCallsWords();
  return (
    <Card title={words.note}>
      <Values
        items={[
          ...note.answers.map(
            ({ key, label, value, refused }) => [label, value ? <UserText key={key} lines>{value}</UserText> : refused ? words.refused : "–"] as const,
          ),
          [words.urgent, note.urgent ? words.yes : null],
        ]}
      />
    </Card>
  );
}

function Write({ call, employeeId, waives }: { call: Note_call_contact$data; employeeId: string | null; waives: readonly string[] }) {
  const words = useCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const router = useRouter();
  const [concern, setConcern] = useDraft(`call:${call.id}`);
  const [answers, setAnswers] = useState<Answers>(() => ({ PHONE: call.caller ?? "" }));
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [urgent, setUrgent] = useState(false);
  const wasTaken = call.attempts.some(({ result }) => result === "ACCEPTED");
  const [chosen, setChosen] = useState<CallOutcome | null>(null);
  const outcome = chosen ?? (wasTaken ? "TRANSFERRED" : "MESSAGE_TAKEN");
  const [faqEntryId, setFaqEntryId] = useState<string | null>(null);
  const { askedFields, faq } = call.script;
  const { send, isSending, errors } = useSubmission<NoteFinishMutation>(
    FINISH,
    "name",
    "company",
    "phone",
    "concern",
    "outcome",
    "faqEntryId",
    ...askedFields.map(({ key }) => key),
  );
  useUnsaved(concern !== "");

  const valueOf = (key: string): string => (key === "CONCERN" ? concern : (answers[key] ?? ""));
  const set = (key: string, value: string): void => {
    if (key === "CONCERN") setConcern(value);
    else setAnswers({ ...answers, [key]: value });
  };
  const isWaived = (key: string): boolean => waives.includes(key);

  const submit = async (): Promise<void> => {
    const text = (key: string): string | null => valueOf(key).trim() || null;
    const others = askedFields.filter(({ builtIn }) => !builtIn);
    const input = {
      callId: call.id,
      outcome,
      wantedEmployeeId: employeeId,
      faqEntryId: outcome === "FAQ_ANSWERED" ? faqEntryId : null,
      note: {
        name: text("NAME"),
        company: text("COMPANY"),
        phone: text("PHONE"),
        concern: text("CONCERN"),
        urgent,
        answers: others.flatMap(({ key }) => (text(key) ? [{ key, value: text(key)! }] : [])),
        refused: [...refused],
      },
    };
    const response = await send(() => ({ input })); // the same note gets the first answer
    if (!response) return;
    setConcern("");
    const { warnings = [], notices = [] } = response.callFinish ?? {};
    const told = notices
      .filter(({ mail }) => mail.outcome !== "NOTHING")
      .map(({ employee, sms }) => (sms && sms.outcome !== "NONE" ? words.toldBoth : words.toldMail)(employee.displayName));
    toast(words.finished, { body: [...warnings, ...(told.length > 0 ? told : [words.toldNobody])].join(" ") });
    setTimeout(() => void router.navigate({ to: "/calls" })); // after the draft is seen to be empty
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  };

  return (
    <Card title={words.note}>
      <Form onSubmit={onSubmit} validationBehavior="aria">
        <div onKeyDown={onKeyDown}>
        <FormLayout>
          {askedFields.map(({ key, label, kind, choices, required, builtIn }) => {
            const name = builtIn ? BUILT_IN[key as keyof typeof BUILT_IN] : key;
            const hint = isWaived(key) ? words.waived : undefined;
            if (kind === "CHOICE") {
              return (
                <Select
                  key={key}
                  label={label}
                  hint={hint}
                  value={valueOf(key) || null}
                  onChange={(value) => set(key, value)}
                  choices={choices.map((id) => ({ id, label: id }))}
                  error={errors.of(name) ?? errors.of(key)}
                />
              );
            }
            const isRefused = refused.has(key);
            return (
              <div key={key}>
                <Field
                  label={label}
                  hint={hint}
                  {...(key === "CONCERN" && { rows: 4 })}
                  type={kind === "PHONE" ? "tel" : kind === "EMAIL" ? "email" : kind === "DATE" ? "date" : "text"}
                  value={valueOf(key)}
                  onChange={(value) => set(key, value)}
                  isDisabled={isRefused}
                  error={errors.of(name) ?? errors.of(key)}
                />
                {required && !isWaived(key) && key !== "CONCERN" && (
                  <Tick
                    isSelected={isRefused}
                    onChange={(isOn) => {
                      const next = new Set(refused);
                      if (isOn) next.add(key);
                      else next.delete(key);
                      setRefused(next);
                    }}
                  >
                    {words.wouldNotSay(label)}
                  </Tick>
                )}
              </div>
            );
          })}
          <Tick isSelected={urgent} onChange={setUrgent}>
            {words.urgent}
          </Tick>
          <Select
            label={words.outcome}
            value={outcome}
            onChange={(id) => setChosen(id as CallOutcome)}
            choices={OUTCOMES.map((id) => ({ id, label: said.outcomes[id] }))}
            error={errors.of("outcome")}
          />
          {outcome === "FAQ_ANSWERED" && (
            <Select
              label={words.faqEntry}
              value={faqEntryId}
              onChange={setFaqEntryId}
              choices={faq.map(({ id, question }) => ({ id, label: question }))}
              error={errors.of("faqEntryId")}
            />
          )}
          <Problems messages={errors.rest} />
          <Button type="submit" kind="primary" icon="check" isPending={isSending}>
            {isSending ? common.working : words.finish}
          </Button>
          <p>{words.finishHint}</p>
        </FormLayout>
        </div>
      </Form>
    </Card>
  );
}

function Tick({ children, ...others }: { children: string; isSelected: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <Checkbox {...others} className={classes["tick"] ?? ""}>
      {({ isSelected }) => (
        <>
          <span aria-hidden="true">{isSelected ? "☑" : "☐"}</span> {children}
        </>
      )}
    </Checkbox>
  );
}
