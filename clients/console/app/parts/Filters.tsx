/** The bar of filters above a list. */
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import classes from "./Filters.module.css";
import { Empty } from "./State.tsx";

/** Where the screen is narrow, the fields are folded behind a button. */
export function Filters({ children, isFiltered, onClear }: { children: ReactNode; isFiltered: boolean; onClear: () => void }) {
  const words = useCommon();
  const [isOpen, setOpen] = useState(false);
  return (
    <search aria-label={words.filters} className={classes["filters"]} data-open={isOpen || undefined}>
      <div className={classes["fold"]}>
        <Button icon="filter" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {words.filters}
        </Button>
      </div>
      {children}
      {isFiltered && (
        <Button kind="quiet" icon="close" onPress={onClear}>
          {words.clearFilters}
        </Button>
      )}
    </search>
  );
}

/** What a list shows if its filters leave nothing, with a button that clears them. */
export function NoMatches({ title, children, clear }: { title: string; children?: ReactNode; clear: () => void }) {
  const words = useCommon();
  return (
    <Empty icon="filter" title={title} action={<Button onPress={clear}>{words.clearFilters}</Button>}>
      {children}
    </Empty>
  );
}

const PAUSE_MS = 350;

/** A text that filters shortly after the last key, or with Enter. */
export function FilterText({ value, onChange, type = "search", ...others }: Omit<FieldProps, "value" | "onChange"> & { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  const given = useRef(value);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (value !== given.current) setText(value); // changed elsewhere, such as by "clear"
    given.current = value;
  }, [value]);
  useEffect(() => {
    if (text === given.current) return undefined;
    const timer = setTimeout(() => {
      given.current = text;
      latest.current(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <Field {...others} type={type} value={text} onChange={setText} />;
}
