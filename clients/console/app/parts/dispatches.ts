/** The words of messages that the marketplace sends: their states, ways and what was reported of them. */
import { catalog } from "../words/language.ts";
import type { Tone } from "./Tag.tsx";

export const STATE_TONES: Readonly<Record<string, Tone>> = {
  WAITING: "accent",
  SENDING: "accent",
  SENT: "good",
  UNCERTAIN: "warn",
  DEAD: "bad",
  SUPPRESSED: "calm",
  EXPIRED: "calm",
  CANCELLED: "calm",
};

export const useDispatchWords = catalog(
  {
    states: {
      WAITING: "Waiting",
      SENDING: "Being sent",
      SENT: "Sent",
      UNCERTAIN: "Uncertain",
      DEAD: "Given up",
      SUPPRESSED: "Suppressed",
      EXPIRED: "Expired",
      CANCELLED: "Cancelled",
    },
    channels: {
      EMAIL: "Email",
      SMS: "Text message",
      PUSH: "Push",
      WEBHOOK: "Webhook",
    },
    receipts: {
      DELIVERED: "Delivered",
      DELAYED: "Delayed",
      BOUNCED: "Bounced",
      REPORTED_AS_ABUSE: "Reported as abuse",
    },
  },
  {
    de: {
      states: {
        WAITING: "Wartet",
        SENDING: "Wird gesendet",
        SENT: "Gesendet",
        UNCERTAIN: "Ungewiss",
        DEAD: "Aufgegeben",
        SUPPRESSED: "Unterdrückt",
        EXPIRED: "Verfallen",
        CANCELLED: "Zurückgezogen",
      },
      channels: {
        EMAIL: "E-Mail",
        SMS: "SMS",
        PUSH: "Push",
        WEBHOOK: "Webhook",
      },
      receipts: {
        DELIVERED: "Zugestellt",
        DELAYED: "Verzögert",
        BOUNCED: "Unzustellbar",
        REPORTED_AS_ABUSE: "Als Missbrauch gemeldet",
      },
    },
    pl: {
      states: {
        WAITING: "Oczekuje",
        SENDING: "Wysyłanie",
        SENT: "Wysłano",
        UNCERTAIN: "Niepewne",
        DEAD: "Zaniechano",
        SUPPRESSED: "Wstrzymano",
        EXPIRED: "Wygasło",
        CANCELLED: "Anulowano",
      },
      channels: {
        EMAIL: "E-mail",
        SMS: "SMS",
        PUSH: "Push",
        WEBHOOK: "Webhook",
      },
      receipts: {
        DELIVERED: "Doręczono",
        DELAYED: "Opóźniono",
        BOUNCED: "Odbito",
        REPORTED_AS_ABUSE: "Zgłoszono jako nadużycie",
      },
    },
    ro: {
      states: {
        WAITING: "În așteptare",
        SENDING: "Se trimite",
        SENT: "Trimis",
        UNCERTAIN: "Incert",
        DEAD: "Abandonat",
        SUPPRESSED: "Suprimat",
        EXPIRED: "Expirat",
        CANCELLED: "Anulat",
      },
      channels: {
        EMAIL: "E-mail",
        SMS: "SMS",
        PUSH: "Push",
        WEBHOOK: "Webhook",
      },
      receipts: {
        DELIVERED: "Livrat",
        DELAYED: "Întârziat",
        BOUNCED: "Respins",
        REPORTED_AS_ABUSE: "Raportat ca abuz",
      },
    },
  },
);
