"""One worker process: the database, the safety net, and arq for as long as Redis is available.

arq's own worker would end with Redis; this one is rebuilt while the safety net keeps sweeping.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC
from typing import Any

import structlog
import uvloop
from arq import cron, func
from arq.connections import ArqRedis
from arq.worker import Worker
from prometheus_client import start_http_server
from redis.exceptions import RedisError
from tortoise import Tortoise

from jobs.calendars import CalendarRounds
from jobs.functions import (
    forget_nightly,
    look_up,
    reconcile_nightly,
    remove_nightly,
    search_nightly,
    sweep,
)
from jobs.looking_up import LookUps
from jobs.safety_net import keep_sweeping
from jobs.sending import CLOSE_SECONDS, Sender, configured_senders
from jobs.sweeping import Sweeper
from jobs.trials import TrialRounds
from models.base.sealing import Sealer
from models.calls.calendars.fetching import CalendarClient, outside_of_calendars
from models.calls.calendars.refresh import CalendarReader
from models.process.ending import end_tasks
from models.process.gc_tuning import COLLECT_AFTER_BATCHES, look_less_often
from models.process.redis_pool import from_json, open_redis, to_json
from models.process.release import program
from models.process.wake import LOOK_UP_JOB, SWEEP_JOB, RedisWake, Wake
from models.retention.remove_old import Kept
from models.smart_data.configured import configured_outside, smart_data_context
from models.smart_data.run import Outside, account_of_search, run_search
from settings import Settings, tortoise_config

MOST_JOBS = 4
POLL_SECONDS = 0.1
HEALTH_SECONDS = 10
ROLLBACK_SECONDS = 5.0  # for transactions in progress when the worker stops
REDIS_PAUSE = 1.0  # seconds before Redis is tried again
SWEEP_TIMEOUT, RECONCILE_TIMEOUT, REMOVE_TIMEOUT = 120, 1_800, 4 * 3_600  # seconds; it stops by itself

_log = structlog.get_logger(__name__)


def run(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Run one worker until SIGTERM or SIGINT; unfinished work is rolled back and done by the next worker.

    `ready` is called when it begins to work.
    """
    logging.getLogger("arq").setLevel(logging.WARNING)  # it logs two lines per job
    uvloop.run(main(settings, ready))


async def main(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Sweep, serve the queue and send, until a signal to stop; raise the error that ended one of them."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if settings.worker_metrics_port:
        start_http_server(settings.worker_metrics_port, addr="127.0.0.1")
    async with (
        _database(settings),
        open_redis(settings.redis_dsn) as redis,
        configured_outside(settings) as outside,
    ):
        look_less_often(COLLECT_AFTER_BATCHES)
        ready()
        await work(
            redis,
            settings.sweep_batch_size,
            stop,
            senders=lambda wake: configured_senders(settings, wake),
            look_ups=lambda wake: _look_ups(settings, outside, wake),
            calendars=lambda wake: CalendarRounds(_calendar_reader(settings, wake)),
            kept=kept_by(settings),
            trials=TrialRounds,
        )


def _look_ups(settings: Settings, outside: Outside, wake: Wake) -> LookUps:
    context = smart_data_context(settings)
    return LookUps(lambda search_id: run_search(search_id, context, outside, wake), account_of_search)


def kept_by(settings: Settings) -> Kept:
    """Return for how long rows are kept."""
    return Kept(
        keep_idempotency_days=settings.keep_idempotency_days,
        keep_feed_days=settings.keep_feed_days,
        keep_outbox_days=settings.keep_outbox_days,
        keep_deadlines_days=settings.keep_deadlines_days,
        keep_contact_access_days=settings.keep_contact_access_days,
    )


def _calendar_reader(settings: Settings, wake: Wake) -> CalendarReader:
    client = CalendarClient(outside_of_calendars(settings))
    return CalendarReader(client, Sealer(settings.sealing_key()), wake)


async def work(
    redis: ArqRedis,
    batch: int,
    stop: asyncio.Event,
    *,
    senders: Callable[[Wake], Sequence[Sender]] = lambda _: (),
    look_ups: Callable[[Wake], LookUps | None] = lambda _: None,
    calendars: Callable[[Wake], CalendarRounds] | None = None,
    kept: Kept | None = None,
    trials: Callable[[], TrialRounds] | None = None,
) -> None:
    """Run the safety net, the queue, the senders, the reader of calendars and trials of policies until `stop`
    is set; raise the error that ended one.
    """
    _log.info("worker_started", batch=batch)
    async with RedisWake(redis) as wake:
        looking_up = look_ups(wake)
        rounds: list[CalendarRounds | TrialRounds] = [calendars(wake)] if calendars else []
        if trials is not None:
            rounds.append(trials())
        try:
            await _work(redis, Sweeper(wake, batch), senders(wake), rounds, looking_up, kept, stop)
        finally:
            if looking_up is not None:
                await looking_up.close()
    _log.info("worker_stopped")


async def _work(
    redis: ArqRedis,
    sweeper: Sweeper,
    senders: Sequence[Sender],
    rounds: Sequence[CalendarRounds | TrialRounds],
    look_ups: LookUps | None,
    kept: Kept | None,
    stop: asyncio.Event,
) -> None:
    stopping = asyncio.create_task(stop.wait())
    working = [
        stopping,
        asyncio.create_task(keep_sweeping(sweeper)),
        asyncio.create_task(_serve(redis, sweeper, look_ups, kept)),
        *(asyncio.create_task(one.run()) for one in rounds),
    ]
    sending = [asyncio.create_task(sender.run()) for sender in senders]
    done, _ = await asyncio.wait([*working, *sending], return_when=asyncio.FIRST_COMPLETED)
    # Not again while a sender notes what it has sent: it would be sent twice.
    await asyncio.gather(end_tasks(working, ROLLBACK_SECONDS), end_tasks(sending, CLOSE_SECONDS))
    for task in done - {stopping}:
        await task


def build_worker(
    redis: ArqRedis,
    sweeper: Sweeper,
    look_ups: LookUps | None = None,
    kept: Kept | None = None,
    **options: Any,
) -> Worker:
    """Return arq's worker with our jobs, for the running loop; `options` are arq's, for tests."""
    return Worker(
        functions=[
            func(sweep, name=SWEEP_JOB, timeout=SWEEP_TIMEOUT),
            func(look_up, name=LOOK_UP_JOB, timeout=SWEEP_TIMEOUT),
        ],
        cron_jobs=[
            cron(remove_nightly, name="remove", hour=1, minute=7, timeout=REMOVE_TIMEOUT),
            cron(reconcile_nightly, name="reconcile", hour=3, minute=17, timeout=RECONCILE_TIMEOUT),
            cron(forget_nightly, name="forget", hour=3, minute=47, timeout=RECONCILE_TIMEOUT),
            cron(search_nightly, name="search", hour=4, minute=17, timeout=RECONCILE_TIMEOUT),
        ],
        redis_pool=redis,
        ctx={"sweeper": sweeper, "look_ups": look_ups, "kept": kept or Kept()},
        handle_signals=False,  # `main` handles signals: the safety net has to stop as well
        max_jobs=MOST_JOBS,
        poll_delay=POLL_SECONDS,
        health_check_interval=HEALTH_SECONDS,
        keep_result=0,  # or its id could not be enqueued again
        job_serializer=to_json,
        job_deserializer=from_json,
        timezone=UTC,
        log_results=False,
        **options,
    )


async def _serve(redis: ArqRedis, sweeper: Sweeper, look_ups: LookUps | None, kept: Kept | None) -> None:
    """Serve the queue until cancelled, starting again whenever Redis was unavailable."""
    away = False

    async def begun(_: Any) -> None:
        nonlocal away
        if away:
            _log.info("redis_back")
        away = False

    while True:
        worker = build_worker(redis, sweeper, look_ups, kept, on_startup=begun)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            if not away:
                _log.warning("redis_away", error=type(error).__name__)
            away = True
        finally:
            await _end(worker, redis)
        await asyncio.sleep(REDIS_PAUSE)


async def _end(worker: Worker, redis: ArqRedis) -> None:
    """Roll back the jobs in progress; arq would also close the pool, which the next worker needs."""
    tasks = [*worker.tasks.values(), *([worker.main_task] if worker.main_task else [])]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with contextlib.suppress(RedisError, OSError):
        await redis.delete(worker.health_check_key)


@contextlib.asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[None]:
    config = tortoise_config(
        settings.database_dsn,
        program=program("worker"),
        pooler=settings.database_pooler,
        statement_timeout_ms=settings.statement_timeout_ms,
        pool_size=settings.database_pool_size,
    )
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()
