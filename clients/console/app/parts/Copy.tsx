/** A button that copies a value, such as a phone number, and says that it did. */
import { useEffect, useState } from "react";
import { catalog } from "../words/language.ts";
import { useCommon } from "../words/common.ts";
import { Button } from "./Button.tsx";
import classes from "./Copy.module.css";
import { UserText } from "./Text.tsx";

const useWords = catalog(
  { copied: "Copied", failed: "Select the text and copy it yourself: the browser does not allow it here." },
  {
    de: { copied: "Kopiert", failed: "Markieren und kopieren Sie den Text selbst: Der Browser erlaubt es hier nicht." },
    pl: { copied: "Skopiowano", failed: "Zaznacz i skopiuj tekst ręcznie: przeglądarka na to tutaj nie pozwala." },
    ro: { copied: "Copiat", failed: "Selectați și copiați textul manual: browserul nu permite acest lucru aici." },
  },
);

const SHOWN_MS = 3_000;

/** Copies without the clipboard's interface, which browsers offer over HTTPS only. */
function copySelected(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = classes["hidden"] ?? "";
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}

/** `label` names the value for screen readers. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const words = useWords();
  const common = useCommon();
  const [done, setDone] = useState<boolean | null>(null);
  useEffect(() => {
    if (done === null) return undefined;
    const timer = setTimeout(() => setDone(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setDone(true);
    } catch {
      setDone(copySelected(value));
    }
  };
  return (
    <span className={classes["copy"]}>
      <Button kind="quiet" isSmall icon={done ? "check" : "copy"} aria-label={`${common.copy}: ${label}`} onPress={() => void copy()} />
      <span role="status" className={done ? classes["done"] : classes["failed"]}>
        {done === null ? "" : done ? words.copied : words.failed}
      </span>
    </span>
  );
}

/** A value with the button that copies it. */
export function Copyable({ value, label, href }: { value: string; label: string; href?: string }) {
  return (
    <span className={classes["value"]}>
      {href ? <a href={href}>{value}</a> : <UserText>{value}</UserText>}
      <CopyButton value={value} label={label} />
    </span>
  );
}
