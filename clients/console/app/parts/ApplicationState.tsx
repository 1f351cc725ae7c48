/** How an application stands, in a word. */
import { catalog } from "../words/language.ts";
import { Tag, type Tone } from "./Tag.tsx";

export const STATUSES = ["PENDING", "ACCEPTED", "DECLINED", "REVEALED", "ENDED"] as const;
type Status = (typeof STATUSES)[number];

const TONES: Readonly<Record<Status, Tone>> = {
  PENDING: "accent",
  ACCEPTED: "good",
  DECLINED: "bad",
  REVEALED: "good",
  ENDED: "calm",
};

export const useStatusWords = catalog(
  { PENDING: "Waiting for an answer", ACCEPTED: "Accepted", DECLINED: "Declined", REVEALED: "Opened by itself", ENDED: "Ended" },
  {
    de: { PENDING: "Wartet auf Antwort", ACCEPTED: "Angenommen", DECLINED: "Abgelehnt", REVEALED: "Von selbst geöffnet", ENDED: "Beendet" },
    pl: { PENDING: "Czeka na odpowiedź", ACCEPTED: "Zaakceptowane", DECLINED: "Odrzucone", REVEALED: "Otwarte automatycznie", ENDED: "Zakończone" },
    ro: { PENDING: "Așteaptă răspuns", ACCEPTED: "Acceptată", DECLINED: "Refuzată", REVEALED: "Deschisă automat", ENDED: "Încheiată" },
  },
);

export function ApplicationState({ status }: { status: Status }) {
  return <Tag tone={TONES[status]}>{useStatusWords()[status]}</Tag>;
}
