/** What the server shows only once, until the user has stored it. */
import type { ReactNode } from "react";
import { Button } from "../../../parts/Button.tsx";
import classes from "./Settings.module.css";
import { useMessageWords } from "./messageWords.ts";

export function Secret({ title, hint, onDone, children }: { title: string; hint: string; onDone: () => void; children: ReactNode }) {
  const words = useMessageWords();
  return (
    <section className={classes["secret"]} aria-label={title} role="status">
      <strong>{title}</strong>
      <div className={classes["code"]}>{children}</div>
      <p>{hint}</p>
      <div>
        <Button isSmall icon="check" onPress={onDone}>
          {words.stored}
        </Button>
      </div>
    </section>
  );
}
