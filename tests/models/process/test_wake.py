"""Messages to Redis after a commit are not awaited, but bounded, retried, and flushed on shutdown."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from arq.connections import ArqRedis
from prometheus_client import REGISTRY
from redis.asyncio import Redis

import embedded
from models.process import wake as wake_module
from models.process.redis_health import PAUSE_SECONDS, RedisHealth
from models.process.redis_pool import open_redis
from models.process.wake import DRAIN_SECONDS, FEED_CHANNEL, RedisWake
from tests.support.valkey import MortalValkey, mortal_valkey

NOWHERE = "unix:///nowhere/redis.sock?db=0"


def dropped() -> float:
    """Read the metric of dropped wake-ups."""
    return REGISTRY.get_sample_value("leadgate_wake_dropped_total") or 0.0


@pytest_asyncio.fixture(loop_scope="session")
async def valkey() -> AsyncIterator[MortalValkey]:
    """A server that the test may freeze."""
    async with mortal_valkey() as server:
        await server.start()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[ArqRedis]:
    """A client of the session's Redis, which is empty."""
    async with open_redis(services.redis_url) as client:
        await client.flushall()
        yield client


async def heard(redis: Redis, count: int) -> asyncio.Task[set[UUID]]:
    """Listen until this many recipients have been received; the subscription is active when this returns."""
    channel = redis.pubsub()
    await channel.subscribe(FEED_CHANNEL)
    await channel.get_message(timeout=60)

    async def listen() -> set[UUID]:
        recipients: set[UUID] = set()
        async with asyncio.timeout(60):
            while len(recipients) < count:
                message = await channel.get_message(ignore_subscribe_messages=True, timeout=60)
                if message is not None:
                    recipients |= {UUID(word) for word in message["data"].decode().split()}
        await channel.aclose()  # type: ignore[no-untyped-call]
        return recipients

    return asyncio.create_task(listen())


async def test_messages_to_a_frozen_redis_are_sent_later_and_not_awaited(valkey: MortalValkey) -> None:
    """No send blocks the event loop; the messages arrive when Redis resumes."""
    people = [uuid4() for _ in range(50)]
    async with open_redis(valkey.url) as redis, open_redis(valkey.url, answer_seconds=None) as ear:
        listening = await heard(ear, 50)
        async with RedisWake(redis) as wake:
            valkey.pause()
            began = time.monotonic()
            for person in people:
                await wake.send({person}, set())
                await asyncio.sleep(0)
            assert time.monotonic() - began < 60  # each used to take five seconds, 250 together
            valkey.resume()
            words = await listening
            await wake.drain()
    assert words == set(people)


async def test_unsent_messages_are_retried_after_a_pause(redis: ArqRedis) -> None:
    """Together with newer messages, and not before other code may use Redis again."""
    now = 0.0
    health = RedisHealth(monotonic=lambda: now)
    first, second = uuid4(), uuid4()
    health.failed()
    listening = await heard(redis, 2)
    async with RedisWake(redis, health) as wake:
        await wake.send({first}, set())
        await wake.send({second}, set())
        await asyncio.sleep(0.05)
        assert not listening.done()
        now = PAUSE_SECONDS
        assert await listening == {first, second}
        await wake.drain()
    assert not health.is_away


async def test_a_failure_keeps_everybody_else_of_this_process_from_asking() -> None:
    """The state of Redis is shared by the whole process."""
    health = RedisHealth(monotonic=lambda: 0.0)
    async with open_redis(NOWHERE) as nowhere:
        wake = RedisWake(nowhere, health)
        await wake.send({uuid4()}, set())
        async with asyncio.timeout(60):
            while not health.is_away:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.005)
        assert not health.may_ask()
        await wake.close()


async def test_a_full_queue_drops_the_oldest_messages(
    redis: ArqRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A metric counts them; duplicates count as one message."""
    monkeypatch.setattr(wake_module, "MOST_WORDS", 3)
    health, before = RedisHealth(monotonic=lambda: 0.0), dropped()
    health.failed()
    people = [uuid4() for _ in range(5)]
    wake = RedisWake(redis, health)
    for person in (*people[:3], people[0], *people[3:]):
        await wake.send({person}, set())
    assert dropped() == before + 2
    listening = await heard(redis, 3)
    health.worked()
    assert await listening == set(people[2:])
    await wake.drain()


async def test_a_due_second_is_one_job_however_often_it_is_announced(redis: ArqRedis) -> None:
    """In arq's own form, with the second as the job's id."""
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    async with RedisWake(redis) as wake:
        for _ in range(3):
            await wake.send(set(), {due, due - timedelta(milliseconds=300)})
            await wake.drain()
    (job,) = await redis.queued_jobs()
    assert (job.function, job.job_id, job.score) == (
        "sweep", f"sweep:{due.timestamp():.0f}", due.timestamp() * 1000,
    )  # fmt: skip


async def test_pending_messages_are_sent_at_shutdown(redis: ArqRedis) -> None:
    """A command that ends right after its commit still sends its messages."""
    person = uuid4()
    listening = await heard(redis, 1)
    async with RedisWake(redis) as wake:
        await wake.send({person}, set())
    assert await listening == {person}


async def test_shutdown_waits_at_most_a_second(valkey: MortalValkey) -> None:
    """Messages that a frozen Redis did not accept count as dropped, and no task keeps running."""
    before, tasks = dropped(), len(asyncio.all_tasks())
    async with open_redis(valkey.url) as redis:
        valkey.pause()
        wake = RedisWake(redis)
        await wake.send({uuid4(), uuid4()}, {datetime.now(UTC)})
        began = time.monotonic()
        await wake.close()
        assert DRAIN_SECONDS * 0.9 < time.monotonic() - began < 60
        assert len(asyncio.all_tasks()) == tasks
        valkey.resume()
    assert dropped() == before + 3
