/** Reveals, refunds and complaints of the last two weeks. */
import { graphql, useFragment } from "react-relay";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Trend } from "../../../parts/Chart.tsx";
import { Card } from "../../../parts/Page.tsx";
import { useFormat } from "../../../words/format.ts";
import classes from "./Desk.module.css";
import type { Lately_days$key } from "./__generated__/Lately_days.graphql.ts";
import { useDeskWords } from "./words.ts";

const DAYS = graphql`
  fragment Lately_days on ActivityStatistic @relay(plural: true) {
    begins
    reveals
    refunds
    complaints
  }
`;

const SERIES = [
  { name: "reveals", tone: "accent" },
  { name: "refunds", tone: "good" },
  { name: "complaints", tone: "warn" },
] as const;

export function Lately(props: { days: Lately_days$key }) {
  const words = useDeskWords();
  const format = useFormat();
  const days = useFragment(DAYS, props.days);
  return (
    <Card
      title={words.lately}
      actions={
        <ButtonLink kind="quiet" isSmall icon="trend" href="/statistics">
          {words.statistics}
        </ButtonLink>
      }
    >
      <div className={classes["lately"]}>
        {SERIES.map(({ name, tone }) => (
          <div key={name}>
            <h3>
              {words.series[name]} <strong>{format.number(days.reduce((sum, day) => sum + day[name], 0))}</strong>
            </h3>
            <Trend label={words.series[name]} bars={days.map((day) => ({ label: format.day(day.begins), value: day[name], tone }))} />
          </div>
        ))}
      </div>
    </Card>
  );
}
