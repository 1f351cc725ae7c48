/** A file that is dropped anywhere on the page, or chosen. The chosen file stays until another one is chosen. */
import { useEffect, useRef, useState } from "react";
import { DropZone, FileTrigger, Text, isFileDropItem } from "react-aria-components";
import { catalog } from "../words/language.ts";
import { Button } from "./Button.tsx";
import classes from "./FilePick.module.css";
import { UserText } from "./Text.tsx";

const useWords = catalog(
  { choose: "Choose a file", another: "Choose another file" },
  {
    de: { choose: "Datei wählen", another: "Andere Datei wählen" },
    pl: { choose: "Wybierz plik", another: "Wybierz inny plik" },
    ro: { choose: "Alegeți un fișier", another: "Alegeți alt fișier" },
  },
);

export interface FilePickProps {
  /** Which files, and how large they may be. */
  readonly hint: string;
  readonly accept: readonly string[];
  readonly file: File | null;
  readonly onChoose: (file: File) => void;
}

/**
 * Takes a file that is dropped beside the place for it, where the browser would open it and leave the page; returns
 * whether one is held over the page.
 */
function useDropBeside(onChoose: (file: File) => void): boolean {
  const [isHeld, setHeld] = useState(false);
  const latest = useRef(onChoose);
  useEffect(() => {
    latest.current = onChoose;
  });
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setHeld(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHeld(false); // it has left the window
    };
    const drop = (event: DragEvent): void => {
      setHeld(false);
      const isInside = event.target instanceof Element && event.target.closest(`.${classes["drop"]}`) !== null;
      if (isInside || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) latest.current(file);
    };
    const listening = new AbortController();
    const how = { capture: true, signal: listening.signal };
    addEventListener("dragover", over, how);
    addEventListener("dragleave", leave, how);
    addEventListener("drop", drop, how);
    return () => listening.abort();
  }, []);
  return isHeld;
}

export function FilePick({ hint, accept, file, onChoose }: FilePickProps) {
  const words = useWords();
  const isHeld = useDropBeside(onChoose);
  return (
    <DropZone
      className={`${classes["drop"]} ${isHeld ? classes["held"] : ""}`}
      onDrop={({ items }) => {
        const item = items.find(isFileDropItem);
        if (item) void item.getFile().then(onChoose);
      }}
    >
      <Text slot="label">{hint}</Text>
      <FileTrigger acceptedFileTypes={accept} onSelect={(files) => files?.[0] && onChoose(files[0])}>
        <Button>{file ? words.another : words.choose}</Button>
      </FileTrigger>
      {file && (
        <strong>
          <UserText>{file.name}</UserText>
        </strong>
      )}
    </DropZone>
  );
}
