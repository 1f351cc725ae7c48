/** What of a contact a company has received, as both registers of disclosures name it. */
import { catalog } from "../words/language.ts";

export const useCategoryWords = catalog(
  {
    NAME: "name",
    ORGANISATION: "organisation",
    EMAIL: "email",
    PHONE: "phone",
    ADDRESS: "address",
    REGISTRATION_NUMBER: "registration number",
    LINKEDIN: "LinkedIn profile",
    MEETING_URL: "link to meetings",
  },
  {
    de: {
      NAME: "Name",
      ORGANISATION: "Organisation",
      EMAIL: "E-Mail",
      PHONE: "Telefon",
      ADDRESS: "Adresse",
      REGISTRATION_NUMBER: "Registernummer",
      LINKEDIN: "LinkedIn-Profil",
      MEETING_URL: "Link zu Besprechungen",
    },
    pl: {
      NAME: "imię i nazwisko",
      ORGANISATION: "organizacja",
      EMAIL: "e-mail",
      PHONE: "telefon",
      ADDRESS: "adres",
      REGISTRATION_NUMBER: "numer w rejestrze",
      LINKEDIN: "profil LinkedIn",
      MEETING_URL: "link do spotkań",
    },
    ro: {
      NAME: "nume",
      ORGANISATION: "organizație",
      EMAIL: "e-mail",
      PHONE: "telefon",
      ADDRESS: "adresă",
      REGISTRATION_NUMBER: "număr de înregistrare",
      LINKEDIN: "profil LinkedIn",
      MEETING_URL: "link pentru întâlniri",
    },
  },
);
