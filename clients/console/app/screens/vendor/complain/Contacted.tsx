/** Whom a complaint is about, so that the explanation is about the right name and number. */
import { graphql, useFragment } from "react-relay";
import { UserText } from "../../../parts/Text.tsx";
import type { Contacted_contact$key } from "./__generated__/Contacted_contact.graphql.ts";

const CONTACT = graphql`
  fragment Contacted_contact on Contact {
    fullName
    phone
    email
  }
`;

export function Contacted(props: { contact: Contacted_contact$key }) {
  const { fullName, phone, email } = useFragment(CONTACT, props.contact);
  return (
    <p>
      <UserText>{[fullName, phone, email].filter(Boolean).join(" · ")}</UserText>
    </p>
  );
}
