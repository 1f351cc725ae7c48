/** How far the upload of a file is, in bytes that were really sent. */
import { upload } from "../data/upload.ts";
import { useWatched } from "../data/store.ts";
import { useFormat } from "../words/format.ts";
import { catalog } from "../words/language.ts";
import { Soft } from "./Text.tsx";
import classes from "./Upload.module.css";

const useWords = catalog(
  {
    label: "Upload",
    sent: (sent: string, total: string) => `${sent} of ${total} sent`,
    starting: "Connecting …",
    received: "The file is there; it is being checked …",
  },
  {
    de: {
      label: "Hochladen",
      sent: (sent, total) => `${sent} von ${total} gesendet`,
      starting: "Verbindung wird aufgebaut …",
      received: "Die Datei ist da und wird geprüft …",
    },
    pl: {
      label: "Przesyłanie",
      sent: (sent, total) => `Wysłano ${sent} z ${total}`,
      starting: "Łączenie …",
      received: "Plik dotarł i jest sprawdzany …",
    },
    ro: {
      label: "Încărcare",
      sent: (sent, total) => `${sent} din ${total} trimise`,
      starting: "Se conectează …",
      received: "Fișierul a ajuns și este verificat …",
    },
  },
);

/** Shown while a form with a file is sent. */
export function UploadBar() {
  const words = useWords();
  const format = useFormat();
  const state = useWatched(upload);
  const isSent = state !== null && state.total > 0 && state.sent >= state.total;
  const text =
    state === null || state.total === 0
      ? words.starting
      : isSent
        ? words.received
        : words.sent(format.bytes(state.sent), format.bytes(state.total));
  return (
    <div className={classes["upload"]} role="status">
      {state !== null && state.total > 0 && !isSent ? (
        <progress aria-label={words.label} max={state.total} value={state.sent} />
      ) : (
        <progress aria-label={words.label} />
      )}
      <Soft>{text}</Soft>
    </div>
  );
}
