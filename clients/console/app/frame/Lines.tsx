/** Lines above each screen, when what it shows may be old: no events, a busy server, or a new build. */
import { useEffect, useState, type ReactNode } from "react";
import { outdated } from "../data/build.ts";
import { clock } from "../data/clock.ts";
import { retryingAt } from "../data/network.ts";
import { useLive } from "../data/query.ts";
import { useWatched } from "../data/store.ts";
import { Button } from "../parts/Button.tsx";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { useSecond } from "../parts/Text.tsx";
import { useCommon } from "../words/common.ts";
import { useFormat } from "../words/format.ts";
import classes from "./Lines.module.css";

const PATIENCE_MS = 5_000; // until a lost connection is mentioned

export function Lines() {
  const words = useCommon();
  const isOutdated = useWatched(outdated);
  const { live, since } = useWatched(useLive().status);
  const retry = useWatched(retryingAt);
  const isStale = useLongerThan(!live, PATIENCE_MS);
  return (
    <div role="status" className={classes["lines"]}>
      {isStale && <Stale since={since} />}
      {retry !== null && <Retry at={retry} />}
      {isOutdated && (
        <Line icon="alert">
          <span>{words.newBuild}</span>
          <Button isSmall onPress={() => location.reload()}>
            {words.newBuildNow}
          </Button>
        </Line>
      )}
    </div>
  );
}

function Line({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <div className={classes["line"]}>
      <Icon name={icon} />
      {children}
    </div>
  );
}

function Stale({ since }: { since: number }) {
  const words = useCommon();
  const format = useFormat();
  useSecond();
  return <Line icon="clock">{words.notLive(format.time(new Date(since).toISOString()), format.duration((clock.now() - since) / 1_000))}</Line>;
}

function Retry({ at }: { at: number }) {
  const words = useCommon();
  const format = useFormat();
  useSecond();
  return <Line icon="clock">{words.retryingIn(format.duration(Math.max(1, (at - clock.now()) / 1_000)))}</Line>;
}

/** Whether a state has lasted for some time. */
function useLongerThan(isOn: boolean, milliseconds: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setTimeout(() => setLong(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isOn, milliseconds]);
  return isLong;
}
