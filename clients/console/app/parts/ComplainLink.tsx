/** Where a vendor complains about a contact that was received, as long as there is time; or the complaint about it. */
import { graphql, useFragment } from "react-relay";
import { catalog } from "../words/language.ts";
import { ButtonLink } from "./Button.tsx";
import { Countdown, Soft, useSecond } from "./Text.tsx";
import type { ComplainLink_lead$key } from "./__generated__/ComplainLink_lead.graphql.ts";

const useWords = catalog(
  { faulty: "Complain about this contact", left: "Time left:", complaint: (number: string) => `Complaint ${number}` },
  {
    de: { faulty: "Diesen Kontakt reklamieren", left: "Verbleibende Zeit:", complaint: (number) => `Reklamation ${number}` },
    pl: { faulty: "Zareklamuj ten kontakt", left: "Pozostały czas:", complaint: (number) => `Reklamacja ${number}` },
    ro: { faulty: "Reclamați acest contact", left: "Timp rămas:", complaint: (number) => `Reclamația ${number}` },
  },
);

const LEAD = graphql`
  fragment ComplainLink_lead on Lead {
    delivery {
      id
      complaintUntil
      complaintItem {
        id
        complaint {
          id
          number
        }
      }
    }
  }
`;

export function ComplainLink(props: { lead: ComplainLink_lead$key }) {
  const { delivery } = useFragment(LEAD, props.lead);
  const words = useWords();
  const second = useSecond();
  if (!delivery) return null;
  const { id, complaintUntil, complaintItem } = delivery;
  if (complaintItem) {
    return (
      <div>
        <ButtonLink isSmall icon="scale" href={`/complaints/${encodeURIComponent(complaintItem.complaint.id)}`}>
          {words.complaint(complaintItem.complaint.number)}
        </ButtonLink>
      </div>
    );
  }
  if (Date.parse(complaintUntil) / 1_000 <= second) return null; // the server decides it when it is filed
  return (
    <div>
      <ButtonLink isSmall icon="scale" href={`/complaints/new?deliveries=${encodeURIComponent(id)}`}>
        {words.faulty}
      </ButtonLink>
      <p>
        <Soft>
          {words.left} <Countdown until={complaintUntil} />
        </Soft>
      </p>
    </div>
  );
}
