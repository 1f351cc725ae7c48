/** Deciding all rows that wait in the same way: all or none, after a summary in points. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { Points } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import classes from "./Review.module.css";
import { TEMPLATES } from "./templates.ts";
import type { AllDecideMutation } from "./__generated__/AllDecideMutation.graphql.ts";
import type { All_items$key } from "./__generated__/All_items.graphql.ts";
import { useReviewWords } from "./words.ts";

const ITEMS = graphql`
  fragment All_items on ComplaintItem @relay(plural: true) {
    id
    version
    delivery {
      points
    }
  }
`;

const DECIDE = graphql`
  mutation AllDecideMutation($input: ComplaintItemsDecideInput!) {
    complaintItemsDecide(input: $input) {
      items {
        id
        ...ReviewItem_item
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function All(props: { items: All_items$key; reread: () => void }) {
  const words = useReviewWords();
  const format = useFormat();
  const { language } = usePreferences();
  const items = useFragment(ITEMS, props.items);
  const [comment, setComment] = useState("");
  const [decide] = useMutation<AllDecideMutation>(DECIDE);
  const count = format.number(items.length);
  const points = items.reduce((sum, { delivery }) => sum + (delivery?.points ?? 0), 0);
  const run = async (verdict: "ACCEPTED" | "REJECTED"): Promise<string | null> => {
    const text = comment.trim() || TEMPLATES[verdict][language];
    const input = { items: items.map(({ id, version }) => ({ itemId: id, verdict, comment: text, expectedVersion: version })) };
    const { errors } = await decide({ input });
    props.reread();
    if (errors.length > 0) return [...new Set(errors.map(({ message }) => message))].join(" ");
    toast(words.allDecided(count));
    return null;
  };
  return (
    <Card title={words.all(count)}>
      <FormLayout>
        <Field label={words.comment} hint={words.allHint} rows={2} value={comment} onChange={setComment} maxLength={5000} />
        <div className={classes["buttons"]}>
          <Confirm
            trigger={<Button isSmall>{words.acceptAll}</Button>}
            title={words.acceptAll}
            action={words.acceptAll}
            costs={[
              { label: words.rows, value: count },
              { label: words.mostCredited, value: <Points value={points} /> },
            ]}
            onConfirm={() => run("ACCEPTED")}
          >
            {words.allCosts}
          </Confirm>
          <Confirm
            trigger={<Button isSmall>{words.rejectAll}</Button>}
            title={words.rejectAll}
            action={words.rejectAll}
            isDangerous
            costs={[
              { label: words.rows, value: count },
              { label: words.mostCredited, value: <Points value={0} /> },
            ]}
            onConfirm={() => run("REJECTED")}
          >
            {words.allCosts}
          </Confirm>
        </div>
      </FormLayout>
    </Card>
  );
}
