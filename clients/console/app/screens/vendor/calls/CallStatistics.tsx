/** Numbers of a company's calls in a period: by hour of the day with a plot, and by outcome. */
import { graphql } from "react-relay";
import { clock } from "../../../data/clock.ts";
import { useQuery } from "../../../data/query.ts";
import { useCallWords } from "../../../parts/Call.tsx";
import { Bars } from "../../../parts/Chart.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Columns, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { CallStatisticsQuery } from "./__generated__/CallStatisticsQuery.graphql.ts";
import { useCompanyCallsWords } from "./words.ts";

const STATISTICS = graphql`
  query CallStatisticsQuery($period: PeriodInput!) {
    callStatistics(period: $period) {
      total
      transferred
      messages
      abandoned
      faq
      unfinished
      medianSeconds
      answeredWithin20
      medianWaitSeconds
      p90WaitSeconds
      smsCents
      timeZone
      byHour {
        hour
        total
      }
    }
  }
`;

const DAY_MS = 86_400_000;
const DEFAULTS = { days: "30" } as const;
const CHOICES = ["7", "30", "90", "365"];

/** Whole hours, so that a period stays the same while the page is drawn again. */
function periodOf(days: number): { from: string; to: string } {
  const end = Math.ceil(clock.now() / 3_600_000) * 3_600_000;
  return { from: new Date(end - days * DAY_MS).toISOString(), to: new Date(end).toISOString() };
}

export default function CallStatistics() {
  const words = useCompanyCallsWords();
  const said = useCallWords();
  const common = useCommon();
  const format = useFormat();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const days = CHOICES.includes(values.days) ? Number(values.days) : 30;
  const { callStatistics: found } = useQuery<CallStatisticsQuery>(STATISTICS, { period: periodOf(days) });
  const seconds = (value: number | null | undefined): string => (value == null ? "–" : format.duration(value));
  const hours = found ? hoursOf(found.byHour) : [];
  return (
    <Page title={words.statistics} back={{ href: "/calls", label: common.nav.calls }}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.period}
          value={String(days)}
          onChange={(next) => change({ days: next })}
          choices={CHOICES.map((id) => ({ id, label: words.lastDays(id) }))}
        />
      </Filters>
      {!found || found.total === 0 ? (
        <Card>
          <Empty icon="chart" title={words.noStatistics}>
            {words.noStatisticsHint}
          </Empty>
        </Card>
      ) : (
        <>
          <Figures>
            <Figure label={words.calls}>{format.number(found.total)}</Figure>
            <Figure label={words.within20}>
              {found.answeredWithin20 == null ? "–" : format.share(found.answeredWithin20)}
            </Figure>
            <Figure label={words.medianWait}>{seconds(found.medianWaitSeconds)}</Figure>
            <Figure label={words.p90Wait}>{seconds(found.p90WaitSeconds)}</Figure>
            <Figure label={words.medianTalk}>{seconds(found.medianSeconds)}</Figure>
            <Figure label={words.smsCost}>{format.cents(found.smsCents)}</Figure>
          </Figures>
          <Columns
            side={
              <Card title={words.outcome}>
                <Bars
                  label={words.outcome}
                  bars={[
                    { label: said.outcomes.TRANSFERRED, value: found.transferred, tone: "good" },
                    { label: said.outcomes.MESSAGE_TAKEN, value: found.messages, tone: "good" },
                    { label: said.outcomes.FAQ_ANSWERED, value: found.faq, tone: "good" },
                    { label: said.outcomes.ABANDONED, value: found.abandoned, tone: "bad" },
                    { label: said.outcomes.UNFINISHED, value: found.unfinished, tone: "warn" },
                  ]}
                />
              </Card>
            }
          >
            <Card title={words.byHour(found.timeZone)}>
              <Bars label={words.byHour(found.timeZone)} bars={hours} />
            </Card>
          </Columns>
        </>
      )}
    </Page>
  );
}

/** The calls of each hour of the day, from the first to the last hour that has some. */
function hoursOf(byHour: readonly { readonly hour: number; readonly total: number }[]): { label: string; value: number }[] {
  const totals = new Map<number, number>();
  for (const { hour, total } of byHour) totals.set(hour, (totals.get(hour) ?? 0) + total);
  const [first, last] = [Math.min(...totals.keys()), Math.max(...totals.keys())];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).map((hour) => ({
    label: `${String(hour).padStart(2, "0")}–${String(hour + 1).padStart(2, "0")}`,
    value: totals.get(hour) ?? 0,
  }));
}
