/** The state of a call at a glance, and the words for what agents and companies say of calls. */
import { catalog } from "../words/language.ts";
import { Tag, type Tone } from "./Tag.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  RINGING: "warn",
  TALKING: "accent",
  CONSULTING: "accent",
  TRANSFERRED: "good",
  HUNG_UP: "calm",
  FINISHED: "calm",
  MESSAGE_TAKEN: "good",
  FAQ_ANSWERED: "good",
  ABANDONED: "bad",
  UNFINISHED: "bad",
};

export const useCallWords = catalog(
  {
    states: {
      RINGING: "Ringing",
      TALKING: "Talking",
      CONSULTING: "Trying an employee",
      TRANSFERRED: "Put through",
      HUNG_UP: "Hung up, note open",
      FINISHED: "Finished",
    },
    outcomes: {
      TRANSFERRED: "Put through",
      MESSAGE_TAKEN: "Message taken",
      FAQ_ANSWERED: "Answered from the FAQ",
      ABANDONED: "Caller gave up",
      UNFINISHED: "Not finished in time",
    },
    results: {
      CALLING: "Being tried",
      ACCEPTED: "Took the call",
      DECLINED: "Declined",
      MESSAGE: "Left a message for the caller",
      NO_ANSWER: "No answer",
      BUSY: "Busy",
      VOICEMAIL: "Mailbox",
      UNREACHABLE: "Not reachable",
      FAILED: "Failed",
      CANCELLED: "Cancelled",
    },
    withheld: "Number withheld",
    forgotten: "Caller's data erased",
    unanswered: "nobody yet",
    nobody: "nobody",
    you: "you",
  },
  {
    de: {
      states: {
        RINGING: "Klingelt",
        TALKING: "Im Gespräch",
        CONSULTING: "Rückfrage läuft",
        TRANSFERRED: "Durchgestellt",
        HUNG_UP: "Aufgelegt, Notiz offen",
        FINISHED: "Beendet",
      },
      outcomes: {
        TRANSFERRED: "Durchgestellt",
        MESSAGE_TAKEN: "Nachricht aufgenommen",
        FAQ_ANSWERED: "Aus den FAQ beantwortet",
        ABANDONED: "Anrufer hat aufgelegt",
        UNFINISHED: "Nicht rechtzeitig beendet",
      },
      results: {
        CALLING: "Wird versucht",
        ACCEPTED: "Hat übernommen",
        DECLINED: "Abgelehnt",
        MESSAGE: "Lässt etwas ausrichten",
        NO_ANSWER: "Keine Antwort",
        BUSY: "Besetzt",
        VOICEMAIL: "Mailbox",
        UNREACHABLE: "Nicht erreichbar",
        FAILED: "Fehlgeschlagen",
        CANCELLED: "Abgebrochen",
      },
      withheld: "Nummer unterdrückt",
      forgotten: "Daten des Anrufers gelöscht",
      unanswered: "noch niemand",
      nobody: "niemand",
      you: "Sie",
    },
    pl: {
      states: {
        RINGING: "Dzwoni",
        TALKING: "Rozmowa",
        CONSULTING: "Łączenie z pracownikiem",
        TRANSFERRED: "Przełączono",
        HUNG_UP: "Rozłączono, brak notatki",
        FINISHED: "Zakończono",
      },
      outcomes: {
        TRANSFERRED: "Przełączono",
        MESSAGE_TAKEN: "Przyjęto wiadomość",
        FAQ_ANSWERED: "Odpowiedź z FAQ",
        ABANDONED: "Dzwoniący się rozłączył",
        UNFINISHED: "Nie zakończono na czas",
      },
      results: {
        CALLING: "Trwa próba",
        ACCEPTED: "Odebrano",
        DECLINED: "Odrzucono",
        MESSAGE: "Przekazano wiadomość dla dzwoniącego",
        NO_ANSWER: "Brak odpowiedzi",
        BUSY: "Zajęte",
        VOICEMAIL: "Poczta głosowa",
        UNREACHABLE: "Nieosiągalny",
        FAILED: "Nieudane",
        CANCELLED: "Przerwano",
      },
      withheld: "Numer zastrzeżony",
      forgotten: "Dane dzwoniącego usunięto",
      unanswered: "jeszcze nikt",
      nobody: "nikt",
      you: "Ty",
    },
    ro: {
      states: {
        RINGING: "Sună",
        TALKING: "În convorbire",
        CONSULTING: "Se încearcă un angajat",
        TRANSFERRED: "Transferat",
        HUNG_UP: "Închis, notă lipsă",
        FINISHED: "Încheiat",
      },
      outcomes: {
        TRANSFERRED: "Transferat",
        MESSAGE_TAKEN: "Mesaj preluat",
        FAQ_ANSWERED: "Răspuns din întrebări frecvente",
        ABANDONED: "Apelantul a renunțat",
        UNFINISHED: "Neîncheiat la timp",
      },
      results: {
        CALLING: "Se încearcă",
        ACCEPTED: "A preluat apelul",
        DECLINED: "Refuzat",
        MESSAGE: "A lăsat un mesaj pentru apelant",
        NO_ANSWER: "Nu răspunde",
        BUSY: "Ocupat",
        VOICEMAIL: "Mesagerie vocală",
        UNREACHABLE: "Indisponibil",
        FAILED: "Eșuat",
        CANCELLED: "Întrerupt",
      },
      withheld: "Număr ascuns",
      forgotten: "Datele apelantului au fost șterse",
      unanswered: "încă nimeni",
      nobody: "nimeni",
      you: "dumneavoastră",
    },
  },
);

/** What became of a call, or where it stands while it is open. */
export function CallTag({ state, outcome }: { state: string; outcome: string | null | undefined }) {
  const words = useCallWords();
  const states: Readonly<Record<string, string>> = words.states;
  const outcomes: Readonly<Record<string, string>> = words.outcomes;
  const isOver = outcome && state === "FINISHED";
  return <Tag tone={TONES[isOver ? outcome : state] ?? "calm"}>{(isOver ? outcomes[outcome] : states[state]) ?? state}</Tag>;
}
