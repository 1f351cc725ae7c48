/** The parameters of one area, each with its bounds and what it is in the latest version. */
import { useState } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { Button } from "../../../parts/Button.tsx";
import { DurationField } from "../../../parts/Duration.tsx";
import { Field, Select } from "../../../parts/Field.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { useFormat } from "../../../words/format.ts";
import classes from "./NewPolicy.module.css";
import { fieldKey, type Value } from "./draft.ts";
import type { ParameterField } from "./NewPolicy.tsx";
import { problemFor } from "./problems.ts";
import { said, timeOf } from "./said.ts";
import { usePolicyWords } from "./words.ts";

interface AreaProps {
  readonly fields: readonly ParameterField[];
  readonly base: Readonly<Record<string, Value>>;
  readonly given: Readonly<Record<string, Value>>;
  /** The names, with their areas, of fields that differ from the latest version. */
  readonly changed: ReadonlySet<string>;
  /** What is wrong, by the same names. */
  readonly problems: ReadonlyMap<string, string>;
  /** The labels of the fields of all areas, by the same names. */
  readonly labels: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
  readonly onChange: (field: string, value: Value) => void;
}

export function Area({ fields, base, given, changed, problems, labels, isOpen, onChange }: AreaProps) {
  const words = usePolicyWords();
  const format = useFormat();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const own = fields.map(({ area, field }) => fieldKey(area, field));
  const changes = own.filter((name) => changed.has(name)).length;
  const wrong = own.filter((name) => problems.has(name)).length;
  const isExpanded = wrong > 0 || (chosen ?? (isOpen || changes > 0));
  return (
    <Disclosure className={classes["area"]} isExpanded={isExpanded} onExpandedChange={setChosen}>
      <Heading level={2} className={classes["heading"]}>
        <AriaButton slot="trigger" className={classes["trigger"]}>
          <Icon name="chevron" size={16} />
          <span>{fields[0]?.areaLabel}</span>
          {changes > 0 && <Tag tone="accent">{format.plural(changes, words.changed)}</Tag>}
          {wrong > 0 && <Tag tone="bad">{format.plural(wrong, words.wrong)}</Tag>}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <div className={classes["fields"]}>
          {fields.map((field) => {
            const name = fieldKey(field.area, field.field);
            const before = base[field.field] ?? "";
            const problem = problems.get(name);
            const error = problem && problemFor(name, problem, labels, (number) => said(field, number, format, words));
            return (
              <div key={name} className={classes["parameter"]} data-changed={changed.has(name) || undefined}>
                <Parameter field={field} value={given[field.field] ?? ""} before={before} error={error} onChange={(value) => onChange(field.field, value)} />
                {changed.has(name) && (
                  <span className={classes["undo"]}>
                    <Button isSmall kind="quiet" onPress={() => onChange(field.field, before)}>
                      {words.undo(said(field, before, format, words))}
                    </Button>
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}

interface ParameterProps {
  readonly field: ParameterField;
  readonly value: Value;
  readonly before: Value;
  readonly error: string | undefined;
  readonly onChange: (value: Value) => void;
}

function Parameter({ field, value, before, error, onChange }: ParameterProps) {
  const words = usePolicyWords();
  const format = useFormat();
  const { unit, low, high, label } = field;
  const bounds = low != null && high != null ? words.bounds(said(field, low, format, words), said(field, high, format, words)) : null;
  const hint = [bounds, words.latest(said(field, before, format, words))].filter(Boolean).join(" · ");
  const shared = { label, hint, error: error ?? null };
  if (unit === "SWITCH") {
    return (
      <Select
        {...shared}
        value={value === true ? "on" : "off"}
        onChange={(id) => onChange(id === "on")}
        choices={[
          { id: "on", label: words.on },
          { id: "off", label: words.off },
        ]}
      />
    );
  }
  if (unit === "HOURS_TABLE") {
    return <Select {...shared} value={String(value)} onChange={onChange} choices={field.values.map((id) => ({ id, label: id }))} />;
  }
  if (unit === "SECONDS") return <DurationField {...shared} value={typeof value === "boolean" ? "" : value} onChange={onChange} />;
  if (unit === "TIME_ZONE" || unit === "PLACE") return <Field {...shared} value={String(value)} onChange={onChange} maxLength={60} />;
  if (unit === "MINUTES_OF_THE_DAY") {
    return (
      <Field
        {...shared}
        type="time"
        value={typeof value === "number" ? timeOf(value) : String(value)}
        onChange={(text) => {
          const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
          onChange(hours && minutes ? Number(hours) * 60 + Number(minutes) : text);
        }}
      />
    );
  }
  return <Field {...shared} inputMode="numeric" value={String(value)} onChange={(text) => onChange(/^-?\d{1,15}$/.test(text) ? Number(text) : text)} />;
}
