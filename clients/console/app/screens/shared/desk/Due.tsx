/** What changes by itself next, soonest first: when, what, of which case, and what is decided until then. */
import { Link } from "react-aria-components";
import { useDeadlineWords } from "../../../parts/deadlines.ts";
import { Card } from "../../../parts/Page.tsx";
import { Countdown, DateTime, UserText } from "../../../parts/Text.tsx";
import { useSubjectHref } from "../../links.ts";
import type { DueItems } from "./Desk.tsx";
import classes from "./Due.module.css";
import { useDeskWords } from "./words.ts";

export interface DueProps {
  readonly items: DueItems;
  /** Leaves out the name of the vendor, who is the viewer. */
  readonly isOwn: boolean;
  /** Shows in large type when a contact opens by itself: it is the viewer's. */
  readonly isPerson: boolean;
}

export function Due({ items, isOwn, isPerson }: DueProps) {
  const words = useDeskWords();
  const kinds = useDeadlineWords();
  const hrefOf = useSubjectHref();
  if (items.length === 0) return null;
  return (
    <Card title={words.dueTitle} isFlush>
      <ol className={classes["due"]}>
        {items.map(({ kind, dueAt, decision, subject }) => {
          const title = subject.lead?.title ?? subject.number ?? "";
          const href = hrefOf({ __typename: subject.__typename, id: subject.id });
          return (
            <li key={`${subject.id} ${kind}`}>
              <div className={classes["when"]}>
                <Countdown until={dueAt} isLarge={isPerson && kind === "REVEAL"} />
                <small>
                  <DateTime at={dueAt} />
                </small>
              </div>
              <div className={classes["what"]}>
                <span className={classes["kind"]}>{kinds[kind]}</span>
                <h3>
                  {href ? (
                    <Link href={href} className={classes["link"]}>
                      <UserText>{title}</UserText>
                    </Link>
                  ) : (
                    <UserText>{title}</UserText>
                  )}
                  {!isOwn && subject.vendor && (
                    <span>
                      {" · "}
                      <UserText>{subject.vendor.name}</UserText>
                    </span>
                  )}
                </h3>
                {decision && <p>{decision.message}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
