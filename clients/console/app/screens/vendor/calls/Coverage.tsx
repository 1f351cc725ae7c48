/** A week with the times in which nobody could be reached: a strip for each day, and each gap in words with its reasons. */
import { useDeferredValue, useMemo, type ReactNode } from "react";
import { graphql } from "react-relay";
import { clock } from "../../../data/clock.ts";
import { useQuery } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { Card, Figure, Figures, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { usePreferences } from "../../../words/language.ts";
import { dayAfter, localIn, mondayOf, weekFrom, type Day } from "../../../words/zones.ts";
import type { CoverageQuery, WeeklySpanInput } from "./__generated__/CoverageQuery.graphql.ts";
import classes from "./Coverage.module.css";
import { useCoverageWords } from "./coverageWords.ts";
import { lengthOf, secondsOf, shareOf, within, type Span } from "./spans.ts";
import { useCompanyCallsWords } from "./words.ts";

const COVERAGE = graphql`
  query CoverageQuery($input: CallCoverageInput!) {
    secretariat {
      id
      timeZone
      employees(first: 1) {
        nodes {
          id
        }
      }
    }
    callCoverage(input: $input) {
      reachableSeconds
      expectedSeconds
      truncated
      expected {
        from
        to
      }
      gaps {
        from
        to
        reasons {
          ruleId
          reason
          employees
        }
      }
    }
  }
`;

type Found = NonNullable<CoverageQuery["response"]["callCoverage"]>;
type Gap = Found["gaps"][number];

const DEFAULTS = { week: "", standing: "ORDINARY", expected: "hours" } as const;
const FURTHEST_WEEKS = 103; // the API looks at most two years away
const spans = (days: number, from: string, until: string): readonly WeeklySpanInput[] =>
  Array.from({ length: days }, (_, index) => ({ weekday: index + 1, from, until }));
/** In the company's time zone; null are the employees' hours. */
const EXPECTED = {
  hours: null,
  work: spans(5, "08:00", "18:00"),
  shop: spans(6, "08:00", "20:00"),
  always: spans(7, "00:00", "24:00"),
} as const;
const STANDINGS = { ORDINARY: null, VIP_OF_COMPANY: null } as const;

export default function Coverage() {
  const words = useCoverageWords();
  const calls = useCompanyCallsWords();
  const common = useCommon();
  const { timeZone } = usePreferences();
  const [values, change] = useFilters(DEFAULTS);
  const today = localIn(timeZone, new Date(clock.now()).toISOString()).slice(0, 10);
  const current = mondayOf(today) ?? today;
  const [earliest, latest] = [dayAfter(current, -7 * FURTHEST_WEEKS), dayAfter(current, 7 * FURTHEST_WEEKS)];
  const asked = mondayOf(values.week) ?? current;
  const monday = asked < earliest ? earliest : asked > latest ? latest : asked;
  const standing = choiceIn(values.standing, STANDINGS) ?? DEFAULTS.standing;
  const expected = choiceIn(values.expected, EXPECTED) ?? DEFAULTS.expected;
  // What was read stays until the next week has come, and so does the focus on the button that turns to it.
  const wanted = useMemo(() => ({ monday, standing, expected }), [monday, standing, expected]);
  const shown = useDeferredValue(wanted);
  const days = weekFrom(timeZone, shown.monday);
  const { secretariat, callCoverage: found } = useQuery<CoverageQuery>(COVERAGE, {
    input: { period: { from: days[0]!.from, to: days.at(-1)!.to }, standing: shown.standing, expected: EXPECTED[shown.expected] },
  });
  const isEmpty = !secretariat || secretariat.employees.nodes.length === 0 || !found;
  const go = (week: string): void => change({ week: week === current ? "" : week });
  return (
    <Page
      title={words.coverage}
      lead={words.lead}
      back={{ href: "/calls", label: common.nav.calls }}
      actions={
        !isEmpty && (
          <ButtonLink href="/calls/absences" icon="users">
            {words.absences}
          </ButtonLink>
        )
      }
    >
      {isEmpty ? (
        <Card>
          <Empty icon={secretariat ? "users" : "phone"} title={secretariat ? words.noEmployees : calls.noSecretariat}>
            {secretariat ? words.noEmployeesHint : calls.noSecretariatHint}
          </Empty>
        </Card>
      ) : (
        <>
          <Filters
            isFiltered={standing !== DEFAULTS.standing || expected !== DEFAULTS.expected}
            onClear={() => change({ standing: DEFAULTS.standing, expected: DEFAULTS.expected })}
          >
            <Select
              label={words.caller}
              value={standing}
              onChange={(next) => change({ standing: next })}
              choices={Object.entries(words.standings).map(([id, label]) => ({ id, label }))}
            />
            <Select
              label={words.expectedTime}
              value={expected}
              onChange={(next) => change({ expected: next })}
              choices={Object.entries(words.expectations).map(([id, label]) => ({ id, label }))}
            />
          </Filters>
          <div className={classes["shown"]} aria-busy={shown !== wanted}>
            <Week
              days={days}
              today={today}
              found={found}
              companyZone={secretariat.timeZone}
              moves={
                <div className={classes["moves"]}>
                  <Button isSmall onPress={() => go(current)}>
                    {words.thisWeek}
                  </Button>
                  <Button isSmall icon="back" aria-label={words.before} isDisabled={monday <= earliest} onPress={() => go(dayAfter(monday, -7))} />
                  <Button isSmall icon="arrow" aria-label={words.after} isDisabled={monday >= latest} onPress={() => go(dayAfter(monday, 7))} />
                </div>
              }
            />
            <Gaps found={found} />
          </div>
        </>
      )}
    </Page>
  );
}

function Week(props: { days: readonly Day[]; today: string; found: Found; companyZone: string; moves: ReactNode }) {
  const words = useCoverageWords();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const { days, today, found, companyZone, moves } = props;
  const { gaps, truncated, reachableSeconds, expectedSeconds } = found;
  const count = format.number(gaps.length);
  const title = words.week(format.days(days[0]!.day, days.at(-1)!.day));
  return (
    <>
      <Figures>
        <Figure label={words.covered}>{expectedSeconds > 0 ? format.share(shareOf(reachableSeconds, expectedSeconds)) : "–"}</Figure>
        <Figure label={words.expectedTime}>{format.hours(expectedSeconds)}</Figure>
        <Figure label={words.missing}>{format.hours(expectedSeconds - reachableSeconds)}</Figure>
        <Figure label={words.gaps}>{truncated ? `> ${count}` : count}</Figure>
      </Figures>
      <Card title={title} actions={moves}>
        <table className={classes["week"]} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col" className={classes["hours"]}>
                <span className={classes["said"]}>{words.strip}</span>
                <span aria-hidden="true" className={classes["axis"]}>
                  {[0, 6, 12, 18, 24].map((hour) => (
                    <span key={hour}>{hour}</span>
                  ))}
                </span>
              </th>
              <th scope="col">{words.coverage}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <Strip key={day.day} day={day} isToday={day.day === today} found={found} />
            ))}
          </tbody>
        </table>
        <ul className={classes["legend"]}>
          {(["covered", "missing", "none"] as const).map((kind) => (
            <li key={kind}>
              <span aria-hidden="true" data-kind={kind} />
              {{ covered: words.legendCovered, missing: words.legendMissing, none: words.legendNone }[kind]}
            </li>
          ))}
          <li>{timeZone === companyZone ? words.zone(timeZone) : words.companyZone(timeZone, companyZone)}</li>
        </ul>
      </Card>
    </>
  );
}

const MINUTES = 1_440;

/** One day: what is expected, and the gaps in it, by the clock on the wall. */
function Strip({ day, isToday, found }: { day: Day; isToday: boolean; found: Found }) {
  const words = useCoverageWords();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const expected = within(day, found.expected);
  const gaps = within(day, found.gaps);
  const missing = secondsOf(gaps);
  const minuteOf = (at: string): number => {
    const [hour = 0, minute = 0] = localIn(timeZone, at).slice(11).split(":").map(Number);
    return hour * 60 + minute;
  };
  const draw = (span: Span, kind: string) => {
    const begin = minuteOf(span.from);
    const end = span.to === day.to ? MINUTES : minuteOf(span.to);
    return (
      <rect key={`${kind}${span.from}`} x={begin} width={Math.max(4, end - begin)} height="10" className={classes[kind]}>
        <title>{format.range(span.from, span.to)}</title>
      </rect>
    );
  };
  return (
    <tr data-today={isToday || undefined}>
      <th scope="row">
        {format.weekday(day.day)} {isToday && <span className={classes["today"]}>{words.today}</span>}
      </th>
      <td className={classes["drawing"]}>
        <svg viewBox={`0 0 ${MINUTES} 10`} preserveAspectRatio="none" aria-hidden="true">
          <rect width={MINUTES} height="10" className={classes["none"]} />
          {expected.map((span) => draw(span, "covered"))}
          {gaps.map((span) => draw(span, "missing"))}
          {[6, 12, 18].map((hour) => (
            <line key={hour} x1={hour * 60} x2={hour * 60} y1="0" y2="10" vectorEffect="non-scaling-stroke" className={classes["line"]} />
          ))}
        </svg>
      </td>
      <td className={classes["sum"]} data-missing={missing > 0 || undefined}>
        {missing > 0 ? words.dayMissing(format.hours(missing)) : expected.length > 0 ? words.dayWhole : words.dayNone}
      </td>
    </tr>
  );
}

function Gaps({ found }: { found: Found }) {
  const words = useCoverageWords();
  const format = useFormat();
  const columns: Column<Gap>[] = [
    {
      id: "when",
      title: words.when,
      isMain: true,
      render: ({ from, to }) => (
        <time dateTime={`${from}/${to}`}>
          <strong>{format.range(from, to)}</strong>
        </time>
      ),
    },
    { id: "long", title: words.long, isNumber: true, render: (gap) => format.hours(lengthOf(gap)) },
    {
      id: "why",
      title: words.why,
      isWide: true,
      render: ({ reasons }) => (
        <ul className={classes["reasons"]}>
          {reasons.map(({ ruleId, reason, employees }) => (
            <li key={ruleId}>
              {reason} <Soft>{format.plural(employees, words.held)}</Soft>
            </li>
          ))}
        </ul>
      ),
    },
  ];
  const isExpected = found.expectedSeconds > 0;
  return (
    <Card title={words.tableGaps} isFlush>
      {found.truncated && (
        <p role="status" className={classes["truncated"]}>
          {words.truncated(format.number(found.gaps.length))}
        </p>
      )}
      <DataTable
        label={words.tableGaps}
        columns={columns}
        rows={found.gaps}
        idOf={({ from }) => from}
        dependencies={[format]}
        empty={
          <Empty icon={isExpected ? "check" : "clock"} title={isExpected ? words.noGaps : words.notExpected}>
            {isExpected ? words.noGapsHint : words.notExpectedHint}
          </Empty>
        }
      />
    </Card>
  );
}
