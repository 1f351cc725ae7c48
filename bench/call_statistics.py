"""Benchmark of `callStatistics`: a month among few and among many calls, and against hand-written SQL."""

import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

from bench import companies, environment
from bench.calls import open_place
from bench.companies import SECRETARIAT, load_company, next_monday, owner_of
from bench.data import OWNER, POLICY, Connection, load_marketplace, loading, row_id
from bench.figures import Benchmark, Figure, Options, median
from models.base.database import connection, fetch
from models.calls.statistics import call_statistics

FEW, MANY = 10_000, 1_000_000
DAYS = timedelta(days=31)
CALL, ATTEMPT = 28, 29

# $1: the end of the month, $2 the number of calls. The last 10,000 rang within the month, the others within
# the three years before.
_CALLS = (
    f"""INSERT INTO call (id, version, secretariat_id, policy_id, caller_shown, caller_kind, caller_trust,
            dialled, ringing_at, answered_at, hung_up_at, agent_id, wanted_employee_id, outcome, finished_at,
            forget_at, flags)
        SELECT bench_id({CALL}, n), 1, bench_id({SECRETARIAT}, 1), bench_id({POLICY}, 1), '', 'WITHHELD',
               'WITHHELD', '+493023125101', rang,
               CASE WHEN n % 10 <> 0 THEN rang + n % 60 * interval '1 s' END,
               rang + (60 + n % 600) * interval '1 s',
               CASE WHEN n % 10 <> 0 THEN bench_id({OWNER}, 1) END,
               bench_id({companies.EMPLOYEE}, 1000001 + n % 10),
               CASE WHEN n % 10 = 0 THEN 'ABANDONED' WHEN n % 2 = 0 THEN 'TRANSFERRED'
                    ELSE 'MESSAGE_TAKEN' END,
               rang + interval '15 minutes', rang + interval '180 days', '{{}}'
        FROM (SELECT n, CASE WHEN n <= {FEW} THEN $1::timestamptz - n * interval '267 s'
                             ELSE $1::timestamptz - interval '32 days' - n * interval '90 s' END AS rang
              FROM generate_series(1, $2::bigint) AS n) AS given""",
    f"""INSERT INTO transfer_attempt (id, call_id, ordinal, employee_id, number, started_at, result,
            result_at, measured, decision_id, by)
        SELECT bench_id({ATTEMPT}, n), bench_id({CALL}, n), 1,
               bench_id({companies.EMPLOYEE}, 1000001 + n % 10), '+49303', $1::timestamptz,
               CASE WHEN n % 10 = 0 THEN 'CANCELLED' ELSE 'ACCEPTED' END, $1::timestamptz, true,
               bench_id({ATTEMPT}, n), 'AGENT'
        FROM generate_series(2, $2::bigint, 2) AS n""",
)
_OF_MONTH = "FROM call WHERE secretariat_id = $1 AND ringing_at >= $2 AND ringing_at < $3"
_BY_HAND = (
    f"""SELECT count(*), count(*) FILTER (WHERE outcome = 'TRANSFERRED'),
            count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN'), count(*) FILTER (WHERE outcome = 'ABANDONED'),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY hung_up_at - answered_at),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - ringing_at),
            percentile_disc(0.9) WITHIN GROUP (ORDER BY answered_at - ringing_at) {_OF_MONTH}""",
    f"""SELECT (ringing_at AT TIME ZONE 'Europe/Berlin')::date, count(*),
            count(*) FILTER (WHERE outcome = 'TRANSFERRED'), count(*) FILTER (WHERE outcome = 'ABANDONED')
        {_OF_MONTH} GROUP BY 1""",
    f"""SELECT extract(isodow FROM ringing_at AT TIME ZONE 'Europe/Berlin'),
            extract(hour FROM ringing_at AT TIME ZONE 'Europe/Berlin'), count(*) {_OF_MONTH} GROUP BY 1, 2""",
    f"SELECT wanted_employee_id, count(*) {_OF_MONTH} GROUP BY 1",
    f"""SELECT transfer_attempt.employee_id, result, count(*) FROM transfer_attempt
        WHERE call_id IN (SELECT id {_OF_MONTH}) GROUP BY 1, 2""",
)


async def run(options: Options) -> list[Figure]:
    """Load both companies, then measure in turns."""
    now = datetime.now(UTC).replace(microsecond=0)
    many = options.pick(MANY, MANY // 10)
    with environment.services() as pair:
        urls = []
        for name, calls in (("statistics_few", FEW), ("statistics_many", many)):
            urls.append(await environment.make_database(pair, name))
            async with loading(urls[-1], leads=0) as loaded:
                await load_marketplace(loaded, leads=1, vendors=1, now=now)
                await load_company(loaded, 1, employees=10, monday=next_monday(now))
                await _load(loaded, now, calls)
        async with AsyncExitStack() as stack:
            few, large = [await open_place(stack, url) for url in urls]
            seconds: dict[str, list[float]] = {"few": [], "many": [], "by hand": []}
            for number in range(2 + options.pick(30, 10)):
                for name, place, by_hand in (
                    ("few", few, False),
                    ("many", large, False),
                    ("by hand", large, True),
                ):
                    began = time.perf_counter()
                    total = await place.within(_by_hand(now) if by_hand else _statistics(now))
                    if total != (FEW, FEW * 4 // 10):
                        raise RuntimeError(f"{name}: {total}")
                    if number > 1:  # the first ones warm up
                        seconds[name].append(time.perf_counter() - began)
    small, big, hand = (median(seconds[name]) for name in ("few", "many", "by hand"))
    return [
        Figure(
            f"a month of 10,000 calls among {many:,}, relative to SQL by hand", big / hand, "times", most=3
        ),
        Figure(f"a month of 10,000 calls: {many:,} to 10,000 stored", big / small, "times", most=1.3),
        Figure(f"a month among {many:,} calls", big * 1_000, "ms"),
        Figure("by hand", hand * 1_000, "ms"),
    ]


async def _load(loaded: Connection, now: datetime, calls: int) -> None:
    for statement in _CALLS:
        await loaded.execute(statement, now, calls)
    await loaded.execute("VACUUM ANALYZE")


async def _statistics(now: datetime) -> tuple[int, int]:
    found = await call_statistics(connection(), owner_of(1), None, (now - DAYS, now))
    return found.total, found.transferred


async def _by_hand(now: datetime) -> tuple[int, int]:
    values = row_id(SECRETARIAT, 1), now - DAYS, now
    totals, *_ = [await fetch(connection(), statement, *values) for statement in _BY_HAND]
    return totals[0][0], totals[0][1]


BENCHMARK = Benchmark(
    "call_statistics",
    "Statistics of calls",
    "`callStatistics` of 31 days with 10,000 calls: the model's function, with a million older calls and "
    "without, in turns, and five plain statements that count the same from stored outcomes. The totals are "
    "compared.",
    run,
)
