"""Commands to a real Redis that share round trips."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from redis.exceptions import NoScriptError

import embedded
from models.process.redis_health import RedisAway, RedisHealth
from models.process.redis_pool import open_redis
from models.process.redis_trips import RedisTrips, trips_of


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[Redis]:
    """A client of the session's Redis."""
    async with open_redis(services.redis_url) as client:
        yield client


def noted(trips: RedisTrips, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many commands each trip carries."""
    sizes: list[int] = []
    send = trips._send

    async def note(commands: list[tuple[str | int, ...]]) -> list[object]:
        sizes.append(len(commands))
        return await send(commands)

    monkeypatch.setattr(trips, "_send", note)
    return sizes


async def test_commands_that_come_during_a_trip_share_the_next(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each gets its own answer, and they run in their order."""
    trips, key = trips_of(redis, RedisHealth()), uuid4().hex
    sizes = noted(trips, monkeypatch)
    first = trips.ask("INCR", key)
    await asyncio.sleep(0)
    rest = [trips.ask("INCRBY", key, one) for one in (1, 10, 100)]
    assert await asyncio.gather(first, *rest) == [1, 2, 12, 112]
    assert sizes == [1, 3]


async def test_all_of_a_process_share_the_trips_of_a_client(redis: Redis) -> None:
    health = RedisHealth()
    assert trips_of(redis, health) is trips_of(redis, health)
    assert trips_of(redis, RedisHealth()) is not trips_of(redis, health)


async def test_a_script_that_redis_does_not_know_is_an_answer_beside_others(redis: Redis) -> None:
    trips = trips_of(redis, RedisHealth())
    unknown, known = await asyncio.gather(trips.ask("EVALSHA", "0" * 40, 0), trips.ask("ECHO", "here"))
    assert isinstance(unknown, NoScriptError)
    assert known == b"here"


async def test_a_command_that_redis_refuses_is_an_outage_and_the_next_trip_works(redis: Redis) -> None:
    """The answers of all commands of a trip are read: none is mistaken for another's."""
    now = 0.0
    health = RedisHealth(monotonic=lambda: now)
    trips = trips_of(redis, health)
    refused, beside = trips.ask("NO_COMMAND"), trips.ask("ECHO", "beside")
    for one in (refused, beside):
        with pytest.raises(RedisAway):
            await one
    with pytest.raises(RedisAway):  # nobody waits for it
        await trips.ask("ECHO", "away")
    health.worked()
    assert await trips.ask("ECHO", "again") == b"again"


async def test_a_connection_that_redis_has_closed_is_opened_again(redis: Redis) -> None:
    """As after a restart: nobody notices."""
    health = RedisHealth()
    trips = trips_of(redis, health)
    number = await trips.ask("CLIENT", "ID")
    await redis.client_kill_filter(_id=str(number))
    assert await trips.ask("CLIENT", "ID") != number
    assert not health.is_away


async def test_one_who_is_cancelled_takes_no_answer_from_the_others(redis: Redis) -> None:
    trips = trips_of(redis, RedisHealth())

    async def echo(word: str) -> object:
        return await trips.ask("ECHO", word)

    tasks = [asyncio.create_task(echo(word)) for word in ("a", "b", "ü")]
    await asyncio.sleep(0)
    tasks[0].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [b"b", "ü".encode()]
