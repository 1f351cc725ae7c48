/** A box that is ticked or not, with its label beside it. */
import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components";
import classes from "./Check.module.css";
import { Icon } from "./Icon.tsx";

export interface CheckProps {
  readonly children?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  /** Names the box where its label is elsewhere, such as in the heading of a table. */
  readonly label?: string;
}

export function Check({ children, label, ...others }: CheckProps) {
  return (
    <Checkbox {...others} className={classes["check"]} {...(label && { "aria-label": label })}>
      <span className={classes["box"]}>
        <Icon name="check" size={14} />
      </span>
      {children && <span>{children}</span>}
    </Checkbox>
  );
}
