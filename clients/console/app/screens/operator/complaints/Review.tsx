/** One complaint: its rows, and beside them the row that is being decided. */
import { useState, type KeyboardEvent } from "react";
import { graphql, useFragment } from "react-relay";
import { useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Bars } from "../../../parts/Chart.tsx";
import { useComplaintWords, VERDICT_TONES } from "../../../parts/complaints.ts";
import { Card, Page, Stack, Values } from "../../../parts/Page.tsx";
import { NotFound } from "../../../parts/State.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { Thread } from "../../../parts/Thread.tsx";
import { useCommon } from "../../../words/common.ts";
import { useParam } from "../../screen.ts";
import { All } from "./All.tsx";
import classes from "./Review.module.css";
import { ReviewItem } from "./ReviewItem.tsx";
import type { ReviewQuery } from "./__generated__/ReviewQuery.graphql.ts";
import type { Review_complaint$key } from "./__generated__/Review_complaint.graphql.ts";
import { useReviewWords } from "./words.ts";

const COMPLAINT = graphql`
  query ReviewQuery($id: ID!) {
    node(id: $id) {
      ...Review_complaint @alias(as: "complaint")
    }
    buyers: complaintStatistics(by: BUYER) {
      name
      filed
      accepted
      rejected
      open
    }
    waiting: complaints(first: 2, filter: { status: OPEN }, orderBy: DUE) {
      nodes {
        id
        number
      }
    }
  }
`;

const FRAGMENT = graphql`
  fragment Review_complaint on Complaint {
    id
    number
    status
    submittedAt
    decideBy
    decidedAt
    vendor {
      name
    }
    file {
      name
      url
    }
    items(first: 100) {
      nodes {
        id
        row
        verdict
        reason
        delivery {
          lead {
            title
          }
        }
        ...ReviewItem_item
        ...All_items
      }
    }
    ...Thread_complaint
  }
`;


type Buyers = ReviewQuery["response"]["buyers"];
type Waiting = ReviewQuery["response"]["waiting"];

export default function Review() {
  const [turn, reread] = useTurn();
  const { node, buyers, waiting } = useQuery<ReviewQuery>(COMPLAINT, { id: useParam("id") }, turn);
  return node?.complaint ? <Found complaint={node.complaint} buyers={buyers} waiting={waiting} reread={reread} /> : <NotFound />;
}

function Found({ buyers, waiting, reread, ...props }: { complaint: Review_complaint$key; buyers: Buyers; waiting: Waiting; reread: () => void }) {
  const words = useReviewWords();
  const { reasonNames, statuses } = useComplaintWords();
  const common = useCommon();
  const complaint = useFragment(FRAGMENT, props.complaint);
  const items = complaint.items.nodes;
  const [chosen, setChosen] = useState<string | null>(null);
  const [key, setKey] = useState<{ readonly verdict: "ACCEPTED" | "REJECTED"; readonly count: number } | null>(null);
  const open = items.filter(({ verdict }) => verdict === "UNDER_REVIEW");
  const item = items.find(({ id }) => id === chosen) ?? open[0] ?? items[0];
  const history = buyers?.find(({ name }) => name === complaint.vendor.name);
  const nextComplaint = waiting?.nodes.find(({ id }) => id !== complaint.id);
  useRereadAt([complaint.status === "OPEN" ? complaint.decideBy : null], reread);

  /** Moves between rows, and begins a decision: keys work only while a row has the focus. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step !== undefined) {
      const buttons = [...event.currentTarget.querySelectorAll("button")];
      const at = buttons.findIndex((button) => button === document.activeElement);
      buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
      event.preventDefault();
    }
    const verdict = { a: "ACCEPTED" as const, r: "REJECTED" as const }[event.key];
    if (verdict) {
      setKey({ verdict, count: (key?.count ?? 0) + 1 });
      event.preventDefault();
    }
  };

  return (
    <Page
      title={complaint.number}
      back={{ href: "/complaints", label: common.nav.complaints }}
      lead={
        <>
          <UserText>{complaint.vendor.name}</UserText> · {statuses[complaint.status]}
          {complaint.status !== "DECIDED" && (
            <>
              {" · "}
              {words.due}: <Countdown until={complaint.decideBy} />
            </>
          )}
        </>
      }
      actions={
        nextComplaint && (
          <ButtonLink icon="arrow" href={`/complaints/${encodeURIComponent(nextComplaint.id)}`}>
            {words.next(nextComplaint.number)}
          </ButtonLink>
        )
      }
    >
      <div className={classes["split"]}>
        <Stack>
          <Card title={words.rows}>
            <ul className={classes["rows"]} onKeyDown={onKeyDown} {...(open.length > 0 && { "aria-describedby": "keys" })}>
              {items.map((one, index) => (
                <li key={one.id}>
                  <button
                    type="button"
                    aria-current={one.id === item?.id || undefined}
                    // The first row that waits takes the focus when the page opens, so that one key decides it.
                    autoFocus={one.id === (open[0]?.id ?? items[0]?.id)}
                    onFocus={() => setChosen(one.id)}
                    onClick={() => setChosen(one.id)}
                  >
                    <span>
                      <strong>
                        {one.row ?? index + 1}. {one.reason ? reasonNames[one.reason] : words.noReason}
                      </strong>
                      <Soft>
                        <UserText>{one.delivery?.lead.title}</UserText>
                      </Soft>
                    </span>
                    <Tag tone={VERDICT_TONES[one.verdict]}>{words.verdicts[one.verdict]}</Tag>
                  </button>
                </li>
              ))}
            </ul>
            {open.length > 0 && (
              <p id="keys" className={classes["keys"]}>
                {words.keys}
              </p>
            )}
          </Card>
          {open.length > 1 && <All items={open} reread={reread} />}
          <Card title={words.complaint}>
            <Values
              items={[
                [words.filed, <DateTime key="filed" at={complaint.submittedAt} />],
                [words.decided, complaint.decidedAt && <DateTime key="decided" at={complaint.decidedAt} />],
                [words.file, complaint.file?.url && <a key="file" href={complaint.file.url}>{complaint.file.name}</a>],
              ]}
            />
          </Card>
          {history && (
            <Card title={words.historyOf(complaint.vendor.name)}>
              <Bars
                label={words.historyOf(complaint.vendor.name)}
                bars={[
                  { label: words.filedRows, value: history.filed, tone: "calm" },
                  { label: words.accepted, value: history.accepted, tone: "good" },
                  { label: words.rejected, value: history.rejected, tone: "bad" },
                  { label: words.waiting, value: history.open, tone: "warn" },
                ]}
              />
            </Card>
          )}
        </Stack>
        <Stack>
          {item && <ReviewItem key={item.id} item={item} begun={key} reread={reread} />}
          <Thread
            complaint={complaint}
            own="operator"
            names={{ operator: words.marketplace, vendor: complaint.vendor.name }}
            words={words}
            reread={reread}
          />
        </Stack>
      </div>
    </Page>
  );
}
