/** What a decision caused: movements of points, deliveries, notices and messages, each linked where there is a screen. */
import { graphql, useFragment } from "react-relay";
import { ButtonLink } from "../../../parts/Button.tsx";
import { useRulesetWords, wordOf } from "../../../parts/rulesets.ts";
import { useTemplates } from "../../../parts/templates.ts";
import { Soft, UserText } from "../../../parts/Text.tsx";
import { useFormat } from "../../../words/format.ts";
import { useSubjectHref } from "../../links.ts";
import type { Caused_record$data, Caused_record$key } from "./__generated__/Caused_record.graphql.ts";
import classes from "./Record.module.css";
import { useRecordWords } from "./recordWords.ts";

const FRAGMENT = graphql`
  fragment Caused_record on DecisionRecord {
    caused {
      __typename
      id
      ... on LedgerEntry {
        amount
        holdAmount
      }
      ... on Delivery {
        lead {
          id
          title
        }
      }
      ... on Notification {
        title
      }
      ... on Dispatch {
        template
        recipient
      }
    }
  }
`;

type Consequence = Caused_record$data["caused"][number];

export function Caused(props: { record: Caused_record$key }) {
  const own = useRecordWords();
  const named = useRulesetWords();
  const hrefOf = useSubjectHref();
  const { caused } = useFragment(FRAGMENT, props.record);
  if (caused.length === 0) return <Soft>{own.causedNothing}</Soft>;
  return (
    <ul className={classes["caused"]}>
      {caused.map((one) => {
        const href = hrefOf(one) ?? (one.lead ? hrefOf({ __typename: "Lead", id: one.lead.id }) : null);
        return (
          <li key={one.id}>
            <span className={classes["what"]}>
              <strong>{wordOf(named.subjects, one.__typename)}</strong>
              <Said one={one} />
            </span>
            {href && (
              <ButtonLink isSmall icon="arrow" href={href}>
                {own.open}
              </ButtonLink>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Said({ one }: { one: Consequence }) {
  const { called } = useTemplates();
  const own = useRecordWords();
  const format = useFormat();
  const signed = (points: number): string => `${points > 0 ? "+" : "−"}${format.points(Math.abs(points))}`;
  if (one.amount !== undefined && one.holdAmount !== undefined) {
    return <Soft>{[one.amount !== 0 && signed(one.amount), one.holdAmount !== 0 && own.held(signed(one.holdAmount))].filter(Boolean).join(" · ")}</Soft>;
  }
  const text = one.lead?.title ?? one.title ?? (one.template && called(one.template));
  return (
    <Soft>
      <UserText>{text}</UserText>
      {one.recipient && (
        <>
          {" · "}
          <UserText>{one.recipient}</UserText>
        </>
      )}
    </Soft>
  );
}
