/** A complaint about chosen contacts: reason and explanation of each, and whether it would succeed. */
import { newKey } from "leadgate-client";
import { useState, type FormEvent, type ReactNode } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { refusalOf } from "../../../data/network.ts";
import { useMutation, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { said } from "../../../data/refusals.ts";
import { Button } from "../../../parts/Button.tsx";
import { REASONS, useComplaintWords, type Reason } from "../../../parts/complaints.ts";
import { Field, FormLayout, Problems, Select } from "../../../parts/Field.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { Boundary } from "../../../parts/State.tsx";
import { Countdown, UserText, useSecond } from "../../../parts/Text.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Complain.module.css";
import { hopelessOf } from "./accepted.ts";
import { Contacted } from "./Contacted.tsx";
import { Filed, ITEM_FIELDS, type Filing } from "./Filed.tsx";
import type { ByHandMutation } from "./__generated__/ByHandMutation.graphql.ts";
import type { Contacted_contact$key } from "./__generated__/Contacted_contact.graphql.ts";
import type { ByHandPreviewQuery } from "./__generated__/ByHandPreviewQuery.graphql.ts";
import { useComplainWords } from "./words.ts";

const PREVIEW = graphql`
  query ByHandPreviewQuery($items: [ComplaintItemInput!]!) {
    complaintPreview(items: $items) {
      row
      problems
      decision {
        ...Verdict_decision
      }
    }
  }
`;

const FILE = graphql`
  mutation ByHandMutation($input: ComplaintFileInput!) {
    complaintFile(input: $input) {
      complaint {
        id
        number
        counts {
          total
          accepted
          rejected
          underReview
        }
      }
      account {
        id
        points
        pointsOnHold
      }
      rowErrors {
        row
        message
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Items = ByHandPreviewQuery["variables"]["items"];
/** What is complained about. */
interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly complaintUntil: string;
  readonly lead: { readonly id: string; readonly title: string; readonly contact: Contacted_contact$key | null | undefined };
}

type Row = { readonly reason: Reason | null; readonly explanation: string };

const EMPTY: Row = { reason: null, explanation: "" };

/** The rows that were written, by delivery; they survive a reload. */
function useRows(name: string): [Readonly<Record<string, Row>>, (id: string, row: Row) => void, () => void] {
  const [text, setText] = useDraft(name);
  const rows = text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, Row>>);
  return [rows, (id, row) => setText(JSON.stringify({ ...rows, [id]: row })), () => setText("")];
}

export interface ByHandProps {
  readonly deliveries: readonly Delivery[];
  readonly reread: () => void;
  /** Takes a contact out of the choice. */
  readonly leaveOut: (id: string) => void;
}

export function ByHand({ deliveries, reread, leaveOut }: ByHandProps) {
  const words = useComplainWords();
  const common = useCommon();
  const [rows, setRow, clear] = useRows("complain");
  const [asked, setAsked] = useState<Items | null>(null);
  const [filing, setFiling] = useState<Filing | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [key, setKey] = useState(newKey);
  const [file, isFiling] = useMutation<ByHandMutation>(FILE);
  const rowOf = (id: string): Row => rows[id] ?? EMPTY;
  const items: Items = deliveries.map(({ id }) => ({
    deliveryId: id,
    reason: rowOf(id).reason,
    explanation: rowOf(id).explanation.trim() || null,
  }));
  const isComplete = items.every(({ reason, explanation }) => reason !== null && explanation !== null);
  useUnsaved(filing === null && Object.keys(rows).length > 0);
  useRereadAt(
    deliveries.map(({ complaintUntil }) => complaintUntil),
    reread,
  );

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isFiling) return;
    try {
      const { response, errors } = await file({ input: { items, idempotencyKey: key } });
      setKey(newKey());
      const payload = response.complaintFile;
      setProblems(errors.map(({ message }) => message));
      setFiling({ complaint: payload?.complaint ?? null, rowErrors: payload?.rowErrors ?? [] });
      if (payload?.complaint) clear();
    } catch (error) {
      setProblems([refusalOf(error) ?? common.unsureBody]); // the same key is sent again
    }
  };

  if (filing?.complaint) return <Filed filing={filing} />;
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
      <Stack>
        {deliveries.map((delivery, index) => (
          <RowCard
            key={delivery.id}
            delivery={delivery}
            row={rowOf(delivery.id)}
            leaveOut={() => leaveOut(delivery.id)}
            onChange={(row) => {
              setRow(delivery.id, row);
              setAsked(null);
            }}
          >
            {asked && (
              <Boundary rows={2}>
                <Preview items={asked} row={index + 1} />
              </Boundary>
            )}
          </RowCard>
        ))}
        {filing && <Filed filing={filing} />}
        <Problems messages={problems} />
        <div className={classes["acts"]}>
          <Button icon="scale" isDisabled={!isComplete} onPress={() => setAsked(items)}>
            {words.wouldIt}
          </Button>
          <Button type="submit" kind="primary" isDisabled={!isComplete} isPending={isFiling}>
            {isFiling ? common.working : words.file}
          </Button>
        </div>
        {!isComplete && <p className={classes["soft"]}>{words.incomplete}</p>}
      </Stack>
    </Form>
  );
}

interface RowProps {
  readonly delivery: Delivery;
  readonly row: Row;
  readonly onChange: (row: Row) => void;
  readonly leaveOut: () => void;
  readonly children: ReactNode;
}

function RowCard({ delivery, row, onChange, leaveOut, children }: RowProps) {
  const words = useComplainWords();
  const { reasons } = useComplaintWords();
  return (
    <Card title={delivery.lead.title}>
      <FormLayout>
        {delivery.lead.contact && <Contacted contact={delivery.lead.contact} />}
        <Left until={delivery.complaintUntil} leaveOut={leaveOut} />
        <Select
          label={words.reason}
          value={row.reason}
          onChange={(id) => onChange({ ...row, reason: REASONS.find((one) => one === id) ?? null })}
          choices={REASONS.map((id) => {
            const hopeless = hopelessOf(id, delivery.kind);
            return { id, label: hopeless ? `${reasons[id]} (${words.hopeless[hopeless]})` : reasons[id] };
          })}
        />
        <Field
          label={words.explanation}
          hint={words.explanationHint}
          rows={3}
          value={row.explanation}
          onChange={(explanation) => onChange({ ...row, explanation })}
          maxLength={5000}
          isRequired
        />
        {children}
      </FormLayout>
    </Card>
  );
}

/** The time left to complain, and when it is over, that this contact can no longer be filed: the server decides it when it is sent. */
function Left({ until, leaveOut }: { until: string; leaveOut: () => void }) {
  const words = useComplainWords();
  const isOver = Date.parse(until) / 1_000 <= useSecond();
  if (!isOver) {
    return (
      <p className={classes["soft"]}>
        {words.timeLeft} <Countdown until={until} />{" "}
        <Button kind="quiet" isSmall icon="close" onPress={leaveOut}>
          {words.leaveOut}
        </Button>
      </p>
    );
  }
  return (
    <>
      <Problems messages={[words.timeOver]} />
      <div>
        <Button isSmall icon="close" onPress={leaveOut}>
          {words.leaveOut}
        </Button>
      </div>
    </>
  );
}

/** What would be decided about one row now; nothing is filed by asking. */
function Preview({ items, row }: { items: Items; row: number }) {
  const words = useComplainWords();
  const { dateTime } = useFormat();
  const [turn] = useTurn();
  const { complaintPreview } = useQuery<ByHandPreviewQuery>(PREVIEW, { items }, turn);
  const found = complaintPreview?.find((one) => one.row === row);
  if (!found) return null;
  return (
    <section className={classes["preview"]} aria-label={words.wouldIt}>
      {found.problems.map((problem) => (
        <p key={problem}>
          <UserText>{said({ field: ITEM_FIELDS, message: problem }, dateTime)}</UserText>
        </p>
      ))}
      <Verdict decision={found.decision} />
    </section>
  );
}
