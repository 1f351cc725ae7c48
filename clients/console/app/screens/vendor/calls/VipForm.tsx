/** The form of a caller who is treated in a special way: a new one, or the changes of one. */
import { useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { Button } from "../../../parts/Button.tsx";
import { Check } from "../../../parts/Check.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./Vips.module.css";
import type { VipFormMutation, VipTreatment } from "./__generated__/VipFormMutation.graphql.ts";
import type { Vips_row_contact$data } from "./__generated__/Vips_row_contact.graphql.ts";
import { useVipWords } from "./vipWords.ts";

export type Vip = Vips_row_contact$data[number];

const SET = graphql`
  mutation VipFormMutation($input: VipCallerSetInput!) {
    vipCallerSet(input: $input) {
      vipCaller {
        id
        ...Vips_row_contact
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

export interface VipFormProps {
  /** The one to change; a new one without it. */
  readonly vip?: Vip;
  readonly fields: readonly { readonly key: string; readonly label: string }[];
  readonly employees: readonly { readonly id: string; readonly displayName: string }[];
  readonly close: () => void;
  readonly reread: () => void;
}

export function VipForm({ vip, fields, employees, close, reread }: VipFormProps) {
  const words = useVipWords();
  const common = useCommon();
  const [name, setName] = useState(vip?.name ?? "");
  const [number, setNumber] = useState(vip?.number ?? "");
  const [block, setBlock] = useState(vip?.block ?? false);
  const [note, setNote] = useState(vip?.note ?? "");
  const [treatment, setTreatment] = useState<string>(vip?.treatment ?? "PREFERRED");
  const [employeeId, setEmployee] = useState("");
  const [waives, setWaives] = useState<readonly string[]>(vip?.waives ?? []);
  const { send, isSending, errors } = useSubmission<VipFormMutation>(SET, "name", "number", "note", "employeeId");
  useUnsaved(name !== (vip?.name ?? "") || number !== (vip?.number ?? "") || note !== (vip?.note ?? ""));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ name, number })) return;
    const response = await send((idempotencyKey) => ({
      input: {
        name,
        number,
        block,
        note,
        treatment: treatment as VipTreatment,
        // A question that the company no longer asks cannot be left out.
        waives: fields.map(({ key }) => key).filter((key) => waives.includes(key)),
        ...(vip ? { vipCallerId: vip.id, expectedVersion: vip.version } : { employeeId: employeeId || null, idempotencyKey }),
      },
    }));
    if (!response) return;
    const warnings = response.vipCallerSet?.warnings ?? [];
    toast(vip ? words.changed(name) : words.added(name), warnings.length > 0 ? { body: warnings.join(" ") } : {});
    close();
    reread();
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <FormLayout>
        <Problems messages={errors.rest} />
        <Field label={words.name} hint={words.nameHint} value={name} onChange={setName} error={errors.of("name")} isRequired autoFocus />
        <Field
          label={words.number}
          hint={words.numberHint}
          type="tel"
          value={number}
          onChange={setNumber}
          // The API names the other entry by its id, which nobody can read.
          error={errors.has("CONFLICT") && errors.of("number") ? words.exists : errors.of("number")}
          isRequired
        />
        <Check isSelected={block} onChange={setBlock}>
          {words.block}
        </Check>
        <Select
          label={words.treatment}
          hint={words.treatmentHints[treatment as keyof typeof words.treatmentHints]}
          value={treatment}
          onChange={setTreatment}
          choices={Object.entries(words.treatments).map(([id, label]) => ({ id, label }))}
        />
        {vip ? (
          <p>
            {words.whose}: {vip.employee?.displayName ?? words.company}
            <br />
            <Soft>{words.whoseStays}</Soft>
          </p>
        ) : (
          <Select
            label={words.whose}
            hint={words.whoseHint}
            value={employeeId}
            onChange={setEmployee}
            error={errors.of("employeeId")}
            choices={[{ id: "", label: words.company }, ...employees.map(({ id, displayName }) => ({ id, label: displayName }))]}
          />
        )}
        <Field label={words.note} hint={words.noteHint} rows={3} value={note} onChange={setNote} error={errors.of("note")} />
        <fieldset className={classes["waives"]}>
          <legend>{words.waives}</legend>
          {fields.map(({ key, label }) => (
            <Check
              key={key}
              isSelected={waives.includes(key)}
              onChange={(isSelected) => setWaives(isSelected ? [...waives, key] : waives.filter((one) => one !== key))}
            >
              {label}
            </Check>
          ))}
        </fieldset>
        <Button type="submit" kind="primary" isPending={isSending}>
          {isSending ? common.working : vip ? common.save : words.add}
        </Button>
      </FormLayout>
    </Form>
  );
}
