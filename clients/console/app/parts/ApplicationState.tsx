/** How an application stands, in a word. */
import { graphql, useFragment } from "react-relay";
import { catalog } from "../words/language.ts";
import { Tag, type Tone } from "./Tag.tsx";
import type { ApplicationState_application$key } from "./__generated__/ApplicationState_application.graphql.ts";

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
  { PENDING: "Waiting for an answer", ACCEPTED: "Accepted", DECLINED: "Declined", REVEALED: "Opened by itself", ENDED: "Ended", late: "Declined late", withdrawn: "Acceptance withdrawn" },
  {
    de: { PENDING: "Wartet auf Antwort", ACCEPTED: "Angenommen", DECLINED: "Abgelehnt", REVEALED: "Von selbst geöffnet", ENDED: "Beendet", late: "Verspätet abgelehnt", withdrawn: "Zusage zurückgezogen" },
    pl: { PENDING: "Czeka na odpowiedź", ACCEPTED: "Zaakceptowane", DECLINED: "Odrzucone", REVEALED: "Otwarte automatycznie", ENDED: "Zakończone", late: "Odrzucone po terminie", withdrawn: "Akceptacja wycofana" },
    ro: { PENDING: "Așteaptă răspuns", ACCEPTED: "Acceptată", DECLINED: "Refuzată", REVEALED: "Deschisă automat", ENDED: "Încheiată", late: "Refuzată cu întârziere", withdrawn: "Accept retras" },
  },
);

/** The rule of a decline that came after the contact was opened, and closed nothing. */
export const DECLINED_LATE = "declined_late";
/** The rule of an acceptance that was withdrawn: the contact stays open, and the status is DECLINED. */
export const WITHDRAWN = "acceptance_withdrawn";

const APPLICATION = graphql`
  fragment ApplicationState_application on Application {
    status
    visibility {
      ruleId
    }
  }
`;

export function ApplicationState(props: { application: ApplicationState_application$key }) {
  const { status, visibility } = useFragment(APPLICATION, props.application);
  const words = useStatusWords();
  const { ruleId } = visibility;
  const word = ruleId === DECLINED_LATE ? words.late : ruleId === WITHDRAWN ? words.withdrawn : words[status];
  return <Tag tone={TONES[status]}>{word}</Tag>;
}
