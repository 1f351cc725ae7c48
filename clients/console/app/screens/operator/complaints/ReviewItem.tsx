/** One row of a complaint: what the vendor says, what the checks found, what the rules say, and the decision. */
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Form, Link } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { Evidence } from "../../../parts/Evidence.tsx";
import { Field, FormLayout, Problems, Select, useFormErrors } from "../../../parts/Field.tsx";
import { Look } from "../../../parts/Look.tsx";
import { Card, Values } from "../../../parts/Page.tsx";
import { DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { LANGUAGE_NAMES, LANGUAGES, usePreferences, type Language } from "../../../words/language.ts";
import classes from "./Review.module.css";
import { TEMPLATES } from "./templates.ts";
import type { ReviewItemDecideMutation } from "./__generated__/ReviewItemDecideMutation.graphql.ts";
import type { ReviewItem_item$data, ReviewItem_item$key } from "./__generated__/ReviewItem_item.graphql.ts";
import { useReviewWords } from "./words.ts";

const ITEM = graphql`
  fragment ReviewItem_item on ComplaintItem {
    id
    version
    row
    reason
    explanation
    verdict
    comment
    decidedAt
    remedy
    remedyPoints
    overrideReason
    delivery {
      id
      kind
      receivedAt
      points
      lead {
        id
        title
        source
      }
    }
    decision {
      outcome
      ...Verdict_decision
    }
    ...Evidence_item
  }
`;

const DECIDE = graphql`
  mutation ReviewItemDecideMutation($input: ComplaintItemDecideInput!) {
    complaintItemDecide(input: $input) {
      item {
        id
        ...ReviewItem_item
        complaint {
          id
          version
          status
          decidedAt
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Chosen = "ACCEPTED" | "REJECTED";

export function ReviewItem(props: { item: ReviewItem_item$key; begun: { readonly verdict: Chosen; readonly count: number } | null; reread: () => void }) {
  const words = useReviewWords();
  const { reasonNames } = useComplaintWords();
  const item = useFragment(ITEM, props.item);
  const { delivery } = item;
  return (
    <>
      <Card title={item.reason ? reasonNames[item.reason] : words.noReason}>
        <p className={classes["explanation"]}>
          <UserText lines>{item.explanation ?? words.noExplanation}</UserText>
        </p>
        <Values
          items={[
            [
              words.lead1,
              delivery && (
                <Link key="lead" href={`/leads/${encodeURIComponent(delivery.lead.id)}`}>
                  <UserText>{delivery.lead.title}</UserText>
                </Link>
              ),
            ],
            [words.kind, delivery && words.kinds[delivery.kind]],
            [words.received, delivery && <DateTime key="received" at={delivery.receivedAt} />],
            [words.price, delivery && <Points key="price" value={delivery.points} />],
          ]}
        />
      </Card>
      <Card title={words.rules}>
        <Verdict decision={item.decision} />
      </Card>
      <Card title={words.evidence}>
        <Evidence item={item} reader="operator" />
      </Card>
      {delivery && <Look leadId={delivery.lead.id} />}
      <Decide item={item} begun={props.begun} reread={props.reread} />
    </>
  );
}

interface DecideProps {
  readonly item: ReviewItem_item$data;
  readonly begun: { readonly verdict: Chosen; readonly count: number } | null;
  readonly reread: () => void;
}

function Decide({ item, begun, reread }: DecideProps) {
  const words = useReviewWords();
  const common = useCommon();
  const preferences = usePreferences();
  const [verdict, setVerdict] = useState<Chosen | null>(null);
  const [language, setLanguage] = useState<Language>(preferences.language);
  const [comment, setComment] = useDraft(`decide:${item.id}`);
  const [overrideReason, setOverrideReason] = useDraft(`override:${item.id}`);
  const [decide, isDeciding] = useMutation<ReviewItemDecideMutation>(DECIDE);
  const errors = useFormErrors("comment", "overrideReason", "verdict");
  const form = useRef<HTMLDivElement>(null);
  useUnsaved(comment !== "" || overrideReason !== "");
  const isOpen = item.verdict === "UNDER_REVIEW";
  const ruled = item.decision.outcome;
  const overrules = verdict !== null && (ruled === "ACCEPTED" || ruled === "REJECTED") && ruled !== verdict;

  const choose = (next: Chosen, inLanguage: Language = language): void => {
    const written = Object.values(TEMPLATES).flatMap((texts) => Object.values(texts));
    setVerdict(next);
    if (comment === "" || written.includes(comment)) setComment(TEMPLATES[next][inLanguage]);
  };
  const begunAt = useRef(begun);
  const isAwaited = useRef(false); // the field of the comment, which is drawn after the verdict is chosen
  useEffect(() => {
    if (begun !== null && begun !== begunAt.current) {
      begunAt.current = begun;
      isAwaited.current = true;
      choose(begun.verdict);
    }
    const field = isAwaited.current ? form.current?.querySelector("textarea") : null;
    if (!field) return;
    isAwaited.current = false;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length); // what is typed is added to the template
  });

  const submit = async (): Promise<void> => {
    if (isDeciding || verdict === null) return;
    if (!errors.require(overrules ? { comment, overrideReason } : { comment })) return;
    try {
      const outcome = await decide({
        input: {
          itemId: item.id,
          verdict,
          comment,
          overrideReason: overrideReason.trim() || null,
          expectedVersion: item.version,
        },
      });
      errors.set(outcome.errors);
      if (outcome.errors.length > 0) {
        if (outcome.errors.some(({ code }) => code === "STALE_VERSION")) reread(); // another's decision is shown beside what was typed
        return;
      }
      setComment("");
      setOverrideReason("");
      setVerdict(null);
      toast(words.decidedToast(words.verdicts[verdict]));
      reread();
    } catch (error) {
      errors.fail(error);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };

  return (
    <Card title={words.decision}>
      {!isOpen && (
        <div className={classes["explanation"]}>
          <Values
            items={[
              [words.verdict, words.verdicts[item.verdict]],
              [words.decided, item.decidedAt && <DateTime key="decided" at={item.decidedAt} />],
              [words.comment, item.comment && <UserText key="comment" lines>{item.comment}</UserText>],
              [words.remedy, item.remedy && words.remedies[item.remedy]],
              [words.credited, item.remedyPoints == null ? null : <Points key="credited" value={item.remedyPoints} />],
              [words.overrideReason, item.overrideReason && <UserText key="override">{item.overrideReason}</UserText>],
            ]}
          />
        </div>
      )}
      {!isOpen ? (
        <Soft>{words.final}</Soft>
      ) : (
        <Form onSubmit={onSubmit} validationBehavior="aria">
          <div ref={form} onKeyDown={onKeyDown}>
            <FormLayout>
              <div className={classes["buttons"]}>
                <Button kind={verdict === "ACCEPTED" ? "primary" : "secondary"} icon="check" aria-pressed={verdict === "ACCEPTED"} onPress={() => choose("ACCEPTED")}>
                  {words.accept}
                </Button>
                <Button kind={verdict === "REJECTED" ? "danger" : "secondary"} icon="close" aria-pressed={verdict === "REJECTED"} onPress={() => choose("REJECTED")}>
                  {words.reject}
                </Button>
              </div>
              {verdict === null ? (
                <Soft>{words.chooseFirst}</Soft>
              ) : (
                <>
                  <Soft>{verdict === "ACCEPTED" ? words.acceptCosts : words.rejectCosts}</Soft>
                  <Select
                    label={words.template}
                    value={language}
                    onChange={(id) => {
                      setLanguage(id as Language);
                      choose(verdict, id as Language);
                    }}
                    choices={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
                  />
                  <Field label={words.comment} hint={words.commentHint} rows={4} value={comment} onChange={setComment} error={errors.of("comment")} isRequired maxLength={5000} />
                  {(overrules || overrideReason !== "" || errors.of("overrideReason")) && (
                    <Field
                      label={words.overrideReason}
                      hint={words.overrideHint}
                      rows={2}
                      value={overrideReason}
                      onChange={setOverrideReason}
                      error={errors.of("overrideReason")}
                      isRequired
                    />
                  )}
                </>
              )}
              <Problems messages={[...errors.rest, ...(errors.of("verdict") ? [errors.of("verdict")!] : [])]} />
              <Button type="submit" kind="primary" isDisabled={verdict === null} isPending={isDeciding}>
                {isDeciding ? common.working : words.decide}
              </Button>
            </FormLayout>
          </div>
        </Form>
      )}
    </Card>
  );
}
