/** A message that is being written to the other side, and the button that sends it. */
import type { FormEvent, ReactNode } from "react";
import { Form } from "react-aria-components";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import { Field, FormLayout, Problems, type FormErrors } from "./Field.tsx";

export interface WritingProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The word on the button. */
  readonly action: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly isSending: boolean;
  /** The refusals of the mutation, whose field is `text`. */
  readonly errors: FormErrors;
  /** Sends the text, which is not empty; resolves with null if it was refused. */
  readonly onSend: () => Promise<object | null>;
  /** Called after it was sent; the text is empty then. */
  readonly onSent: () => void;
}

export function Writing({ label, hint, action, text, onText, isSending, errors, onSend, onSent }: WritingProps) {
  const common = useCommon();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ text }) || !(await onSend())) return;
    onText("");
    onSent();
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <FormLayout>
        <Problems messages={errors.rest} />
        <Field label={label} hint={hint} rows={3} value={text} onChange={onText} error={errors.of("text")} maxLength={5000} />
        <div>
          <Button type="submit" icon="arrow" isPending={isSending}>
            {isSending ? common.working : action}
          </Button>
        </div>
      </FormLayout>
    </Form>
  );
}
