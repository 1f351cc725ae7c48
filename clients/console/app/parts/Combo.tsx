/** A field with many choices, found by typing. */
import { useRef } from "react";
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { Choice } from "./Field.tsx";
import classes from "./Field.module.css";
import { Icon } from "./Icon.tsx";

export interface ComboProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error?: string | null;
  readonly isRequired?: boolean;
}

/** The choice whose name or id this text is, in any case. */
export function choiceOf(text: string, choices: readonly Choice[]): Choice | undefined {
  const written = text.trim().toLocaleLowerCase();
  return choices.find(({ label }) => label.toLocaleLowerCase() === written) ?? choices.find(({ id }) => id.toLocaleLowerCase() === written);
}

export function Combo({ label, choices, value, onChange, error, isRequired = false }: ComboProps) {
  const written = useRef("");
  /** What was written in full is chosen without the list. */
  const leave = (): void => {
    const choice = choiceOf(written.current, choices);
    written.current = "";
    if (choice && choice.id !== value) setTimeout(() => onChange(choice.id)); // after the field has given up what was written
  };
  return (
    <ComboBox
      className={classes["field"]}
      defaultItems={choices}
      selectedKey={value === "" ? null : value}
      onSelectionChange={(key) => {
        if (key === null) return;
        written.current = "";
        onChange(String(key));
      }}
      onBlur={leave}
      isRequired={isRequired}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={classes["label"]}>{label}</Label>
      <span className={classes["combo"]}>
        <Input className={classes["input"]} onInput={(event) => void (written.current = event.currentTarget.value)} />
        <Button className={classes["open"]}>
          <span aria-hidden="true" className={classes["chevron"]}>
            <Icon name="chevron" size={16} />
          </span>
        </Button>
      </span>
      <FieldError className={classes["error"]}>{error}</FieldError>
      <Popover className={classes["popover"]}>
        <ListBox<Choice> className={classes["list"]}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={classes["option"]}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
