"""Benchmark of closing: calls due at one instant against a sweep of reveals, on two databases in turns.

Afterwards the books of both are compared.
"""

import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bench import environment
from bench.call_rows import AGENTS, load_due
from bench.calls import Place, open_place
from bench.cases import load_cases
from bench.companies import load_company, next_monday
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.process.gc_tuning import COLLECT_AFTER_BATCHES, look_less_often
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake
from models.reconciliation import reconcile

CALLS, ROUNDS, BATCH = 10_000, 5, 1_000
VENDORS, EMPLOYEES = 1_000, 100
_LEFT = "SELECT count(*) AS n FROM deadline WHERE done_at IS NULL AND kind = ANY($1::text[])"
_KINDS = ["REVEAL", "CALL_CLOSE"]
_FLAGGED = """SELECT count(*) FILTER (WHERE flags = '{NOTE_MISSING}' AND outcome = 'UNFINISHED') AS missing,
    count(*) FILTER (WHERE flags = '{NEVER_ENDED}' AND outcome = 'ABANDONED') AS abandoned FROM call"""


async def run(options: Options) -> list[Figure]:
    """Alternate between sweeping a fifth of the calls and as many reveals."""
    each = options.pick(CALLS, CALLS // 5) // ROUNDS
    cases, now = each * ROUNDS, datetime.now(UTC)
    with environment.services() as pair:
        urls = [await environment.make_database(pair, f"closing_{name}") for name in ("calls", "reveals")]
        async with loading(urls[0], leads=0) as loaded:
            await load_marketplace(loaded, leads=1, vendors=3, now=now)
            await load_company(loaded, 1, employees=EMPLOYEES, monday=next_monday(now))
            await loaded.execute(AGENTS, 2, 3)
            await load_due(loaded, 1, cases, employees=EMPLOYEES)
        async with loading(urls[1], leads=cases) as loaded:
            await load_marketplace(loaded, leads=cases, vendors=VENDORS, now=now)
            await load_cases(
                loaded,
                f"""SELECT n, n, n % {VENDORS} + 1, 'DUE',
                           date_trunc('hour', clock_timestamp()) - interval '3 days'
                    FROM generate_series(1::bigint, {cases}) AS n""",
            )
        look_less_often(COLLECT_AFTER_BATCHES)  # as a worker does
        async with AsyncExitStack() as stack:
            redis = await stack.enter_async_context(open_redis(pair.redis_url))
            wake = await stack.enter_async_context(RedisWake(redis))
            calls, reveals = [await open_place(stack, url) for url in urls]
            for _ in range(ROUNDS):
                for place in (calls, reveals):
                    place.seconds.append(await place.within(_sweep(wake, each)))
            await calls.within(_check_calls(cases))
            for place in (calls, reveals):
                await place.within(_check())
    return _figures(calls, reveals, each)


def _figures(calls: Place, reveals: Place, each: int) -> list[Figure]:
    ratio = median([other / one for one, other in zip(calls.seconds, reveals.seconds, strict=True)])
    return [
        Figure("closing calls relative to the sweep of reveals", ratio, "of its rate", least=0.5),
        Figure("calls closed by one worker", each / median(calls.seconds), "per second"),
        Figure("reveals by one worker", each / median(reveals.seconds), "per second"),
        Figure(f"{each * ROUNDS:,} calls due at one instant", sum(calls.seconds), "s"),
    ]


async def _sweep(wake: RedisWake, count: int) -> float:
    """Carry out as many due deadlines; return the seconds."""
    sweeper = Sweeper(wake, min(BATCH, count), most_batches=max(1, count // BATCH))
    before = await _left()
    began = time.perf_counter()
    await sweeper.settle_due()
    took = time.perf_counter() - began
    if (done := before - await _left()) != count:
        raise RuntimeError(f"{done} deadlines were carried out instead of {count}")
    return took


async def _left() -> int:
    left: int = (await fetch(connection(), _LEFT, _KINDS))[0]["n"]
    return left


async def _check_calls(count: int) -> None:
    found = dict((await fetch(connection(), _FLAGGED))[0])
    if found != {"missing": count // 2, "abandoned": count // 2}:
        raise RuntimeError(f"the calls were closed otherwise: {found}")


async def _check() -> None:
    report = await reconcile()
    if await _left() or report.findings:
        raise RuntimeError(f"{await _left()} deadlines are left, and the books disagree: {report.counts}")


BENCHMARK = Benchmark(
    "closing",
    "Calls that nobody ends",
    "Calls that are all due at one instant, every second one answered and without a note, closed completely "
    "(decision, row, notices to employees and notifications, events, outbox) by one worker in sweeps of "
    "1,000, compared with as many reveals in another database, in turns. Afterwards, `leadgate reconcile` "
    "finds no discrepancies in either.",
    run,
)
