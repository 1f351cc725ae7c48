/** Short notes that something was done or has happened; screen readers say them. */
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import classes from "./Toasts.module.css";

interface Note {
  readonly title: string;
  readonly body?: string | null;
  readonly tone: "good" | "accent" | "bad";
}

const SHOWN_MS = 7_000;
const queue = new ToastQueue<Note>({ maxVisibleToasts: 3 });

export function toast(title: string, { body = null, tone = "good" }: { body?: string | null; tone?: Note["tone"] } = {}): void {
  queue.add({ title, body, tone }, { timeout: SHOWN_MS });
}

export const clearToasts = (): void => queue.clear();

const ICONS = { good: "check", accent: "bell", bad: "alert" } as const;

export function Toasts({ label }: { label: string }) {
  const words = useCommon();
  return (
    <ToastRegion queue={queue} className={classes["region"]} aria-label={label}>
      {({ toast: shown }) => (
        <Toast toast={shown} className={classes["toast"]}>
          <span className={classes[shown.content.tone]}>
            <Icon name={ICONS[shown.content.tone]} />
          </span>
          <ToastContent className={classes["content"]}>
            <Text slot="title">{shown.content.title}</Text>
            {shown.content.body && <Text slot="description">{shown.content.body}</Text>}
          </ToastContent>
          <Button slot="close" kind="quiet" icon="close" isSmall aria-label={words.close} />
        </Toast>
      )}
    </ToastRegion>
  );
}
