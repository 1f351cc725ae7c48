"""One worker on a real Valkey: its jobs, its safety net, its nightly jobs, and the loss of Redis."""

import asyncio
import os
import pickle
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from arq.connections import ArqRedis
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

import embedded
from jobs.functions import forget_nightly, reconcile_nightly, remove_nightly
from jobs.sending import Sender
from jobs.sweeping import Sweeper
from jobs.worker import build_worker, work
from models.process.redis_pool import open_redis
from models.process.wake import SWEEP_JOB, RedisWake, Silence
from models.retention.remove_old import Kept
from models.tables import SignInFailures
from tests.jobs.conftest import SmallMarket, revealed_after, waiting
from tests.jobs.line import Line
from tests.support.database import Database
from tests.support.marketplace import HOUR, START

HEALTH = "arq:queue:health-check"


async def run_burst(redis: ArqRedis, sweeper: Sweeper) -> int:
    """Run arq's worker until the queue is empty; return the number of completed jobs."""
    worker = build_worker(redis, sweeper, burst=True)
    await worker.async_run()
    assert worker.jobs_failed == 0
    return worker.jobs_complete


async def test_a_woken_worker_settles_what_is_due(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(48 * HOUR)
    await redis.enqueue_job(SWEEP_JOB, _job_id="sweep:1")
    assert await run_burst(redis, Sweeper(RedisWake(redis), 100)) == 1
    assert await waiting() == 0
    assert await redis.exists(HEALTH)


async def test_another_job_takes_over_what_one_job_leaves(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(START)
    await small_market.apply(5)
    await database.clock.advance(25 * HOUR)
    await redis.enqueue_job(SWEEP_JOB, _job_id="sweep:1")
    assert await run_burst(redis, Sweeper(Silence(), 1, most_batches=2)) == 3
    assert await waiting() == 5  # the reveals


async def test_a_sweep_can_be_enqueued_again_for_the_same_instant(
    small_market: SmallMarket, redis: ArqRedis
) -> None:
    for _ in range(2):
        assert await redis.enqueue_job(SWEEP_JOB, _job_id="sweep:1") is not None
        assert await run_burst(redis, Sweeper(Silence(), 10)) == 1


async def test_two_workers_take_each_job_once(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(START)
    await small_market.apply(20)
    await database.clock.advance(48 * HOUR)
    for second in range(10):
        await redis.enqueue_job(SWEEP_JOB, _job_id=f"sweep:{second}")
    ran = await asyncio.gather(*(run_burst(redis, Sweeper(Silence(), 3)) for _ in range(2)))
    assert sum(ran) == 10
    assert await waiting() == 0
    assert await revealed_after() == {48 * HOUR}


class Bomb:
    """Creates a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Run a function when unpickled, as pickles can."""
        return os.mkdir, (str(self.folder),)


async def test_a_pickled_job_is_dropped_unread(
    redis: ArqRedis, small_market: SmallMarket, tmp_path: Path
) -> None:
    folder = tmp_path / "unpickled"
    await redis.set("arq:job:bomb", pickle.dumps(Bomb(folder)))
    await redis.zadd("arq:queue", {"bomb": 1})
    worker = build_worker(redis, Sweeper(Silence(), 10), burst=True)
    await worker.async_run()
    assert (worker.jobs_complete, worker.jobs_failed) == (0, 1)
    assert not await asyncio.to_thread(folder.exists)


@pytest.mark.parametrize(
    ("name", "hour", "minute"),
    [("remove", 1, 7), ("reconcile", 3, 17), ("forget", 3, 47), ("search", 4, 17)],
)
def test_every_night_the_books_are_checked_old_sessions_deleted_and_texts_searched(
    redis: ArqRedis, name: str, hour: int, minute: int
) -> None:
    night = {job.name: job for job in build_worker(redis, Sweeper(Silence(), 10)).cron_jobs}[name]
    night.calculate_next(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    assert night.next_run is not None
    assert night.next_run.replace(microsecond=0) == datetime(2026, 3, 3, hour, minute, tzinfo=UTC)
    assert night.unique


async def test_old_sign_in_failures_are_deleted(database: Database) -> None:
    await database.clock.set(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    for key, ended in (("old", "2026-03-01 11:59:59Z"), ("new", "2026-03-02 11:59:59Z")):
        await SignInFailures.create(key=key, failures=1, window_ends_at=datetime.fromisoformat(ended))
    await forget_nightly({})
    assert [failures.key for failures in await SignInFailures.all()] == ["new"]


async def test_old_rows_are_removed_as_the_worker_was_told(
    redis: ArqRedis, database: Database, small_market: SmallMarket
) -> None:
    """The number and the tables are logged."""
    await database.clock.set(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    await small_market.apply(2)
    await database.clock.set(datetime(2026, 3, 12, 1, 7, tzinfo=UTC))
    worker = build_worker(redis, Sweeper(Silence(), 10), kept=Kept(7, 0, 0, 0, 0))
    with capture_logs() as logs:
        assert await remove_nightly(worker.ctx) == 2
    assert [(said["event"], said["counts"]) for said in logs] == [("old_rows_removed", {"idempotency": 2})]


@pytest.mark.parametrize("wrong", [False, True])
async def test_a_nightly_reconciliation_with_findings_logs_an_error(
    database: Database, small_market: SmallMarket, wrong: bool
) -> None:
    (application,) = await small_market.apply()
    if wrong:
        await place_fault(database, application)
    with capture_logs() as logs:
        assert await reconcile_nightly({}) == int(wrong)
    (said,) = logs
    gauge = REGISTRY.get_sample_value(
        "leadgate_reconciliation_findings", {"check": "movements_are_of_the_fee"}
    )
    assert gauge == int(wrong)
    if wrong:
        assert (said["log_level"], said["counts"]) == ("error", {"movements_are_of_the_fee": 1})
        assert str(application) in said["examples"][0]
    else:
        assert said["event"] == "reconciliation_agrees"


async def place_fault(database: Database, application: object) -> None:
    """Change a fee after it was held, which reconciliation reports."""
    from models.base.database import connection, fetch  # noqa: PLC0415 - the only test that writes past the actions

    await fetch(connection(), "UPDATE application SET fee = fee + 1 WHERE id = $1", application)


@asynccontextmanager
async def working(redis: ArqRedis) -> AsyncIterator[asyncio.Task[None]]:
    """A complete worker that runs during the test and stops at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(redis, 100, stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


async def until(reached: Callable[[], Awaitable[object]]) -> None:
    """Return when a condition holds; fails after the time limit, in real time."""
    async with asyncio.timeout(60):
        while not await reached():  # noqa: ASYNC110 - it happens in the database or in Valkey
            await asyncio.sleep(0.01)


async def settled() -> bool:
    """Whether no pending deadline is left."""
    return await waiting() == 0


async def test_a_worker_starts_with_what_became_due_while_none_ran(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(100 * HOUR)
    async with working(redis):
        await until(settled)
    assert await revealed_after() == {48 * HOUR}
    assert not await redis.exists(HEALTH)


async def test_a_worker_keeps_sweeping_without_redis(
    database: Database, small_market: SmallMarket, services: embedded.Services
) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(100 * HOUR)
    async with open_redis(services.redis_url + ".nobody") as nobody, working(nobody) as task:
        await until(settled)
        assert not task.done()


async def test_a_worker_serves_the_queue_again_when_redis_returns(
    database: Database,
    small_market: SmallMarket,
    services: embedded.Services,
    redis: ArqRedis,
    tmp_path: Path,
) -> None:
    line = Line(services.redis_url.removeprefix("unix://"), tmp_path / "line")
    await line.restore()
    with capture_logs() as logs:

        async def said(event: str) -> bool:
            return any(log["event"] == event for log in logs)

        async with open_redis(f"unix://{line.path}") as through, working(through) as task:
            await until(lambda: redis.exists(HEALTH))
            await line.cut()
            await until(lambda: said("redis_away"))
            assert not task.done()
            await redis.enqueue_job(SWEEP_JOB)
            await line.restore()
            await until(lambda: said("redis_back"))
            await until(lambda: queue_is_empty(redis))
        await line.cut()
    assert [log["event"] for log in logs].count("redis_away") == 1


async def queue_is_empty(redis: ArqRedis) -> bool:
    """Whether no job is queued or running."""
    return bool(await redis.zcard("arq:queue") == 0)


async def test_a_signal_ends_the_process_cleanly(
    database: Database, services: embedded.Services, redis: ArqRedis, tmp_path: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import jobs.worker, settings; jobs.worker.run(settings.load())",
        env={
            **os.environ,
            "DATABASE_URL": database.url,
            "REDIS_URL": services.redis_url,
            "VAR_DIR": str(tmp_path),
        },
    )
    await until(lambda: redis.exists(HEALTH))
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 60) == 0
    assert not await redis.exists(HEALTH)


class _Slow(Sender):
    """Sends nothing, stops the worker, and then needs a moment or several requests to end."""

    def __init__(self, stop: asyncio.Event, *, swallows: int = 0) -> None:
        self._stop, self._left = stop, swallows
        self.cancelled, self.closed = 0, False

    async def run(self) -> None:
        while True:
            try:
                self._stop.set()
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                if self.cancelled > self._left:
                    break
        await asyncio.sleep(0.05)  # longer than the worker waits for rollbacks
        self.closed = True


@pytest.mark.parametrize("swallows", [0, 2])
async def test_a_worker_asks_until_all_have_stopped_and_lets_senders_close(
    database: Database,
    redis: ArqRedis,
    monkeypatch: pytest.MonkeyPatch,
    swallows: int,
) -> None:
    """A library may swallow a cancellation; another one would interrupt a sender that notes its results."""
    monkeypatch.setattr("jobs.worker.ROLLBACK_SECONDS", 0.01)
    monkeypatch.setattr("jobs.worker.CLOSE_SECONDS", 2.0 if swallows == 0 else 0.3)
    stop = asyncio.Event()
    sender = _Slow(stop, swallows=swallows)
    async with asyncio.timeout(60):
        await work(redis, 1, stop, senders=lambda _: [sender])
    assert (sender.cancelled, sender.closed) == (swallows + 1, True)
