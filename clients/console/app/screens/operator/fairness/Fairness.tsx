/** How complaints end, by source, buyer and reason: the same numbers that a vendor sees of itself; also as a file. */
import { graphql } from "react-relay";
import { useQuery } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Bars } from "../../../parts/Chart.tsx";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { useSourceWords } from "../../../parts/sources.ts";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import type { ComplaintStatisticsBy, FairnessQuery } from "./__generated__/FairnessQuery.graphql.ts";
import { csvOf } from "./csv.ts";
import { useFairnessWords } from "./words.ts";

const FAIRNESS = graphql`
  query FairnessQuery($by: ComplaintStatisticsBy!, $period: PeriodInput) {
    complaintStatistics(by: $by, period: $period) {
      key
      name
      filed
      accepted
      rejected
      open
      noConsent
      overridden
      medianDays
    }
  }
`;

type Statistic = NonNullable<FairnessQuery["response"]["complaintStatistics"]>[number];
const GROUPS: readonly ComplaintStatisticsBy[] = ["SOURCE", "BUYER", "REASON", "DECIDER"];
const DEFAULTS = { by: "SOURCE", from: "", until: "" } as const;
const EARLIEST = "1970-01-01T00:00:00.000Z";
const LATEST = "9999-12-31T00:00:00.000Z";
const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;

/** The days from one to another, both included, in the user's zone; null for all. */
function periodOf(from: string, until: string, zone: string): { readonly from: string; readonly to: string } | null {
  const begin = from && instantIn(zone, `${from}T00:00`);
  const last = Date.parse(`${until}T00:00Z`);
  const end = Number.isFinite(last) ? instantIn(zone, new Date(last + DAY_MS).toISOString().slice(0, 16)) : null;
  return begin || end ? { from: begin || EARLIEST, to: end ?? LATEST } : null;
}

/** The accepted share of what was decided, from 0 to 1; null if nothing was. */
const rateOf = ({ accepted, rejected }: Pick<Statistic, "accepted" | "rejected">): number | null =>
  accepted + rejected > 0 ? accepted / (accepted + rejected) : null;

/** Numbers for a spreadsheet: a share in per cent, and days with three decimal places. */
const shareOf = (rate: number | null): number | string => (rate === null ? "" : Math.round(rate * 100));
const rounded = (days: number | null | undefined): number | string => (days == null ? "" : Number(days.toFixed(3)));

export default function Fairness() {
  const words = useFairnessWords();
  const common = useCommon();
  const format = useFormat();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const by = GROUPS.find((group) => group === values.by) ?? "SOURCE";
  const { timeZone } = usePreferences();
  const { complaintStatistics } = useQuery<FairnessQuery>(FAIRNESS, { by, period: periodOf(values.from, values.until, timeZone) });
  const groups = complaintStatistics ?? [];
  const { reasonNames } = useComplaintWords();
  const { sources, smallGroups } = useSourceWords();
  const keys: Readonly<Record<string, string>> = { ...sources, ...reasonNames, SMALL_GROUPS: smallGroups };
  const labelOf = ({ key, name }: Statistic): string => name ?? keys[key] ?? key;
  const percent = (rate: number | null): string => (rate === null ? "–" : format.share(rate));
  const total = groups.reduce(
    (sum, { filed, accepted, rejected, open, noConsent, overridden }) => ({
      filed: sum.filed + filed,
      accepted: sum.accepted + accepted,
      rejected: sum.rejected + rejected,
      open: sum.open + open,
      noConsent: sum.noConsent + noConsent,
      overridden: sum.overridden + (overridden ?? 0),
    }),
    { filed: 0, accepted: 0, rejected: 0, open: 0, noConsent: 0, overridden: 0 },
  );
  const columns: Column<Statistic>[] = [
    { id: "group", title: words.groups[by], isMain: true, render: (one) => <UserText>{labelOf(one)}</UserText> },
    { id: "filed", title: words.filed, isNumber: true, render: ({ filed }) => format.number(filed) },
    { id: "accepted", title: words.accepted, isNumber: true, render: ({ accepted }) => format.number(accepted) },
    { id: "rejected", title: words.rejected, isNumber: true, render: ({ rejected }) => format.number(rejected) },
    { id: "open", title: words.open, isNumber: true, render: ({ open }) => format.number(open) },
    { id: "noConsent", title: words.noConsent, isNumber: true, render: ({ noConsent }) => format.number(noConsent) },
    { id: "overridden", title: words.overridden, isNumber: true, render: ({ overridden }) => (overridden == null ? "–" : format.number(overridden)) },
    { id: "rate", title: words.rate, isNumber: true, render: (one) => percent(rateOf(one)) },
    { id: "days", title: words.time, isNumber: true, render: ({ medianDays }) => (medianDays == null ? "–" : format.duration(medianDays * DAY_SECONDS)) },
  ];
  const download = (): void => {
    const rows = groups.map((one) => [labelOf(one), one.filed, one.accepted, one.rejected, one.open, one.noConsent, one.overridden ?? "", shareOf(rateOf(one)), rounded(one.medianDays)]);
    const text = csvOf([[words.groups[by], words.filed, words.accepted, words.rejected, words.open, words.noConsent, words.overridden, `${words.rate} (%)`, words.days], ...rows]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = `${["fairness", by.toLowerCase(), values.from, values.until].filter(Boolean).join("-")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Page
      title={common.nav.fairness}
      lead={words.lead}
      actions={
        <Button icon="file" onPress={download} isDisabled={groups.length === 0}>
          {words.download}
        </Button>
      }
    >
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.by}
          value={by}
          onChange={(next) => change({ by: next })}
          choices={GROUPS.map((id) => ({ id, label: words.groups[id] }))}
        />
        <FilterText type="date" label={words.from} value={values.from} onChange={(from) => change({ from })} />
        <FilterText type="date" label={words.until} value={values.until} onChange={(until) => change({ until })} />
      </Filters>
      {groups.length === 0 ? (
        <Card>
          {values.from || values.until ? (
            <NoMatches title={words.noneFound} clear={() => change(DEFAULTS)} />
          ) : (
            <Empty icon="chart" title={words.none}>
              {words.noneHint}
            </Empty>
          )}
        </Card>
      ) : (
        <>
          <Figures>
            <Figure label={words.filed}>{format.number(total.filed)}</Figure>
            <Figure label={words.accepted}>{format.number(total.accepted)}</Figure>
            <Figure label={words.rejected}>{format.number(total.rejected)}</Figure>
            <Figure label={words.open} href="/complaints?status=OPEN">
              {format.number(total.open)}
            </Figure>
            <Figure label={words.overridden}>{format.number(total.overridden)}</Figure>
            <Figure label={words.rate}>{percent(rateOf(total))}</Figure>
          </Figures>
          <Card title={words.filedBy(words.groups[by])}>
            <Bars label={words.filedBy(words.groups[by])} bars={groups.map((one) => ({ label: labelOf(one), value: one.filed }))} />
          </Card>
          {groups.some((one) => rateOf(one) !== null) && (
            <Card title={words.rateBy(words.groups[by])}>
              <Bars
                label={words.rateBy(words.groups[by])}
                write={(value) => format.share(value / 100)}
                bars={groups.flatMap((one) => {
                  const rate = rateOf(one);
                  return rate === null ? [] : [{ label: labelOf(one), value: Math.round(rate * 100), tone: "good" as const }];
                })}
              />
            </Card>
          )}
          <Card title={common.numbers} isFlush>
            <DataTable
              label={common.numbers}
              columns={columns}
              rows={groups}
              idOf={({ key }) => key}
              dependencies={[format, by]}
              empty={<Empty title={words.none} />}
            />
          </Card>
        </>
      )}
    </Page>
  );
}
