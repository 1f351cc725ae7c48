/** Buttons and links that look like buttons. */
import type { ReactNode } from "react";
import { Button as AriaButton, Link as AriaLink, type ButtonProps as AriaButtonProps, type LinkProps } from "react-aria-components";
import classes from "./Button.module.css";
import { Icon, type IconName } from "./Icon.tsx";

type Kind = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  readonly kind?: Kind;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly isSmall?: boolean;
}

const classOf = (kind: Kind, isSmall: boolean, isBare: boolean): string =>
  [classes["button"], classes[kind], isSmall && classes["small"], isBare && classes["bare"]].filter(Boolean).join(" ");

/** A button; with an icon only, give it an `aria-label`. */
export function Button({ kind = "secondary", icon, children, isSmall = false, ...others }: ButtonProps) {
  return (
    <AriaButton {...others} className={classOf(kind, isSmall, children === undefined)}>
      {icon && <Icon name={icon} size={isSmall ? 16 : 18} />}
      {children}
    </AriaButton>
  );
}

export function ButtonLink({
  kind = "secondary",
  icon,
  children,
  isSmall = false,
  ...others
}: Omit<LinkProps, "children" | "className" | "style"> & Pick<ButtonProps, "kind" | "icon" | "children" | "isSmall">) {
  return (
    <AriaLink {...others} className={classOf(kind, isSmall, false)}>
      {icon && <Icon name={icon} size={isSmall ? 16 : 18} />}
      {children}
    </AriaLink>
  );
}
