"""Following feeds while Redis is killed, absent, restarted, or loses a message."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest
from redis.asyncio import Redis

import embedded
from models.feed.events import Position
from models.process.wake import FEED_CHANNEL
from schema.graphql.following import feed_reader
from schema.graphql.following.feed_reader import FeedReader
from tests.schema.graphql.following.wakes import NEVER, take, until, wake_through
from tests.support.database import Database
from tests.support.feed import add_events, somebody
from tests.support.valkey import mortal_valkey


async def test_an_event_with_a_lost_wake_up_is_found_by_polling(
    database: Database, services: embedded.Services
) -> None:
    recipient = somebody()
    async with (
        Redis.from_url(services.redis_url) as redis,
        FeedReader(redis, 0.1) as reader,
        reader.subscribe(recipient, 0) as feed,
    ):
        await until(lambda: reader.listening)
        await add_events(recipient, count=3)
        assert await take(feed, 3) == [1, 2, 3]


async def test_following_survives_a_restart_of_redis(database: Database) -> None:
    recipient = somebody()
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with (
            Redis.from_url(valkey.url) as redis,
            wake_through(valkey.url) as wake,
            FeedReader(redis, NEVER) as reader,
            reader.subscribe(recipient, 0) as feed,
        ):
            written = 0
            for _ in range(3):
                await add_events(recipient, count=2, wake=wake)
                valkey.kill()
                await until(lambda: not reader.listening)
                await add_events(recipient, count=2, wake=wake)  # no wake-up gets through
                await valkey.start()  # the confirmation of the new subscription finds it
                assert await take(feed, 4) == list(range(written + 1, written + 5))
                written += 4
            await until(lambda: reader.listening)
            await add_events(recipient, wake=wake)
            assert await take(feed, 1) == [written + 1]


async def test_following_starts_without_redis(database: Database) -> None:
    recipient = somebody()
    async with (
        mortal_valkey() as valkey,
        Redis.from_url(valkey.url) as redis,
        FeedReader(redis, 0.1) as reader,
        reader.subscribe(recipient, 0) as feed,
    ):
        assert not reader.listening
        await add_events(recipient)
        assert await take(feed, 1) == [1]
        await valkey.start()
        await until(lambda: reader.listening)


async def test_wake_ups_work_when_redis_starts_late(database: Database) -> None:
    recipient = somebody()
    async with (
        mortal_valkey() as valkey,
        Redis.from_url(valkey.url) as redis,
        wake_through(valkey.url) as wake,
        FeedReader(redis, NEVER) as reader,
        reader.subscribe(recipient, 0) as feed,
    ):
        assert not reader.listening
        await add_events(recipient, wake=wake)
        await valkey.start()
        await until(lambda: reader.listening)
        await add_events(recipient, wake=wake)
        assert await take(feed, 2) == [1, 2]


@pytest.mark.parametrize("seed", range(3))
async def test_connections_cut_while_events_are_written_lose_nothing(
    database: Database, services: embedded.Services, seed: int
) -> None:
    recipient, total = somebody(), 150
    async with (
        Redis.from_url(services.redis_url) as redis,
        Redis.from_url(services.redis_url) as administrator,
        wake_through(services.redis_url) as wake,
        FeedReader(redis, NEVER) as reader,
        reader.subscribe(recipient, 0) as feed,
    ):

        async def write() -> None:
            for number in range(total):
                await add_events(recipient, wake=wake)
                if number % 25 == seed:
                    await administrator.execute_command("CLIENT", "KILL", "TYPE", "pubsub")

        async with asyncio.TaskGroup() as tasks:
            taken = tasks.create_task(take(feed, total))
            tasks.create_task(write())
        assert taken.result() == list(range(1, total + 1))


async def test_an_unreadable_message_is_ignored(database: Database, services: embedded.Services) -> None:
    recipient = somebody()
    async with (
        Redis.from_url(services.redis_url, decode_responses=True) as redis,
        wake_through(services.redis_url) as wake,
        FeedReader(redis, NEVER) as reader,
        reader.subscribe(recipient, 0) as feed,
    ):
        for nonsense in ("", "hello", b"\xff\xfe".decode("latin-1"), f"{recipient} and more"):
            await redis.publish(FEED_CHANNEL, nonsense)
        await add_events(recipient, wake=wake)
        assert await take(feed, 1) == [1]
        assert reader.listening


async def test_an_unresponsive_redis_host_is_detected(database: Database) -> None:
    """A paused server keeps its sockets open but does not respond."""
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with Redis.from_url(valkey.url) as redis, FeedReader(redis, 0.2) as reader:
            await until(lambda: reader.listening)
            valkey.pause()
            await until(lambda: not reader.listening)
            valkey.resume()
            await until(lambda: reader.listening)


async def test_with_redis_a_poll_checks_a_twelfth_of_the_followers(
    database: Database, services: embedded.Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each follower is polled once in twelve rounds, so a lost message delays an event by at most that."""
    recipients = [UUID(int=number) for number in range(1, 121)]
    looked: list[set[UUID]] = []

    async def looking(_: object, batch: Sequence[Position], limit: int) -> dict[object, object]:
        del limit
        looked.append({position.recipient for position in batch})
        return {}

    async with Redis.from_url(services.redis_url) as redis, FeedReader(redis, 0.02) as reader:
        feeds = [reader.subscribe(recipient, 0) for recipient in recipients]
        for feed in feeds:
            await feed.__aenter__()
        await until(lambda: reader.listening)
        monkeypatch.setattr(feed_reader, "events_after", looking)
        reader._woken.clear()
        looked.clear()
        # On a busy machine the connection may be lost for a while, and then all are polled.
        await until(lambda: [len(one) for one in looked[-24:]] == [10] * 24)
        rounds = looked[-24:]
        assert set().union(*rounds[:12]) == set().union(*rounds[12:]) == set(recipients)
        for feed in feeds:
            feed.close()


async def test_without_redis_a_poll_checks_all_followers(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipients = [UUID(int=number) for number in range(1, 121)]
    looked: list[set[UUID]] = []

    async def looking(_: object, batch: Sequence[Position], limit: int) -> dict[object, object]:
        del limit
        looked.append({position.recipient for position in batch})
        return {}

    monkeypatch.setattr(feed_reader, "events_after", looking)
    async with Redis.from_url("unix:///nowhere/redis.sock") as redis, FeedReader(redis, 0.1) as reader:
        feeds = [reader.subscribe(recipient, 0) for recipient in recipients]
        for feed in feeds:
            await feed.__aenter__()
        looked.clear()
        await until(lambda: looked.count(set(recipients)) >= 3)
        for feed in feeds:
            feed.close()
