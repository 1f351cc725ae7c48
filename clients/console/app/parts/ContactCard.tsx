/** The contact, once it is open. */
import { graphql, useFragment } from "react-relay";
import { catalog } from "../words/language.ts";
import { Card, Values } from "./Page.tsx";
import { UserText } from "./Text.tsx";
import type { ContactCard_contact$key } from "./__generated__/ContactCard_contact.graphql.ts";

const useWords = catalog(
  { contact: "Contact", name: "Name", organisation: "Organisation", email: "Email", phone: "Phone", zone: "Time zone" },
  {
    de: { contact: "Kontakt", name: "Name", organisation: "Organisation", email: "E-Mail", phone: "Telefon", zone: "Zeitzone" },
    pl: { contact: "Kontakt", name: "Imię i nazwisko", organisation: "Organizacja", email: "E-mail", phone: "Telefon", zone: "Strefa czasowa" },
    ro: { contact: "Contact", name: "Nume", organisation: "Organizație", email: "E-mail", phone: "Telefon", zone: "Fus orar" },
  },
);

const CONTACT = graphql`
  fragment ContactCard_contact on Contact {
    fullName
    organisation
    email
    phone
    phoneExtension
    timeZone
  }
`;

export function ContactCard({ contact }: { contact: ContactCard_contact$key }) {
  const words = useWords();
  const { fullName, organisation, email, phone, phoneExtension, timeZone } = useFragment(CONTACT, contact);
  return (
    <Card title={words.contact}>
      <Values
        items={[
          [words.name, <UserText key="name">{fullName}</UserText>],
          [words.organisation, organisation && <UserText key="organisation">{organisation}</UserText>],
          [words.email, email && <a key="email" href={`mailto:${email}`}>{email}</a>],
          [words.phone, phone && <a key="phone" href={`tel:${phone}`}>{[phone, phoneExtension].filter(Boolean).join(" / ")}</a>],
          [words.zone, timeZone],
        ]}
      />
    </Card>
  );
}
