/** Form fields with the server's refusals at the field that they are about. */
import { newKey } from "leadgate-client";
import { useRef, useState, type ReactNode } from "react";
import {
  Button as AriaButton,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";
import type { GraphQLTaggedNode } from "react-relay";
import type { MutationParameters } from "relay-runtime";
import { refusalOf } from "../data/network.ts";
import { useMutation } from "../data/query.ts";
import type { UserError } from "../data/refusals.ts";
import { useCommon } from "../words/common.ts";
import classes from "./Field.module.css";
import { Icon } from "./Icon.tsx";

interface Shared {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Why the server or the form refuses the value. */
  readonly error?: string | null | undefined;
}

export interface FieldProps extends Shared, Omit<AriaTextFieldProps, "children" | "className" | "style"> {
  /** Several lines. */
  readonly rows?: number;
  readonly placeholder?: string;
}

export function Field({ label, hint, error, rows, placeholder, ...others }: FieldProps) {
  return (
    <AriaTextField {...others} isInvalid={Boolean(error)} className={classes["field"]} validationBehavior="aria">
      <Label className={classes["label"]}>{label}</Label>
      {rows ? (
        <TextArea rows={rows} className={classes["input"]} placeholder={placeholder} />
      ) : (
        <Input className={classes["input"]} placeholder={placeholder} />
      )}
      <Below hint={hint} error={error} />
    </AriaTextField>
  );
}

function Below({ hint, error }: Pick<Shared, "hint" | "error">) {
  return (
    <>
      {hint && (
        <Text slot="description" className={classes["hint"]}>
          {hint}
        </Text>
      )}
      <FieldError className={classes["error"]}>{error}</FieldError>
    </>
  );
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface SelectProps extends Shared {
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  /** Called when the choices are shown, so that costly ones are read only then. */
  readonly onOpen?: () => void;
  readonly name?: string;
  readonly isDisabled?: boolean;
}

export function Select({ label, hint, error, choices, value, onChange, onOpen, ...others }: SelectProps) {
  const { choose } = useCommon();
  return (
    <AriaSelect
      {...others}
      placeholder={choose}
      onOpenChange={(isOpen) => isOpen && onOpen?.()}
      className={classes["field"]}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={classes["label"]}>{label}</Label>
      <AriaButton className={`${classes["input"]} ${classes["select"]}`}>
        <SelectValue className={classes["value"]} />
        <span aria-hidden="true" className={classes["chevron"]}>
          <Icon name="chevron" size={16} />
        </span>
      </AriaButton>
      <Below hint={hint} error={error} />
      <Popover className={classes["popover"]}>
        <ListBox items={choices} className={classes["list"]}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={classes["option"]}>
              {({ isSelected }) => (
                <>
                  <span>{choice.label}</span>
                  {isSelected && <Icon name="check" size={16} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** The refusals of a form: `of` returns those of a field, `rest` those that are about none of the shown fields. */
export interface FormErrors {
  readonly of: (name: string) => string | null;
  readonly rest: readonly string[];
  /** Whether one of the refusals has this code. */
  readonly has: (code: string) => boolean;
  readonly set: (errors: readonly UserError[]) => void;
  /** Says what the server said if it refused the whole request; without an answer, that it may have been done. Returns it. */
  readonly fail: (error: unknown) => string;
  readonly require: (values: Readonly<Record<string, string>>) => boolean;
}

/** `fields` are the names that the form shows, as in the mutation's input. */
export function useFormErrors(...fields: string[]): FormErrors {
  const words = useCommon();
  const [errors, set] = useState<readonly UserError[]>([]);
  const nameOf = ({ field }: UserError): string | undefined => fields.find((name) => field.includes(name));
  return {
    of: (name) => errors.find((error) => nameOf(error) === name)?.message ?? null,
    rest: errors.filter((error) => nameOf(error) === undefined).map(({ message }) => message),
    has: (code) => errors.some((error) => error.code === code),
    set,
    fail: (error) => {
      const message = refusalOf(error) ?? words.unsureBody;
      set([{ code: "UNAVAILABLE", field: [], message }]);
      return message;
    },
    require: (values) => {
      const missing = Object.entries(values)
        .filter(([, value]) => value.trim() === "")
        .map(([name]) => ({ code: "REQUIRED", field: ["input", name], message: words.required }));
      set(missing);
      return missing.length === 0;
    },
  };
}

/** What a form sends, whether it is being sent, and the refusals. */
export interface Submission<M extends MutationParameters> {
  /** Resolves with the response, or with null if nothing was done: `errors` then say why. Does nothing while it runs. */
  readonly send: (variablesOf: (idempotencyKey: string) => M["variables"]) => Promise<M["response"] | null>;
  readonly isSending: boolean;
  readonly errors: FormErrors;
  /** Why the last one was not done, for a dialog; null if it was. */
  readonly refusal: () => string | null;
}

/**
 * The mutation of a form that shows these fields. Each answer is the end of an idempotency key; a request without an
 * answer is repeated with its key.
 */
export function useSubmission<M extends MutationParameters>(mutation: GraphQLTaggedNode, ...fields: string[]): Submission<M> {
  const [run, isSending] = useMutation<M>(mutation);
  const [key, setKey] = useState(newKey);
  const errors = useFormErrors(...fields);
  const last = useRef<string | null>(null);
  const send = async (variablesOf: (idempotencyKey: string) => M["variables"]): Promise<M["response"] | null> => {
    if (isSending) return null;
    try {
      const outcome = await run(variablesOf(key));
      errors.set(outcome.errors);
      setKey(newKey());
      last.current = outcome.errors.length > 0 ? outcome.errors.map(({ message }) => message).join(" ") : null;
      return outcome.errors.length > 0 ? null : outcome.response;
    } catch (error) {
      last.current = errors.fail(error);
      return null;
    }
  };
  return { send, isSending, errors, refusal: () => last.current };
}

/** The refusals that are about no field, above the button. */
export function Problems({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <div role="alert" className={classes["problems"]}>
      <Icon name="alert" />
      <div>
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
    </div>
  );
}

/** Fields one below the other. */
export function FormLayout({ children }: { children: ReactNode }) {
  return <div className={classes["form"]}>{children}</div>;
}
