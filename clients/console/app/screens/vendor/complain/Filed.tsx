/** What became of a filing: the complaint with its verdicts so far, and the rows that could not be filed. */
import { said } from "../../../data/refusals.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Bars } from "../../../parts/Chart.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { useFormat } from "../../../words/format.ts";
import classes from "./Complain.module.css";
import { useComplainWords } from "./words.ts";

/** The fields of an item, with which problems of rows begin in English. */
export const ITEM_FIELDS = ["items", "deliveryId", "reason", "explanation"];

export interface Filing {
  readonly complaint: {
    readonly id: string;
    readonly number: string;
    readonly counts: { readonly total: number; readonly accepted: number; readonly rejected: number; readonly underReview: number };
  } | null;
  readonly rowErrors: readonly { readonly row: number; readonly message: string }[];
}

export function Filed({ filing: { complaint, rowErrors } }: { filing: Filing }) {
  const words = useComplainWords();
  const format = useFormat();
  return (
    <div role="status">
      <Stack>
        {complaint && (
          <Card title={words.filed(complaint.number)}>
            <Stack>
              <Bars
                label={words.filed(complaint.number)}
                bars={[
                  { label: words.accepted, value: complaint.counts.accepted, tone: "good" },
                  { label: words.rejected, value: complaint.counts.rejected, tone: "bad" },
                  { label: words.underReview, value: complaint.counts.underReview, tone: "warn" },
                ]}
              />
              <div>
                <ButtonLink kind="primary" href={`/complaints/${encodeURIComponent(complaint.id)}`}>
                  {words.open}
                </ButtonLink>
              </div>
            </Stack>
          </Card>
        )}
        {rowErrors.length > 0 && (
          <Card title={words.refused(format.plural(rowErrors.length, words.rows))}>
            <ol className={classes["errors"]}>
              {rowErrors.slice(0, SHOWN).map(({ row, message }, index) => (
                <li key={`${row} ${index}`}>
                  <strong>{words.row(format.number(row))}</strong> <UserText>{said({ field: ITEM_FIELDS, message }, format.dateTime)}</UserText>
                </li>
              ))}
            </ol>
            {rowErrors.length > SHOWN && <p className={classes["soft"]}>{words.andMore(format.number(rowErrors.length - SHOWN))}</p>}
          </Card>
        )}
      </Stack>
    </div>
  );
}

const SHOWN = 200;
