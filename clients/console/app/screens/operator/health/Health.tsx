/** The health of the house: what is late, what waits, and whether the books agree; each with what it means. */
import { graphql } from "react-relay";
import { Link } from "react-aria-components";
import { clock } from "../../../data/clock.ts";
import { useQuery, useRereadEvery, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { useDeadlineWords } from "../../../parts/deadlines.ts";
import { Icon } from "../../../parts/Icon.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Health.module.css";
import type { HealthQuery } from "./__generated__/HealthQuery.graphql.ts";
import { useHealthWords } from "./words.ts";

const HEALTH = graphql`
  query HealthQuery {
    health {
      overdueDeadlines
      overdueByKind {
        kind
        count
        oldestSeconds
      }
      oldestOverdueSeconds
      outboxOldestSeconds
      feedLagSeconds
      reconciledAt
      findings {
        check
        subject
        message
      }
    }
  }
`;

type Found = NonNullable<HealthQuery["response"]["health"]>;
type Overdue = Found["overdueByKind"][number];
type State = "good" | "warn" | "bad";

const READ_MS = 30_000;
/** How late things may be, in seconds: a worker that runs is never later than the first. */
const [LATE, TOO_LATE] = [10, 60];
const NIGHT_MS = 26 * 3_600_000; // the reconciliation runs each night

const lateness = (seconds: number): State => (seconds < LATE ? "good" : seconds < TOO_LATE ? "warn" : "bad");

function reconciliation({ reconciledAt, findings }: Found): State {
  if (findings.length > 0) return "bad";
  return reconciledAt && clock.now() - Date.parse(reconciledAt) < NIGHT_MS ? "good" : "warn";
}

export default function Health() {
  const words = useHealthWords();
  const common = useCommon();
  const format = useFormat();
  const kinds = useDeadlineWords();
  const [turn, reread, isReading] = useTurn();
  const { health } = useQuery<HealthQuery>(HEALTH, {}, turn);
  useRereadEvery(READ_MS, reread);
  if (!health) return <Page title={common.nav.health}>{null}</Page>;
  const signs = [
    {
      name: "overdue",
      state: health.overdueDeadlines === 0 ? "good" : lateness(health.oldestOverdueSeconds),
      value: format.number(health.overdueDeadlines),
    },
    { name: "lateness", state: lateness(health.oldestOverdueSeconds), value: format.duration(health.oldestOverdueSeconds) },
    { name: "outbox", state: lateness(health.outboxOldestSeconds), value: format.duration(health.outboxOldestSeconds), href: "/outbox?state=WAITING" },
    { name: "feeds", state: lateness(health.feedLagSeconds), value: format.duration(health.feedLagSeconds) },
    {
      name: "books",
      state: reconciliation(health),
      value: health.reconciledAt ? format.dateTime(health.reconciledAt) : words.never,
    },
  ] as const satisfies readonly { name: string; state: State; value: string; href?: string }[];
  const worst: State = signs.some(({ state }) => state === "bad") ? "bad" : signs.some(({ state }) => state === "warn") ? "warn" : "good";
  const columns: Column<Overdue>[] = [
    { id: "kind", title: words.kind, isMain: true, render: ({ kind }) => kinds[kind] },
    { id: "count", title: words.count, isNumber: true, render: ({ count }) => format.number(count) },
    { id: "since", title: words.since, isNumber: true, render: ({ oldestSeconds }) => format.duration(oldestSeconds) },
  ];
  const findings: Column<{ readonly row: number } & Found["findings"][number]>[] = [
    { id: "check", title: words.check, isMain: true, render: ({ check }) => <code>{check}</code> },
    { id: "subject", title: words.subject, render: ({ subject }) => <code>{subject}</code> },
    { id: "message", title: words.finding, render: ({ message }) => <UserText>{message}</UserText> },
  ];
  return (
    <Page
      title={common.nav.health}
      lead={words.lead[worst]}
      actions={
        <Button icon="reload" onPress={reread} isPending={isReading}>
          {common.reload}
        </Button>
      }
    >
      <Card isFlush>
        <ul className={classes["signs"]}>
          {signs.map(({ name, state, value, ...more }) => (
            <li key={name} data-state={state}>
              <span className={classes["icon"]}>
                <Icon name={state === "good" ? "check" : "alert"} size={18} />
              </span>
              <div className={classes["head"]}>
                <h2>{words.signs[name].title}</h2>
                <p className={classes["value"]}>
                  {value} <Tag tone={state satisfies Tone}>{words.states[state]}</Tag>
                </p>
              </div>
              <div className={classes["text"]}>
                <p>{words.signs[name].means}</p>
                <p>
                  <strong>{state === "good" ? words.otherwise : words.todo}</strong> {words.signs[name].todo}{" "}
                  {"href" in more && <Link href={more.href}>{words.look}</Link>}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={words.overdueTitle} isFlush>
        <DataTable
          label={words.overdueTitle}
          columns={columns}
          rows={health.overdueByKind}
          idOf={({ kind }) => kind}
          dependencies={[format]}
          empty={
            <Empty icon="check" title={words.noneOverdue}>
              {words.noneOverdueHint}
            </Empty>
          }
        />
      </Card>
      <Card title={words.findingsTitle} isFlush>
        <DataTable
          label={words.findingsTitle}
          columns={findings}
          rows={health.findings.map((finding, row) => ({ ...finding, row }))}
          idOf={({ row }) => String(row)}
          dependencies={[format]}
          empty={
            <Empty icon="book" title={health.reconciledAt ? words.agree : words.notYet}>
              {health.reconciledAt ? words.agreeHint(format.dateTime(health.reconciledAt)) : words.notYetHint}
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}
