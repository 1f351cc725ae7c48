"""Fixtures of the chaos tests: a marketplace on the session's services, which are restarted afterwards.

Nothing stays killed, frozen or flushed for the tests that follow.
"""

from collections.abc import AsyncIterator

import pytest_asyncio
from arq.connections import ArqRedis

import embedded
from models.process.redis_pool import open_redis
from tests.chaos.breakable import BreakableMarket, make_breakable, thaw
from tests.support.database import Database
from tests.support.marketplace import START


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[ArqRedis]:
    """The session's Valkey, empty."""
    async with open_redis(services.redis_url) as client:
        await client.flushall()
        yield client
        await client.flushall()


@pytest_asyncio.fixture(loop_scope="session")
async def breakable(
    services: embedded.Services, database: Database, redis: ArqRedis
) -> AsyncIterator[BreakableMarket]:
    """See `BreakableMarket`."""
    made = await make_breakable(services, database, START)
    try:
        yield made
    finally:
        await made.end()
        thaw(services.pids["valkey"])
        services.revive()
