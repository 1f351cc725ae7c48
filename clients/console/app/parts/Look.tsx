/** A lead's contact for an operator, who is told first that each look is logged. */
import { useState } from "react";
import { Link } from "react-aria-components";
import { graphql, useFragment, useLazyLoadQuery } from "react-relay";
import { catalog } from "../words/language.ts";
import { Button } from "./Button.tsx";
import { useContactWords } from "./ContactCard.tsx";
import { Copyable } from "./Copy.tsx";
import classes from "./Look.module.css";
import { Card, Values } from "./Page.tsx";
import { Boundary } from "./State.tsx";
import { Soft, UserText } from "./Text.tsx";
import type { LookQuery } from "./__generated__/LookQuery.graphql.ts";
import type { Look_lead_contact$key } from "./__generated__/Look_lead_contact.graphql.ts";

const useWords = catalog(
  {
    show: "Show the contact",
    hint: "Each look at contact data is logged with your name and the time.",
    logged: "This look has been logged.",
    closed: "The contact data is closed.",
    all: "All looks at this contact",
  },
  {
    de: {
      show: "Kontakt zeigen",
      hint: "Jeder Blick auf Kontaktdaten wird mit Ihrem Namen und der Zeit protokolliert.",
      logged: "Dieser Blick ist protokolliert.",
      closed: "Die Kontaktdaten sind geschlossen.",
      all: "Alle Blicke auf diesen Kontakt",
    },
    pl: {
      show: "Pokaż kontakt",
      hint: "Każde wyświetlenie danych kontaktowych jest zapisywane z Twoim nazwiskiem i czasem.",
      logged: "To wyświetlenie zostało zapisane.",
      closed: "Dane kontaktowe są zamknięte.",
      all: "Wszystkie wglądy w ten kontakt",
    },
    ro: {
      show: "Arată contactul",
      hint: "Fiecare vizualizare a datelor de contact este înregistrată cu numele dumneavoastră și ora.",
      logged: "Această vizualizare a fost înregistrată.",
      closed: "Datele de contact sunt închise.",
      all: "Toate accesările acestui contact",
    },
  },
);

const CONTACT = graphql`
  query LookQuery($id: ID!) {
    node(id: $id) {
      ...Look_lead_contact @alias(as: "lead")
    }
  }
`;

const LEAD = graphql`
  fragment Look_lead_contact on Lead {
    contact {
      fullName
      organisation
      email
      phone
      phoneExtension
      timeZone
    }
  }
`;

export function Look({ leadId }: { leadId: string }) {
  const words = useWords();
  const { contact } = useContactWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={contact}>
      {isOpen ? (
        <Boundary rows={3}>
          <Found leadId={leadId} />
        </Boundary>
      ) : (
        <div className={classes["look"]}>
          <p>{words.hint}</p>
          <Button icon="eye" onPress={() => setOpen(true)}>
            {words.show}
          </Button>
        </div>
      )}
      <p className={classes["all"]}>
        <Link href={`/decisions/looks?lead=${encodeURIComponent(leadId)}`}>{words.all}</Link>
      </p>
    </Card>
  );
}

function Found({ leadId }: { leadId: string }) {
  const words = useWords();
  const names = useContactWords();
  const { node } = useLazyLoadQuery<LookQuery>(CONTACT, { id: leadId }, { fetchPolicy: "network-only" });
  const lead = useFragment<Look_lead_contact$key>(LEAD, node?.lead ?? null);
  if (!lead?.contact) return <Soft>{words.closed}</Soft>;
  const { fullName, organisation, email, phone, phoneExtension, timeZone } = lead.contact;
  return (
    <div className={classes["look"]}>
      <Values
        items={[
          [names.name, <UserText key="name">{fullName}</UserText>],
          [names.organisation, organisation && <UserText key="organisation">{organisation}</UserText>],
          [names.email, email && <Copyable key="email" label={names.email} value={email} href={`mailto:${email}`} />],
          [names.phone, phone && <Copyable key="phone" label={names.phone} value={phone} href={`tel:${phone}`} />],
          [names.extension, phoneExtension],
          [names.zone, timeZone],
        ]}
      />
      <Soft>{words.logged}</Soft>
    </div>
  );
}
