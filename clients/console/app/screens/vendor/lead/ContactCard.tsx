/** The contact, once it is open. */
import { graphql, useFragment } from "react-relay";
import { Card, Values } from "../../../parts/Page.tsx";
import { UserText } from "../../../parts/Text.tsx";
import type { ContactCard_contact$key } from "./__generated__/ContactCard_contact.graphql.ts";
import { useLeadWords } from "./words.ts";

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
  const words = useLeadWords();
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
