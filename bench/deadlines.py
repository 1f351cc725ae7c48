"""Benchmark of deadlines: sweeps by one worker against one arq job per deadline.

Both settle cases with the same actions, and the books are compared at the end.
"""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from arq.connections import ArqRedis
from arq.worker import Worker, func

from bench import environment
from bench.cases import load_cases
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median
from jobs.sweeping import Sweeper
from models.applications.deadlines import APPLICATION
from models.base.database import connection, fetch
from models.deadlines.sweep import settle_one
from models.process.gc_tuning import COLLECT_AFTER_BATCHES, look_less_often
from models.process.redis_pool import from_json, open_redis, to_json
from models.process.wake import RedisWake
from models.reconciliation import reconcile

VENDORS, ROUNDS, BATCH = 1_000, 5, 1_000
SETTLE = "bench_settle"
_LEFT = "SELECT count(*) AS n FROM deadline WHERE done_at IS NULL"


async def run(options: Options) -> list[Figure]:
    """Alternate between sweeping a fifth of the deadlines and running some as jobs."""
    swept, jobs = options.pick(100_000, 20_000) // ROUNDS, options.pick(500, 200)
    cases = (swept + jobs) * ROUNDS
    with environment.services() as pair:
        url = await environment.make_database(pair, "deadlines")
        async with loading(url, leads=cases) as connection_:
            await load_marketplace(connection_, leads=cases, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(
                connection_,
                f"""SELECT n, n, n % {VENDORS} + 1, 'DUE',
                           date_trunc('hour', clock_timestamp()) - interval '3 days'
                    FROM generate_series(1::bigint, {cases}) AS n""",
            )
        async with environment.models_on(url), open_redis(pair.redis_url) as redis:
            look_less_often(COLLECT_AFTER_BATCHES)  # as a worker does
            async with RedisWake(redis) as wake:
                figures = await _in_turns(redis, wake, swept, jobs)
            report = await reconcile()
            if report.findings:
                raise RuntimeError(f"the books disagree: {report.counts}")
        return figures


async def _in_turns(redis: ArqRedis, wake: RedisWake, swept: int, jobs: int) -> list[Figure]:
    sweeper = Sweeper(wake, BATCH, most_batches=swept // BATCH)
    sweeps, singles = [], []
    for _ in range(ROUNDS):
        before = await _left()
        began = time.perf_counter()
        done = (await sweeper.settle_due()).deadlines
        sweeps.append(done / (time.perf_counter() - began))
        singles.append(await _as_jobs(redis, wake, jobs))
        if before - await _left() != done + jobs:
            raise RuntimeError("not every deadline was settled once")
    if await _left():
        raise RuntimeError(f"{await _left()} deadlines were left over")
    ratios = [one / other for one, other in zip(sweeps, singles, strict=True)]
    seconds = sum(swept / rate for rate in sweeps)
    return [
        Figure("sweeps relative to one job per deadline", median(ratios), "times", least=20),
        Figure("swept by one worker", median(sweeps), "deadlines per second", least=10_000),
        Figure("one arq job per deadline", median(singles), "deadlines per second"),
        Figure(f"{swept * ROUNDS:,} deadlines due at one instant", seconds, "s"),
        Figure(
            "the same, one arq job per deadline", swept * ROUNDS / median(singles), "s", note="from its rate"
        ),
    ]


async def _as_jobs(redis: ArqRedis, wake: RedisWake, count: int) -> float:
    """Enqueue a job for each of the next deadlines; return how many per second one arq worker settles."""

    async def settle(_: dict[Any, Any], case_id: str) -> int:
        return len(await settle_one(wake, APPLICATION, UUID(case_id)))

    rows = await fetch(
        connection(),
        "SELECT subject FROM deadline WHERE done_at IS NULL ORDER BY due_at, id DESC LIMIT $1",
        count,
    )
    for row in rows:
        await redis.enqueue_job(SETTLE, str(row["subject"]), _job_id=f"settle:{row['subject']}")
    worker = Worker(
        functions=[func(settle, name=SETTLE)],  # type: ignore[arg-type] # it counts arguments otherwise
        redis_pool=redis,
        burst=True,
        handle_signals=False,
        poll_delay=0.01,
        keep_result=0,
        job_serializer=to_json,
        job_deserializer=from_json,
        log_results=False,
    )
    began = time.perf_counter()
    await worker.async_run()
    return count / (time.perf_counter() - began)


async def _left() -> int:
    left: int = (await fetch(connection(), _LEFT))[0]["n"]
    return left


BENCHMARK = Benchmark(
    "deadlines",
    "Deadlines due at one instant",
    "Reveals for 1,000 vendors that are all due at the same time, settled completely (decision, row, ledger, "
    "feed, outbox) by one worker in sweeps of 1,000, compared with one arq job per deadline (arq's default "
    "concurrency of 10, enqueued before the timing starts) that settles its case with the same actions. "
    "Afterwards, `leadgate reconcile` finds no discrepancies.",
    run,
)
