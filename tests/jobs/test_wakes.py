"""Wake-ups go to Redis after the commit, may be lost without harm, and are never pickled."""

import pickle
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from arq.connections import ArqRedis
from arq.jobs import serialize_job
from structlog.testing import capture_logs

import embedded
from jobs.safety_net import NET_SECONDS
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.process.redis_pool import from_json, open_redis, to_json
from models.process.wake import FEED_CHANNEL, SWEEP_JOB, RedisWake
from tests.jobs.conftest import SmallMarket, waiting
from tests.support.database import Database
from tests.support.marketplace import HOUR

QUEUE = "arq:queue"


def whole_second() -> datetime:
    """Return the time of this machine's clock, because arq refuses times that are long past."""
    return datetime.now(UTC).replace(microsecond=0)


async def test_a_hundred_leads_in_a_second_need_one_job_per_instant(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    start = whole_second()
    await database.clock.set(start + timedelta(milliseconds=5))
    async with RedisWake(redis) as wake:
        for _ in range(10):
            await small_market.apply(10, wake)
            await database.clock.advance(timedelta(milliseconds=90))
    assert await waiting() == 200
    jobs = await redis.queued_jobs()
    assert {job.function for job in jobs} == {SWEEP_JOB}
    assert sorted(job.score for job in jobs if job.score) == [
        (start + after).timestamp() * 1000 + 1000 for after in (24 * HOUR, 48 * HOUR)
    ]


async def test_readers_are_woken_after_the_commit(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(whole_second())
    async with redis.pubsub() as channel:
        await channel.subscribe(FEED_CHANNEL)
        assert (await channel.get_message(timeout=5))["type"] == "subscribe"
        await small_market.apply(1, RedisWake(redis))
        message = await channel.get_message(ignore_subscribe_messages=True, timeout=5)
    recipients = {UUID(word) for word in message["data"].decode().split()}
    assert recipients == {small_market.vendor.id, small_market.prospect.id}
    rows = await fetch(
        connection(), "SELECT count(*) AS count FROM feed_event WHERE recipient = ANY($1)", list(recipients)
    )
    assert rows[0]["count"] == 3  # the points, the application twice


async def test_deadlines_that_redis_forgets_are_still_settled(
    database: Database, small_market: SmallMarket, redis: ArqRedis
) -> None:
    await database.clock.set(whole_second())
    async with RedisWake(redis) as wake:
        await small_market.apply(3, wake)
        await wake.drain()
        assert await redis.zcard(QUEUE) == 2
        await redis.flushall()
        await database.clock.advance(48 * HOUR)
        await Sweeper(wake, 10).settle_round(NET_SECONDS)
    assert await waiting() == 0


async def test_actions_and_sweeps_continue_without_redis(
    database: Database, small_market: SmallMarket, services: embedded.Services
) -> None:
    await database.clock.set(whole_second())
    with capture_logs() as logs:
        async with open_redis(services.redis_url + ".nobody") as nobody:
            wake = RedisWake(nobody)
            await small_market.apply(1, wake)
            await database.clock.advance(48 * HOUR)
            await Sweeper(wake, 10).settle_round(NET_SECONDS)
            await wake.close()
    assert await waiting() == 0
    assert [log["event"] for log in logs] == ["redis_away", "wake_ups_not_sent"]


def test_a_job_survives_json() -> None:
    job = {"t": None, "f": "sweep", "a": [1, "ü"], "k": {"b": 2.5}, "et": 1_700_000_000_000}
    assert from_json(to_json(job)) == job
    assert from_json(to_json({"r": ValueError("why")})) == {"r": "ValueError('why')"}


@pytest.mark.parametrize("wrong", [pickle.dumps({"f": "sweep"}), b"", b"[]", b"1", b"{"])
def test_a_job_must_be_a_json_object(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(wrong)


async def test_a_job_is_stored_in_redis_as_json(redis: ArqRedis) -> None:
    await redis.enqueue_job(SWEEP_JOB, _job_id="seen")
    raw = await redis.get("arq:job:seen")
    assert from_json(raw)["f"] == SWEEP_JOB
    assert raw != serialize_job(SWEEP_JOB, (), {}, None, 0)
