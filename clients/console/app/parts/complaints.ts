/** The words of complaints that several screens use. `reasons` are worded as in the template of a file, `reasonNames` briefly. */
import { catalog } from "../words/language.ts";
import type { Tone } from "./Tag.tsx";

export const REASONS = [
  "NUMBER_DOES_NOT_EXIST",
  "NUMBER_OF_ANOTHER_PERSON",
  "WRONG_ADDRESS",
  "BUSINESS_CLOSED",
  "NO_CONSENT",
  "REQUIREMENTS_NOT_MET",
  "VOICEMAIL",
  "NO_ANSWER",
  "NOT_INTERESTED",
] as const;
export type Reason = (typeof REASONS)[number];

export const COMPLAINT_TONES = { OPEN: "accent", DECIDED: "calm", OVERDUE: "bad" } as const satisfies Record<string, Tone>;
export const VERDICT_TONES = { ACCEPTED: "good", REJECTED: "bad", UNDER_REVIEW: "warn" } as const satisfies Record<string, Tone>;

export const useComplaintWords = catalog(
  {
    reasons: {
      NUMBER_DOES_NOT_EXIST: "The number does not exist",
      NUMBER_OF_ANOTHER_PERSON: "The number belongs to someone else",
      WRONG_ADDRESS: "The address is wrong",
      BUSINESS_CLOSED: "The business has closed down",
      NO_CONSENT: "The person did not consent to the call",
      REQUIREMENTS_NOT_MET: "The contact does not meet the agreed requirements",
      VOICEMAIL: "Calls go to voicemail",
      NO_ANSWER: "Nobody answers",
      NOT_INTERESTED: "The person is not interested",
    },
    reasonNames: {
      NUMBER_DOES_NOT_EXIST: "Number does not exist",
      NUMBER_OF_ANOTHER_PERSON: "Number of another person",
      WRONG_ADDRESS: "Wrong address",
      BUSINESS_CLOSED: "Business closed",
      NO_CONSENT: "No consent",
      REQUIREMENTS_NOT_MET: "Requirements not met",
      VOICEMAIL: "Mailbox",
      NO_ANSWER: "No answer",
      NOT_INTERESTED: "Not interested",
    },
    statuses: { OPEN: "Open", DECIDED: "Decided", OVERDUE: "Overdue" },
    verdicts: { ACCEPTED: "Accepted", REJECTED: "Rejected", UNDER_REVIEW: "Under review" },
    kinds: { APPLICATION: "Application", LEAD_CLUB: "Bought or delivered", RECORD: "Record" },
  },
  {
    de: {
      reasons: {
        NUMBER_DOES_NOT_EXIST: "Die Nummer existiert nicht",
        NUMBER_OF_ANOTHER_PERSON: "Die Nummer gehört einer anderen Person",
        WRONG_ADDRESS: "Die Adresse ist falsch",
        BUSINESS_CLOSED: "Das Unternehmen wurde geschlossen",
        NO_CONSENT: "Die Person hat dem Anruf nicht zugestimmt",
        REQUIREMENTS_NOT_MET: "Der Kontakt erfüllt die vereinbarten Anforderungen nicht",
        VOICEMAIL: "Es meldet sich eine Mailbox",
        NO_ANSWER: "Niemand nimmt ab",
        NOT_INTERESTED: "Die Person hat kein Interesse",
      },
      reasonNames: {
        NUMBER_DOES_NOT_EXIST: "Nummer existiert nicht",
        NUMBER_OF_ANOTHER_PERSON: "Nummer einer anderen Person",
        WRONG_ADDRESS: "Falsche Adresse",
        BUSINESS_CLOSED: "Betrieb geschlossen",
        NO_CONSENT: "Keine Einwilligung",
        REQUIREMENTS_NOT_MET: "Anforderungen nicht erfüllt",
        VOICEMAIL: "Mailbox",
        NO_ANSWER: "Keine Antwort",
        NOT_INTERESTED: "Kein Interesse",
      },
      statuses: { OPEN: "Offen", DECIDED: "Entschieden", OVERDUE: "Überfällig" },
      verdicts: { ACCEPTED: "Angenommen", REJECTED: "Abgelehnt", UNDER_REVIEW: "In Prüfung" },
      kinds: { APPLICATION: "Bewerbung", LEAD_CLUB: "Gekauft oder geliefert", RECORD: "Datensatz" },
    },
    pl: {
      reasons: {
        NUMBER_DOES_NOT_EXIST: "Numer nie istnieje",
        NUMBER_OF_ANOTHER_PERSON: "Numer należy do kogoś innego",
        WRONG_ADDRESS: "Adres jest błędny",
        BUSINESS_CLOSED: "Firma została zamknięta",
        NO_CONSENT: "Osoba nie wyraziła zgody na rozmowę",
        REQUIREMENTS_NOT_MET: "Kontakt nie spełnia uzgodnionych wymagań",
        VOICEMAIL: "Włącza się poczta głosowa",
        NO_ANSWER: "Nikt nie odbiera",
        NOT_INTERESTED: "Osoba nie jest zainteresowana",
      },
      reasonNames: {
        NUMBER_DOES_NOT_EXIST: "Numer nie istnieje",
        NUMBER_OF_ANOTHER_PERSON: "Numer innej osoby",
        WRONG_ADDRESS: "Błędny adres",
        BUSINESS_CLOSED: "Firma zamknięta",
        NO_CONSENT: "Brak zgody",
        REQUIREMENTS_NOT_MET: "Wymagania niespełnione",
        VOICEMAIL: "Poczta głosowa",
        NO_ANSWER: "Brak odpowiedzi",
        NOT_INTERESTED: "Brak zainteresowania",
      },
      statuses: { OPEN: "Otwarta", DECIDED: "Rozpatrzona", OVERDUE: "Po terminie" },
      verdicts: { ACCEPTED: "Zaakceptowano", REJECTED: "Odrzucono", UNDER_REVIEW: "W trakcie oceny" },
      kinds: { APPLICATION: "Zgłoszenie", LEAD_CLUB: "Kupiony lub dostarczony", RECORD: "Rekord" },
    },
    ro: {
      reasons: {
        NUMBER_DOES_NOT_EXIST: "Numărul nu există",
        NUMBER_OF_ANOTHER_PERSON: "Numărul aparține altcuiva",
        WRONG_ADDRESS: "Adresa este greșită",
        BUSINESS_CLOSED: "Firma a fost închisă",
        NO_CONSENT: "Persoana nu și-a dat acordul pentru apel",
        REQUIREMENTS_NOT_MET: "Contactul nu îndeplinește cerințele convenite",
        VOICEMAIL: "Răspunde mesageria vocală",
        NO_ANSWER: "Nu răspunde nimeni",
        NOT_INTERESTED: "Persoana nu este interesată",
      },
      reasonNames: {
        NUMBER_DOES_NOT_EXIST: "Numărul nu există",
        NUMBER_OF_ANOTHER_PERSON: "Numărul altei persoane",
        WRONG_ADDRESS: "Adresă greșită",
        BUSINESS_CLOSED: "Firmă închisă",
        NO_CONSENT: "Fără consimțământ",
        REQUIREMENTS_NOT_MET: "Cerințe neîndeplinite",
        VOICEMAIL: "Mesagerie vocală",
        NO_ANSWER: "Nu răspunde",
        NOT_INTERESTED: "Neinteresat",
      },
      statuses: { OPEN: "Deschisă", DECIDED: "Soluționată", OVERDUE: "Întârziată" },
      verdicts: { ACCEPTED: "Acceptată", REJECTED: "Respinsă", UNDER_REVIEW: "În analiză" },
      kinds: { APPLICATION: "Candidatură", LEAD_CLUB: "Cumpărat sau livrat", RECORD: "Înregistrare" },
    },
  },
);
