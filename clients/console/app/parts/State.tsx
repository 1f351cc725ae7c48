/** What a screen or a list shows instead of rows: nothing yet, nothing at all, or a failure. */
import { Component, Suspense, useState, type ReactNode } from "react";
import { SessionEndedError } from "leadgate-client";
import { AttemptContext } from "../data/query.ts";
import { RefusedError } from "../data/network.ts";
import { useCommon } from "../words/common.ts";
import { Button, ButtonLink } from "./Button.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import classes from "./State.module.css";

/** An empty list: say what would be here, and how it gets here. */
export function Empty({ icon = "inbox", title, children, action }: { icon?: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes["state"]}>
      <span className={classes["icon"]}>
        <Icon name={icon} size={24} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** Grey lines in the shape of what comes. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const words = useCommon();
  return (
    <div className={classes["loading"]} role="status" aria-label={words.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className={classes["bar"]} />
      ))}
    </div>
  );
}

/** The object of an address is not there, or not the viewer's: both look the same. */
export function NotFound() {
  const words = useCommon();
  return (
    <Empty icon="search" title={words.notFoundTitle} action={<ButtonLink href="/">{words.backToDesk}</ButtonLink>}>
      {words.notFoundBody}
    </Empty>
  );
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const words = useCommon();
  if (error instanceof SessionEndedError) return null; // the page is about to show the sign-in
  const isForbidden = error instanceof RefusedError && error.code === "FORBIDDEN";
  return (
    <div role="alert">
      <Empty
        icon={isForbidden ? "lock" : "alert"}
        title={isForbidden ? words.forbiddenTitle : words.failedTitle}
        action={isForbidden ? <ButtonLink href="/">{words.backToDesk}</ButtonLink> : <Button onPress={retry}>{words.retry}</Button>}
      >
        {isForbidden ? words.forbiddenBody : words.failedBody}
      </Empty>
    </div>
  );
}

class Catch extends Component<{ children: ReactNode; retry: () => void }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Failed error={this.state.error} retry={this.props.retry} />;
  }
}

/** Shows its content, or that it loads, or that it failed, with a button that tries again. */
export function Boundary({ children, rows }: { children: ReactNode; rows?: number }) {
  const [attempt, setAttempt] = useState(0);
  return (
    <AttemptContext value={attempt}>
      <Catch key={attempt} retry={() => setAttempt((count) => count + 1)}>
        <Suspense fallback={<Loading {...(rows !== undefined && { rows })} />}>{children}</Suspense>
      </Catch>
    </AttemptContext>
  );
}
