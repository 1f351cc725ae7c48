"""Following feeds: replay, wake-ups, many subscribers, slow ones, and leaving."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis

import embedded
from models.feed.events import events_after
from models.process.wake import FEED_CHANNEL, RedisWake
from schema.graphql.following import feed_reader
from schema.graphql.following.feed_reader import FEED_LAG, FeedReader, Gap
from schema.graphql.following.feed_subscription import BUFFER
from tests.schema.graphql.following.wakes import NEVER, nothing_more, take, until, wake_through
from tests.support.database import Database
from tests.support.feed import POINTS, REVEALED, add_events, backlog, remove_through, somebody


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[Redis]:
    """A Redis connection of this process."""
    async with Redis.from_url(services.redis_url) as redis:
        yield redis


@pytest_asyncio.fixture(loop_scope="session")
async def reader(database: Database, redis: Redis) -> AsyncIterator[FeedReader]:
    """A reader that does not poll."""
    async with FeedReader(redis, NEVER) as reader:
        assert reader.listening
        yield reader


@pytest_asyncio.fixture(loop_scope="session")
async def wake(services: embedded.Services) -> AsyncIterator[RedisWake]:
    """Return the wake-up sender of another process."""
    async with wake_through(services.redis_url) as wake:
        yield wake


async def test_a_subscription_replays_and_then_follows(reader: FeedReader, wake: RedisWake) -> None:
    recipient = somebody()
    await backlog(recipient, 3 * BUFFER + 5)
    async with reader.subscribe(recipient, 10) as feed:
        assert await take(feed, 3 * BUFFER - 5) == list(range(11, 3 * BUFFER + 6))
        await add_events(recipient, wake=wake)
        assert await take(feed, 1) == [3 * BUFFER + 6]
        assert await nothing_more(feed)


async def test_without_a_cursor_a_subscription_starts_from_now(reader: FeedReader, wake: RedisWake) -> None:
    known, unknown = somebody(), somebody()
    await add_events(known, count=3)
    async with reader.subscribe(known) as one, reader.subscribe(unknown) as other:
        await add_events(known, unknown, wake=wake)
        assert await take(one, 1) == [4]
        assert await take(other, 1) == [1]


async def test_subscribing_at_any_moment_loses_nothing_and_repeats_nothing(
    reader: FeedReader, wake: RedisWake
) -> None:
    recipient, total, dice = somebody(), 300, random.Random(16)
    written = 0

    async def write() -> None:
        nonlocal written
        while written < total:
            count = min(dice.choice((1, 1, 1, 2, 5)), total - written)
            await add_events(recipient, count=count, wake=wake)
            written += count
            await asyncio.sleep(dice.choice((0, 0, 0.001, 0.003)))

    async def follow(start: int) -> tuple[int, list[int]]:
        await until(lambda: written >= start)
        after = dice.randint(0, start)
        async with reader.subscribe(recipient, after) as feed:
            return after, await take(feed, total - after)

    async with asyncio.TaskGroup() as tasks:
        followers = [tasks.create_task(follow(dice.randrange(total))) for _ in range(40)]
        tasks.create_task(write())
    for follower in followers:
        after, taken = follower.result()
        assert taken == list(range(after + 1, total + 1))


async def test_two_processes_deliver_the_same_events_and_a_client_may_switch(
    database: Database, services: embedded.Services, wake: RedisWake
) -> None:
    recipient, total, dice = somebody(), 200, random.Random(2)

    async def write() -> None:
        for _ in range(total):
            await add_events(recipient, wake=wake)

    async with (
        Redis.from_url(services.redis_url) as one,
        Redis.from_url(services.redis_url) as other,
        FeedReader(one, NEVER) as first,
        FeedReader(other, NEVER) as second,
    ):

        async def reconnecting() -> list[int]:
            taken: list[int] = []
            while len(taken) < total:
                async with dice.choice((first, second)).subscribe(recipient, len(taken)) as feed:
                    taken += await take(feed, min(dice.randint(1, 20), total - len(taken)))
            return taken

        async def staying(reader: FeedReader) -> list[int]:
            async with reader.subscribe(recipient, 0) as feed:
                return await take(feed, total)

        async with asyncio.TaskGroup() as tasks:
            clients = [tasks.create_task(reconnecting()) for _ in range(5)]
            clients += [tasks.create_task(staying(reader)) for reader in (first, second)]
            tasks.create_task(write())
        assert all(client.result() == list(range(1, total + 1)) for client in clients)


async def test_only_the_requested_kinds_arrive(reader: FeedReader, wake: RedisWake) -> None:
    recipient = somebody()
    await add_events(recipient, kind=REVEALED)
    await add_events(recipient, kind=POINTS, count=4 * BUFFER)  # more than one read returns
    await add_events(recipient, kind=REVEALED)
    async with reader.subscribe(recipient, 0, frozenset({REVEALED})) as feed:
        assert await take(feed, 2) == [1, 4 * BUFFER + 2]
        await add_events(recipient, kind=POINTS, wake=wake)
        await add_events(recipient, kind=REVEALED, wake=wake)
        assert await take(feed, 1) == [4 * BUFFER + 4]


async def test_only_events_about_the_requested_application_arrive(
    reader: FeedReader, wake: RedisWake
) -> None:
    recipient, wanted, other = somebody(), somebody(), somebody()
    await add_events(recipient, kind=REVEALED, about=wanted)
    await add_events(recipient, kind=REVEALED, about=other, count=4 * BUFFER)
    await add_events(recipient, kind=REVEALED)
    await add_events(recipient, kind=POINTS, about=wanted)
    await add_events(recipient, kind=REVEALED, about=wanted)
    async with reader.subscribe(recipient, 0, frozenset({REVEALED}), wanted) as feed:
        assert await take(feed, 2) == [1, 4 * BUFFER + 4]
        await add_events(recipient, kind=REVEALED, about=other, wake=wake)
        await add_events(recipient, kind=REVEALED, about=wanted, wake=wake)
        assert await take(feed, 1) == [4 * BUFFER + 6]


async def test_events_removed_by_retention_are_a_gap_and_following_continues(
    reader: FeedReader, wake: RedisWake
) -> None:
    recipient = somebody()
    await add_events(recipient, count=5)
    await remove_through(recipient, 3)
    async with reader.subscribe(recipient, 1) as feed:
        assert await anext(feed) == Gap(recipient, 3, missed=2)
        assert await take(feed, 2) == [4, 5]
        await add_events(recipient, wake=wake)
        assert await take(feed, 1) == [6]


async def test_a_cursor_beyond_the_end_is_a_gap_of_zero_events(reader: FeedReader, wake: RedisWake) -> None:
    recipient = somebody()
    await add_events(recipient, count=2)
    async with reader.subscribe(recipient, 7) as feed:
        assert await anext(feed) == Gap(recipient, 2, missed=0)
        await add_events(recipient, wake=wake)
        assert await take(feed, 1) == [3]


async def test_a_slow_consumer_blocks_nobody_and_loses_nothing(reader: FeedReader, wake: RedisWake) -> None:
    recipient, total = somebody(), 10 * BUFFER
    async with reader.subscribe(recipient, 0) as slow, reader.subscribe(recipient, 0) as quick:
        for _ in range(10):
            await add_events(recipient, count=BUFFER, wake=wake)
        assert await take(quick, total) == list(range(1, total + 1))
        assert not slow.has_room
        assert slow.read_through == BUFFER  # no more of it is held in memory
        await add_events(recipient, wake=wake)
        assert await take(quick, 1) == [total + 1]
        assert await take(slow, total + 1) == list(range(1, total + 2))
        assert await nothing_more(slow)


async def test_a_thousand_subscriptions_cost_few_statements(
    reader: FeedReader, wake: RedisWake, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipients = [somebody() for _ in range(500)]
    feeds = [reader.subscribe(recipient, 0) for recipient in recipients for _ in range(2)]
    for feed in feeds:
        await feed.__aenter__()
    statements, tasks = 0, len(asyncio.all_tasks())

    async def counting(*args: object) -> object:
        nonlocal statements
        statements += 1
        return await events_after(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(feed_reader, "events_after", counting)
    await add_events(*recipients, count=2, wake=wake)
    for feed in feeds:
        assert await take(feed, 2) == [1, 2]
    assert statements <= 10
    assert len(asyncio.all_tasks()) <= tasks + 1
    assert reader.subscriptions == 1000
    for feed in feeds:
        feed.close()
    assert reader.subscriptions == 0


async def test_a_cancelled_wait_loses_nothing(reader: FeedReader, wake: RedisWake) -> None:
    recipient = somebody()
    async with reader.subscribe(recipient, 0) as feed:
        taken: list[list[int] | BaseException] = []
        for number in range(50):
            waiting = asyncio.create_task(take(feed, 1))
            await asyncio.sleep(0)
            if number % 2:
                await add_events(recipient, wake=wake)
                await asyncio.sleep(random.uniform(0, 0.004))
            waiting.cancel()
            taken += await asyncio.gather(waiting, return_exceptions=True)
        numbers = [seq for result in taken if isinstance(result, list) for seq in result]
        numbers += await take(feed, 25 - len(numbers))
        assert numbers == list(range(1, 26))


async def test_unsubscribing_in_any_way_leaves_nothing_registered(reader: FeedReader) -> None:
    recipient = somebody()

    async def follow(after: int | None) -> None:
        async with reader.subscribe(recipient, after) as feed:
            await anext(feed)

    for after in (0, None):
        for turns in range(6):
            task = asyncio.create_task(follow(after))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert reader.subscriptions == 0
    with pytest.raises(ZeroDivisionError):
        async with reader.subscribe(recipient):
            raise ZeroDivisionError
    assert reader.subscriptions == 0


async def test_stopping_ends_every_subscription_and_the_listening(database: Database, redis: Redis) -> None:
    async def listeners() -> int:
        return int(dict(await redis.pubsub_numsub(FEED_CHANNEL))[FEED_CHANNEL.encode()])

    others = await listeners()  # of the application that tests share
    reader = FeedReader(redis, NEVER)
    await reader.start()
    async with reader.subscribe(somebody(), 0) as feed:
        waiting = asyncio.create_task(take(feed, 1))
        await asyncio.sleep(0)
        await reader.stop()
        with pytest.raises(StopAsyncIteration):
            await feed.__anext__()
        assert isinstance((await asyncio.gather(waiting, return_exceptions=True))[0], StopAsyncIteration)
    async with reader.subscribe(somebody()) as late:
        assert await anext(late, None) is None
    assert await listeners() == others
    assert reader.subscriptions == 0


async def test_a_temporary_database_failure_loses_no_event(
    reader: FeedReader, wake: RedisWake, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient, failures = somebody(), 3

    async def failing(*args: object) -> object:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise ConnectionError
        return await events_after(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(feed_reader, "events_after", failing)
    async with reader.subscribe(recipient, 0) as feed:
        await add_events(recipient, count=2, wake=wake)
        assert await take(feed, 2) == [1, 2]
    assert failures < 0


async def test_the_lag_is_measured_for_what_is_followed_not_replayed(
    reader: FeedReader, wake: RedisWake
) -> None:
    def measured() -> float:
        return next(s.value for m in FEED_LAG.collect() for s in m.samples if s.name.endswith("_count"))

    recipient, before = somebody(), measured()
    await add_events(recipient, count=10)
    async with reader.subscribe(recipient, 0) as feed:
        await take(feed, 10)
        assert measured() == before
        await add_events(recipient, count=2, wake=wake)
        await take(feed, 2)
        assert measured() == before + 2
