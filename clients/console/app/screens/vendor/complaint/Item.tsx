/** One row of a complaint: what was claimed, the verdict and its rule, the evidence, and the remedy. */
import { Link } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { Card, Stack, Values } from "../../../parts/Page.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
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
      source
      at
      speaks
      conclusive
      confidence
    }
  }
`;

const SPEAKS: Readonly<Record<string, Tone>> = { FOR: "good", AGAINST: "bad", NEITHER: "calm" };

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
          <section aria-label={words.evidence}>
            <h3>{words.evidence}</h3>
            <ul className={classes["evidence"]}>
              {evidence.map(({ check, source, at, speaks, conclusive, confidence }) => (
                <li key={`${check} ${source} ${at}`}>
                  <span>{words.checks[check]}</span> <Tag tone={SPEAKS[speaks] ?? "calm"}>{words.speaks[speaks]}</Tag>{" "}
                  <small>
                    <UserText>{source}</UserText> · <DateTime at={at} /> · {conclusive ? words.conclusive : words.strength(format.number(confidence))}
                  </small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Card>
  );
}
