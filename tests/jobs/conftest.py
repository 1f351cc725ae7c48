"""Fixtures of the job tests: an empty Valkey, pending applications, and a clock that pauses advance."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest_asyncio
from arq.connections import ArqRedis

import embedded
from models.base.database import connection, fetch
from models.process.redis_pool import open_redis
from models.process.wake import Wake
from tests.support.database import Database
from tests.support.marketplace import (
    MadeLead,
    MadeMarket,
    MadeProspect,
    MadeVendor,
    apply,
    make_lead,
    make_market,
    make_prospect,
    make_vendor,
)


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[ArqRedis]:
    """The session's Valkey, empty."""
    async with open_redis(services.redis_url) as client:
        await client.flushall()
        yield client
        await client.flushall()


@dataclass
class ClockPause:
    """A pause that advances the database's clock by the requested time, and records it."""

    database: Database
    asked: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        """Advance the clock instead of waiting."""
        self.asked.append(seconds)
        await self.database.clock.advance(timedelta(seconds=seconds))


@pytest_asyncio.fixture(loop_scope="session")
async def pause(database: Database) -> ClockPause:
    """See `ClockPause`; the test sets the clock."""
    return ClockPause(database)


@dataclass(frozen=True, slots=True)
class SmallMarket:
    """A market with a prospect who publishes and a vendor who applies."""

    market: MadeMarket
    prospect: MadeProspect
    vendor: MadeVendor

    async def publish(self, fee: int = 1) -> MadeLead:
        """Publish one more lead."""
        return await make_lead(self.market, self.prospect, fee=fee)

    async def apply(self, count: int = 1, wake: Wake | None = None) -> list[UUID]:
        """Apply for `count` new leads, each for one point."""
        return [await apply(self.vendor, await self.publish(), wake=wake) for _ in range(count)]


@pytest_asyncio.fixture(loop_scope="session")
async def small_market(database: Database) -> SmallMarket:
    """A market with production's policy; its clock runs until the test sets it."""
    return SmallMarket(await make_market(), await make_prospect(), await make_vendor(500))


async def waiting() -> int:
    """How many deadlines are not done."""
    rows = await fetch(connection(), "SELECT count(*) AS count FROM deadline WHERE done_at IS NULL")
    count: int = rows[0]["count"]
    return count


async def revealed_after() -> set[timedelta]:
    """The time from each application's receipt to its reveal."""
    rows = await fetch(
        connection(),
        "SELECT revealed_at - received_at AS after FROM application WHERE revealed_at IS NOT NULL",
    )
    return {row["after"] for row in rows}
