/** A field with many choices, found by typing. */
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
}

export function Combo({ label, choices, value, onChange, error }: ComboProps) {
  return (
    <ComboBox
      className={classes["field"]}
      defaultItems={choices}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={classes["label"]}>{label}</Label>
      <span className={classes["combo"]}>
        <Input className={classes["input"]} />
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
