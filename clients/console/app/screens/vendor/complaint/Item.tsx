/** One row of a complaint: what was claimed, the verdict and its rule, the evidence, and the remedy. */
import { Link } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { Evidence } from "../../../parts/Evidence.tsx";
import { Card, Stack, Values } from "../../../parts/Page.tsx";
import { DateTime, Points, UserText } from "../../../parts/Text.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useFormat } from "../../../words/format.ts";
import classes from "./Complaint.module.css";
import type { Item_item$key } from "./__generated__/Item_item.graphql.ts";
import { useComplaintPageWords } from "./words.ts";

const ITEM = graphql`
  fragment Item_item on ComplaintItem {
    row
    reason
    explanation
    comment
    decidedAt
    remedy
    remedyPoints
    remedySettledAt
    decision {
      ...Verdict_decision
    }
    delivery {
      id
      lead {
        id
        title
      }
    }
    replacement {
      id
      lead {
        id
        title
      }
    }
    evidence {
      check
    }
    ...Evidence_item
  }
`;

export function Item(props: { item: Item_item$key }) {
  const item = useFragment(ITEM, props.item);
  const words = useComplaintPageWords();
  const { reasons } = useComplaintWords();
  const format = useFormat();
  const { row, reason, explanation, comment, decidedAt, remedy, remedyPoints, remedySettledAt, decision, delivery, replacement, evidence } = item;
  const name = delivery?.lead.title ?? words.gone;
  return (
    <Card title={row == null ? name : `${format.number(row)}. ${name}`}>
      <Stack>
        <Verdict decision={decision} />
        <Values
          items={[
            [words.lead, delivery && <Link key="lead" href={`/leads/${encodeURIComponent(delivery.lead.id)}`}><UserText>{delivery.lead.title}</UserText></Link>],
            [words.reason, reason && reasons[reason]],
            [words.explanation, explanation && <UserText key="explanation" lines>{explanation}</UserText>],
            [words.comment, comment && <UserText key="comment" lines>{comment}</UserText>],
            [words.decided, decidedAt && <DateTime key="decided" at={decidedAt} />],
            [
              words.remedy,
              remedy && (
                <span key="remedy">
                  {words.remedies[remedy]} {remedyPoints != null && <Points value={remedyPoints} />}{" "}
                  {remedySettledAt ? <DateTime at={remedySettledAt} /> : words.pending}
                </span>
              ),
            ],
            [
              words.replacement,
              replacement && (
                <Link key="replacement" href={`/leads/${encodeURIComponent(replacement.lead.id)}`}>
                  <UserText>{replacement.lead.title}</UserText>
                </Link>
              ),
            ],
          ]}
        />
        {evidence.length > 0 && (
          <section aria-label={words.evidence} className={classes["evidence"]}>
            <h3>{words.evidence}</h3>
            <Evidence item={item} reader="vendor" />
          </section>
        )}
      </Stack>
    </Card>
  );
}
