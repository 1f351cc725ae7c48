/** A word with a colour: a state at a glance. The word alone says it as well. */
import type { ReactNode } from "react";
import classes from "./Tag.module.css";

export type Tone = "good" | "warn" | "bad" | "calm" | "accent";

export function Tag({ tone = "calm", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${classes["tag"]} ${classes[tone]}`}>{children}</span>;
}
