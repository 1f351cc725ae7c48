/** Asks until when found values are kept: the account decides it as their controller. */
import { useState, type FormEvent } from "react";
import { DialogTrigger, Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useCommon } from "../words/common.ts";
import { usePreferences } from "../words/language.ts";
import { instantIn } from "../words/zones.ts";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field, FormLayout, Problems, useSubmission } from "./Field.tsx";
import { useKnownWords } from "./knownWords.ts";
import { toast } from "./Toasts.tsx";
import type { KeepMutation } from "./__generated__/KeepMutation.graphql.ts";

const KEEP = graphql`
  mutation KeepMutation($input: SmartDataKeepInput!) {
    smartDataKeep(input: $input) {
      fields {
        id
        keptUntil
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

interface KeepProps {
  readonly fieldIds: readonly string[];
  readonly label: string;
  /** For screen readers, where several buttons have the same label. */
  readonly name?: string;
  readonly isSmall?: boolean;
  readonly reread: () => void;
}

export function Keep({ fieldIds, label, name, isSmall = false, reread }: KeepProps) {
  const words = useKnownWords();
  return (
    <DialogTrigger>
      <Button kind={isSmall ? "quiet" : "secondary"} isSmall={isSmall} {...(name && { "aria-label": name })}>
        {label}
      </Button>
      <Dialog title={words.keepTitle}>{(close) => <Until fieldIds={fieldIds} close={close} reread={reread} />}</Dialog>
    </DialogTrigger>
  );
}

function Until({ fieldIds, close, reread }: Pick<KeepProps, "fieldIds" | "reread"> & { close: () => void }) {
  const words = useKnownWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const [day, setDay] = useState("");
  const { send, isSending, errors } = useSubmission<KeepMutation>(KEEP, "until");
  const run = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ until: day })) return;
    const until = instantIn(timeZone, `${day}T23:59`) ?? "";
    if (!(await send(() => ({ input: { fieldIds, until } })))) return;
    toast(words.keptToast);
    reread();
    close();
  };
  return (
    <Form onSubmit={(event) => void run(event)} validationBehavior="aria">
      <FormLayout>
        <Problems messages={errors.rest} />
        <Field label={words.keepUntil} hint={words.keepHint} type="date" value={day} onChange={setDay} error={errors.of("until")} autoFocus />
        <div>
          <Button type="submit" kind="primary" isPending={isSending}>
            {isSending ? common.working : words.keep}
          </Button>
        </div>
      </FormLayout>
    </Form>
  );
}
