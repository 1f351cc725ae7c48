/** The contact, once it is open. */
import type { ReactNode } from "react";
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, useRereadEvery } from "../data/query.ts";
import { catalog } from "../words/language.ts";
import { Copyable } from "./Copy.tsx";
import { Card, Stack, Values } from "./Page.tsx";
import { UserText } from "./Text.tsx";
import type { ContactCard_contact$key } from "./__generated__/ContactCard_contact.graphql.ts";

export const useContactWords = catalog(
  { contact: "Contact", name: "Name", organisation: "Organisation", email: "Email", phone: "Phone", extension: "Extension", zone: "Time zone" },
  {
    de: { contact: "Kontakt", name: "Name", organisation: "Organisation", email: "E-Mail", phone: "Telefon", extension: "Durchwahl", zone: "Zeitzone" },
    pl: { contact: "Kontakt", name: "Imię i nazwisko", organisation: "Organizacja", email: "E-mail", phone: "Telefon", extension: "Numer wewnętrzny", zone: "Strefa czasowa" },
    ro: { contact: "Contact", name: "Nume", organisation: "Organizație", email: "E-mail", phone: "Telefon", extension: "Interior", zone: "Fus orar" },
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

const CLOSING = new Set(["CONTACT_STOPPED", "COMPLAINT_DECIDED", "APPLICATION_ENDED"]);
const READ_MS = 60_000;

/**
 * Reads again when a contact that is shown may have been closed, so that its card empties: after the events that tell
 * of it, and every minute, because an erasure is told to nobody.
 */
export function useRereadContact(isShown: boolean, reread: () => void): void {
  useLiveEvents(({ kind }) => isShown && CLOSING.has(kind) && reread());
  useRereadEvery(READ_MS, () => isShown && reread());
}

export function ContactCard({ contact, children }: { contact: ContactCard_contact$key; children?: ReactNode }) {
  const words = useContactWords();
  const { fullName, organisation, email, phone, phoneExtension, timeZone } = useFragment(CONTACT, contact);
  return (
    <Card title={words.contact}>
      <Stack>
      <Values
        items={[
          [words.name, <UserText key="name">{fullName}</UserText>],
          [words.organisation, organisation && <UserText key="organisation">{organisation}</UserText>],
          [words.email, email && <Copyable key="email" label={words.email} value={email} href={`mailto:${email}`} />],
          [words.phone, phone && <Copyable key="phone" label={words.phone} value={phone} href={`tel:${phone}`} />],
          [words.extension, phoneExtension],
          [words.zone, timeZone],
        ]}
      />
      {children}
      </Stack>
    </Card>
  );
}
