"""Benchmark of the log of decisions: a page by each filter in a small and in a large log, and trials."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bench import environment
from bench.data import VENDOR, load_marketplace, loading, policy, row_id
from bench.decisions import NOW, _facts
from bench.figures import Benchmark, Figure, Options, median
from models.base.database import connection, fetch
from models.base.keyset import Slice
from models.base.role import Role
from models.base.viewer import Viewer
from models.policies.decision_list import DecisionFilter, list_decisions
from models.policies.trial.run import BATCH, TrialRunner
from models.policies.trial.start import TrialRequest, start_trial
from rules import decide, production_parameters, visibility

SMALL, PAGE, ROUNDS, WARM = 100_000, 100, 30, 3
# Values by turns, so that each filter matches a share of the log, of the latest and of the oldest alike.
_LOG = """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
        recorded_at, actor_id)
    SELECT gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'refund' ELSE 'visibility' END,
        ('00000000-0000-7000-8000-' || lpad(to_hex(n / 3), 12, '0'))::uuid,
        CASE WHEN n % 7 = 0 THEN 'HIDDEN' ELSE 'VISIBLE' END,
        CASE WHEN n % 1000 = 0 THEN 'operator_overrode' WHEN n % 7 = 0 THEN 'still_waiting'
             ELSE 'revealed_by_silence' END,
        $1, jsonb_build_object('viewer', 'VENDOR', 'basis', 'APPLICATION', 'response', 'NONE',
            'waited', $2::timestamptz - (n % 400000) * interval '1 second', 'waited_seconds', n % 400000,
            'responded_after', 0, 'closed', 'NO'),
        $2::timestamptz - n * interval '1 second', $2::timestamptz - n * interval '1 second',
        CASE WHEN n % 20 = 0 THEN ('00000000-0000-7000-8000-' || lpad(to_hex(n % 50), 12, '0'))::uuid END
    FROM generate_series($3::bigint, $4::bigint) AS n"""


def _filters(now: datetime, records: int) -> dict[str, DecisionFilter]:
    return {
        "ruleset": DecisionFilter(ruleset="refund"),
        "rule": DecisionFilter(rule_id="still_waiting"),
        "verdict": DecisionFilter(verdict="HIDDEN"),
        "policy version": DecisionFilter(policy_version=policy().version),
        "subject": DecisionFilter(subject_id=UUID("00000000-0000-7000-8000-000000000100")),
        "person": DecisionFilter(actor_id=UUID("00000000-0000-7000-8000-000000000000")),
        "time": DecisionFilter(decided_until=now - timedelta(seconds=records // 2)),
        "override": DecisionFilter(overridden=True),
    }


async def run(options: Options) -> list[Figure]:
    """Measure pages in turns, then a trial."""
    large = options.pick(10_000_000, 1_000_000)
    with environment.services() as pair:
        urls = {}
        for records in (SMALL, large):
            urls[records] = await environment.make_database(pair, f"log{records}")
            await _load(urls[records], records)
        figures = []
        took: dict[int, dict[str, float]] = {}
        for records, url in urls.items():
            async with environment.models_on(url):
                took[records] = await _pages(records)
        for name, seconds in took[large].items():
            figures.append(
                Figure(
                    f"a page of {PAGE} by {name}: {large:,} decisions relative to {SMALL:,}",
                    seconds / took[SMALL][name],
                    "times",
                    most=2,
                    note=f"{seconds * 1000:.3g} ms against {took[SMALL][name] * 1000:.3g} ms",
                )
            )
        async with environment.models_on(urls[SMALL]):
            figures += [await _size(), *await _trial()]
        return figures


async def _load(url: str, records: int) -> None:
    now = datetime.now(UTC)
    async with loading(url, leads=records) as db:
        await load_marketplace(db, leads=1, vendors=1, now=now)
        for begin in range(1, records + 1, 500_000):
            end = min(begin + 499_999, records)
            await db.execute(_LOG, policy().version, NOW, begin, end, timeout=3_600)


async def _size() -> Figure:
    """Return how many bytes of a decision are in indexes, of which there are seven besides the key."""
    rows = await fetch(
        connection(), "SELECT pg_indexes_size('decision') AS indexes, pg_table_size('decision') AS heap"
    )
    of_row = rows[0]["indexes"] / SMALL
    return Figure("a decision in indexes", of_row, "bytes", note=f"{rows[0]['heap'] / SMALL:.0f} in the heap")


async def _pages(records: int) -> dict[str, float]:
    """Return the seconds of the first page by each filter, of the round that others delayed least."""
    found = {}
    for name, criteria in _filters(NOW, records).items():
        seconds = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            await list_decisions(connection(), Slice(PAGE), criteria)
            seconds.append(time.perf_counter() - began)
        found[name] = min(seconds)
    return found


def _bare() -> float:
    """Return how many decisions a second are made from the cache, as in the benchmark of decisions."""
    numbers, facts = policy(), _facts()
    rates = []
    for _ in range(5):
        began = time.thread_time()
        for _ in range(20):
            for one in facts:
                decide(visibility, numbers, one, NOW)
        rates.append(20 * len(facts) / (time.thread_time() - began))
    return median(rates)


async def _trial() -> list[Figure]:
    """Try 36 hours on the whole log, with the bare rate before and after."""
    operator = Viewer(user_id=row_id(VENDOR, 1), roles=frozenset({Role.OPERATOR}))
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 36 * 3_600
    rates, ratios = [], []
    for number in range(3):
        bare = _bare()
        request = TrialRequest(
            policy().market, parameters, NOW - timedelta(days=400), NOW, None, f"trial {number}"
        )
        trial_id = await start_trial(connection(), operator, request)
        runner = TrialRunner()
        await runner.carry_on()  # counts
        for _ in range(WARM):  # the process starts, and all examples are found
            await runner.carry_on()
        began, busy = time.perf_counter(), _cpu(runner)
        done = busy
        while await runner.carry_on():
            done = _cpu(runner) or done  # the process ends with the last batch
        took = time.perf_counter() - began
        rows = await fetch(connection(), "SELECT progress, total FROM policy_trial WHERE id = $1", trial_id)
        if rows[0]["progress"] != rows[0]["total"]:
            raise RuntimeError(f"the trial came to {rows[0]['progress']} of {rows[0]['total']}")
        rest = rows[0]["progress"] - WARM * BATCH
        rates.append(rest / took)
        ratios.append(rest / (done - busy) / ((bare + _bare()) / 2))
    return [
        Figure(
            "a trial, relative to deciding from the cache, in CPU time", median(ratios), "times", least=0.3
        ),
        Figure("a trial", median(rates), "decisions per second", note="elapsed; its process is nice"),
    ]


def _cpu(runner: TrialRunner) -> float:
    """Return the CPU seconds of this process and of the trial's; 0 without one."""
    if runner._decider is None:
        return 0.0
    stat = Path(f"/proc/{runner._decider[1].pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


BENCHMARK = Benchmark(
    "decision_log",
    "The log of decisions",
    "The first page of 100 decisions by each filter alone, in a log of 100,000 and in one of ten million "
    "(`--quick`: one million). And a trial of a draft on the log of 100,000, by one worker and its process, "
    "relative to the rate at which one thread decides from the cache of cells, measured before and after it, "
    "both in CPU time (without PostgreSQL's).",
    run,
)
