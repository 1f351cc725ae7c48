/** On which basis companies have received contact data, and what became of the notice to the person, for operators. */
import { catalog } from "../words/language.ts";
import type { Tone } from "./Tag.tsx";

export const NOTICE_TONES: Readonly<Record<string, Tone>> = { WAITING: "accent", SENT: "good", UNDELIVERED: "bad", NONE: "calm" };

export const useDisclosureWords = catalog(
  {
    bases: {
      ACCEPTED: "Accepted by the person",
      SILENCE: "No answer in time",
      DELIVERY: "Delivery",
      PURCHASE: "Purchase",
      REPLACEMENT: "Replacement",
    },
    notices: {
      WAITING: "waiting",
      SENT: "sent",
      UNDELIVERED: "not delivered",
      NONE: "none",
    },
  },
  {
    de: {
      bases: {
        ACCEPTED: "Von der Person angenommen",
        SILENCE: "Keine Antwort in der Frist",
        DELIVERY: "Lieferung",
        PURCHASE: "Kauf",
        REPLACEMENT: "Ersatz",
      },
      notices: {
        WAITING: "wartet",
        SENT: "gesendet",
        UNDELIVERED: "nicht zugestellt",
        NONE: "keine",
      },
    },
    pl: {
      bases: {
        ACCEPTED: "Akceptacja osoby",
        SILENCE: "Brak odpowiedzi w terminie",
        DELIVERY: "Dostawa",
        PURCHASE: "Zakup",
        REPLACEMENT: "Zamiana",
      },
      notices: {
        WAITING: "oczekuje",
        SENT: "wysłano",
        UNDELIVERED: "nie doręczono",
        NONE: "brak",
      },
    },
    ro: {
      bases: {
        ACCEPTED: "Acceptat de persoană",
        SILENCE: "Fără răspuns la timp",
        DELIVERY: "Livrare",
        PURCHASE: "Cumpărare",
        REPLACEMENT: "Înlocuire",
      },
      notices: {
        WAITING: "în așteptare",
        SENT: "trimisă",
        UNDELIVERED: "nelivrată",
        NONE: "fără",
      },
    },
  },
);
