/** Texts that people wrote, times and amounts. */
import { useSyncExternalStore, type ReactNode } from "react";
import { clock, everySecond } from "../data/clock.ts";
import { useFormat } from "../words/format.ts";
import { useCommon } from "../words/common.ts";
import classes from "./Text.module.css";

/** A text that somebody wrote: isolated from its surroundings, and broken anywhere if it has no blank. */
export function UserText({ children, lines = false }: { children: string | null | undefined; lines?: boolean }) {
  return <bdi className={lines ? classes["lines"] : undefined}>{children}</bdi>;
}

export function DateTime({ at }: { at: string }) {
  return <time dateTime={at}>{useFormat().dateTime(at)}</time>;
}

export function DateOnly({ at }: { at: string }) {
  return <time dateTime={at}>{useFormat().date(at)}</time>;
}

export function Points({ value }: { value: number }) {
  return <span className={classes["number"]}>{useFormat().points(value)}</span>;
}

const seconds = (): number => Math.floor(clock.now() / 1_000);

/** The whole second of the server's clock; components that use it are drawn again each second. */
export function useSecond(): number {
  return useSyncExternalStore(everySecond, seconds);
}

/**
 * The time left until an instant, by the server's clock. It never decides anything: what changes at the instant is
 * read again by the screen, with `useRereadAt`. `past` is what to say afterwards, where nothing follows.
 */
export function Countdown({ until, isLarge = false, past }: { until: string; isLarge?: boolean; past?: string }) {
  const format = useFormat();
  const words = useCommon();
  const left = Math.ceil(Date.parse(until) / 1_000) - useSecond();
  return (
    <time
      dateTime={until}
      title={format.dateTime(until)}
      className={`${classes["countdown"]} ${isLarge ? classes["large"] : ""}`}
      data-soon={(left < 3_600 && (left > 0 || past === undefined)) || undefined}
    >
      {left > 0 ? format.duration(left) : (past ?? words.now)}
    </time>
  );
}

/** A text that only screen readers say. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={classes["hidden"]}>{children}</span>;
}

export function Soft({ children }: { children: ReactNode }) {
  return <span className={classes["soft"]}>{children}</span>;
}
