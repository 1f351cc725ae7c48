/** A place to drop a file on, or to choose one. The chosen file stays until another one is chosen. */
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

export function FilePick({ hint, accept, file, onChoose }: FilePickProps) {
  const words = useWords();
  return (
    <DropZone
      className={classes["drop"]}
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
