/** Reveals, refunds and complaints over time, each with its numbers: a vendor's own, for operators of all vendors. */
import type { ReactNode } from "react";
import { graphql } from "react-relay";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { clock } from "../../../data/clock.ts";
import { useQuery } from "../../../data/query.ts";
import { Trend } from "../../../parts/Chart.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { wholeDays } from "../../../words/zones.ts";
import classes from "./Statistics.module.css";
import type { ActivityStep, StatisticsQuery } from "./__generated__/StatisticsQuery.graphql.ts";
import { useStatisticsWords } from "./words.ts";

const STATISTICS = graphql`
  query StatisticsQuery($period: PeriodInput!, $step: ActivityStep!) {
    activityStatistics(period: $period, step: $step) {
      begins
      reveals
      refunds
      pointsRefunded
      complaints
    }
  }
`;

type Part = NonNullable<StatisticsQuery["response"]["activityStatistics"]>[number];

/** The days of the choices, and how long each column is. */
const PERIODS: Readonly<Record<string, readonly [days: number, step: ActivityStep]>> = {
  "14": [14, "DAY"],
  "30": [30, "DAY"],
  "90": [90, "WEEK"],
  "365": [365, "WEEK"],
};
const DEFAULTS = { days: "30" } as const;
const SERIES = [
  { name: "reveals", tone: "accent" },
  { name: "refunds", tone: "good" },
  { name: "complaints", tone: "warn" },
] as const;

const hasHappened = ({ reveals, refunds, complaints }: Part): boolean => reveals + refunds + complaints > 0;

export default function Statistics() {
  const words = useStatisticsWords();
  const common = useCommon();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const { role } = useFrame();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const chosen = values.days in PERIODS ? values.days : DEFAULTS.days;
  const [days, step] = PERIODS[chosen]!;
  const { activityStatistics } = useQuery<StatisticsQuery>(STATISTICS, { period: wholeDays(timeZone, clock.now(), days), step });
  const parts = activityStatistics ?? [];
  const sum = (name: (typeof SERIES)[number]["name"] | "pointsRefunded"): number => parts.reduce((all, part) => all + part[name], 0);
  const number = (value: number): ReactNode => (value > 0 ? format.number(value) : <Soft>0</Soft>);
  const columns: Column<Part>[] = [
    { id: "begins", title: words.steps[step], isMain: true, render: ({ begins }) => format.day(begins) },
    ...SERIES.map(({ name }) => ({ id: name, title: words.series[name], isNumber: true, render: (part: Part) => number(part[name]) })),
    { id: "points", title: words.points, isNumber: true, render: ({ pointsRefunded }) => number(pointsRefunded) },
  ];
  return (
    <Page title={common.nav.statistics} lead={role === "OPERATOR" ? words.leadOfAll : words.leadOfOwn}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.period}
          value={chosen}
          onChange={(next) => change({ days: next })}
          choices={Object.keys(PERIODS).map((id) => ({ id, label: words.lastDays(id) }))}
        />
      </Filters>
      <Figures>
        {SERIES.map(({ name }) => (
          <Figure key={name} label={words.series[name]}>
            {format.number(sum(name))}
          </Figure>
        ))}
        <Figure label={words.points}>{format.number(sum("pointsRefunded"))}</Figure>
      </Figures>
      <div className={classes["plots"]}>
        {SERIES.map(({ name, tone }) => (
          <Card key={name} title={words.over[step](words.series[name])}>
            <Trend label={words.series[name]} bars={parts.map((part) => ({ label: format.day(part.begins), value: part[name], tone }))} />
          </Card>
        ))}
      </div>
      <Card title={common.numbers} actions={parts.some(hasHappened) && <Soft>{words.others}</Soft>} isFlush>
        <DataTable
          label={common.numbers}
          columns={columns}
          rows={parts.filter(hasHappened).reverse()}
          idOf={({ begins }) => begins}
          dependencies={[format, step]}
          empty={
            <Empty icon="trend" title={words.none}>
              {words.noneHint}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
