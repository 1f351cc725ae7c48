"""A Valkey that a test may kill and restart, and reading feed items with a time limit.

It does not touch the session's services.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from arq.connections import ArqRedis

from models.feed.events import FeedEventView
from models.process.wake import RedisWake
from schema.graphql.following.feed_reader import FeedSubscription

SECONDS = 60.0  # a deadline, not a wait: what should come comes in milliseconds
NEVER = 600.0  # a poll that no test lives to see


@contextlib.asynccontextmanager
async def wake_through(url: str) -> AsyncIterator[RedisWake]:
    """Return the wake-up sender of another process, with its own connection."""
    async with ArqRedis.from_url(url) as redis, RedisWake(redis) as wake:
        yield wake


async def take(feed: FeedSubscription, count: int) -> list[int]:
    """Return the sequence numbers of the next `count` items, which must be events."""
    taken: list[int] = []
    async with asyncio.timeout(SECONDS):
        while len(taken) < count:
            item = await anext(feed)
            assert isinstance(item, FeedEventView)
            taken.append(item.seq)
    return taken


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition()` holds, with a time limit."""
    async with asyncio.timeout(SECONDS):
        while not condition():  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.005)


async def nothing_more(feed: FeedSubscription) -> bool:
    """Whether nothing was delivered beyond what was taken; call it when everything is known to be read."""
    try:
        async with asyncio.timeout(0.05):
            await anext(feed)
    except TimeoutError:
        return True
    return False
