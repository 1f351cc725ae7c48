"""B.3, in minutes (`make chaos`): Redis flushed and stopped, PostgreSQL restarted, wrong clocks.

The tests do not hook into the product, and they check results only after the time that a worker is allowed.
"""

import asyncio
import contextlib
import os
import signal
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from arq.connections import ArqRedis
from tortoise.exceptions import BaseORMException

from jobs.safety_net import NET_SECONDS
from models.applications.answer import accept, decline
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake, Silence
from tests.chaos.breakable import BreakableMarket, freeze, thaw, until
from tests.support.marketplace import HOUR, SECOND, START, apply, make_lead

pytestmark = pytest.mark.chaos
QUIET = Silence()
DUE = START + 48 * HOUR
HEALTH = "arq:queue:health-check"
PATIENCE = NET_SECONDS + 5


async def begun(redis: ArqRedis) -> bool:
    """Whether a worker is serving the queue."""
    return bool(await redis.exists(HEALTH))


async def test_redis_is_flushed_while_deadlines_wait(breakable: BreakableMarket, redis: ArqRedis) -> None:
    """Nothing is lost: the safety net reads the database."""
    worker = await breakable.worker()
    await until(lambda: begun(redis))
    await breakable.apply(5)
    await redis.flushall()
    await breakable.database.clock.set(DUE)
    await until(breakable.settled, PATIENCE)
    assert worker.alive()
    await breakable.check(reveals=5)


async def test_redis_is_stopped_for_a_minute(breakable: BreakableMarket, redis: ArqRedis) -> None:
    """The worker continues to sweep, and serves the queue again afterwards."""
    worker = await breakable.worker()
    await until(lambda: begun(redis))
    await breakable.apply(5)
    pid = breakable.services.pids["valkey"]
    freeze(pid)
    try:
        await asyncio.sleep(30)
        await breakable.database.clock.set(DUE)
        await until(breakable.settled, 30)
        await asyncio.sleep(25)
    finally:
        thaw(pid)
    assert worker.alive()
    await breakable.apply(1)
    instant = await breakable.database.clock.advance(48 * HOUR)
    async with open_redis(breakable.services.redis_url) as again:
        async with RedisWake(again) as wake:
            await wake.send(set(), {instant + timedelta(days=3650)})
        await again.enqueue_job("sweep")
    await until(breakable.settled, PATIENCE)
    await breakable.check(reveals=6)


async def test_postgresql_is_restarted_under_load(breakable: BreakableMarket, redis: ArqRedis) -> None:
    """Acknowledged changes exist, others exist at most once; the worker recovers automatically."""
    worker = await breakable.worker()
    await until(lambda: begun(redis))
    stop = asyncio.Event()
    done, failed = [0], [0]

    async def load(number: int) -> None:
        while not stop.is_set():
            try:
                lead = await make_lead(breakable.place.market, breakable.place.prospect, fee=1)
                made = await apply(breakable.place.vendor, lead)
                await (accept if number % 2 else decline)(breakable.place.prospect.viewer, QUIET, made)
                done[0] += 1
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, BaseORMException):
                failed[0] += 1
                await asyncio.sleep(0.05)

    await breakable.apply(20)
    await breakable.database.clock.set(DUE)
    loads = [asyncio.create_task(load(number)) for number in range(4)]
    for _ in range(3):
        await asyncio.sleep(2)
        os.kill(breakable.services.pids["postgres"], signal.SIGQUIT)
        await asyncio.sleep(1)
        breakable.services.revive()
    await asyncio.sleep(2)
    stop.set()
    await asyncio.gather(*loads)
    assert done[0]
    assert failed[0], "the load has felt it"
    await until(breakable.settled, PATIENCE)
    assert worker.alive()
    await breakable.check()


@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
async def test_a_workers_clock_is_wrong_by_an_hour(
    breakable: BreakableMarket, redis: ArqRedis, tmp_path: Path, wrong_by: timedelta
) -> None:
    """The database's clock decides: nothing happens a second early, and everything happens when it is due."""
    await breakable.apply(5)
    await breakable.database.clock.set(DUE - SECOND)
    worker = await breakable.worker(wrong_by, tmp_path)
    await until(lambda: begun(redis))
    for _ in range(3):
        await redis.enqueue_job("sweep")
        await asyncio.sleep(0.5)
    assert await breakable.value("SELECT count(*) FROM delivery") == 0
    await breakable.database.clock.set(DUE)
    await until(breakable.settled, PATIENCE)
    assert worker.alive()
    await breakable.check(reveals=5)


async def test_workers_are_killed_again_and_again(breakable: BreakableMarket) -> None:
    """Whenever the workers are killed, the last one finds consistent data."""
    await breakable.apply(60)
    for round_ in range(8):
        await breakable.database.clock.set(DUE + round_ * SECOND)
        worker = await breakable.worker()
        with contextlib.suppress(AssertionError):
            await until(breakable.settled, 0.8 + 0.15 * round_)
        await worker.kill()
        await breakable.apply(5)
    await breakable.database.clock.advance(49 * HOUR)
    await breakable.worker()
    await until(breakable.settled)
    await breakable.check(reveals=100)
