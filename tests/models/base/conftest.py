"""Fixtures of the pool tests: a lock that statements wait for, and a count of the waiting statements.

Tests wait for a state that the database reports, not for time to pass.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest_asyncio

from models.base.postgres import PostgresClient
from settings import tortoise_config
from tests.support.database import Database

LOCK = 77_001
WAIT = f"SELECT 1 FROM pg_advisory_xact_lock_shared({LOCK})"
AT_ONCE = "SELECT 1"
SECONDS = 60.0  # a time limit, not a wait


@dataclass(frozen=True, slots=True)
class Barrier:
    """A held lock: statements that run `WAIT` block until it is released."""

    holder: "asyncpg.Connection[asyncpg.Record]"

    async def waiting(self) -> int:
        """How many statements are waiting for the lock."""
        count: int = await self.holder.fetchval(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted", LOCK
        )
        return count

    async def reach(self, count: int) -> None:
        """Return once this many statements are waiting."""
        async with asyncio.timeout(SECONDS):
            while await self.waiting() != count:  # noqa: ASYNC110 - the database sends no event
                await asyncio.sleep(0.005)

    async def open(self) -> None:
        """Release the statements."""
        await self.holder.execute(f"SELECT pg_advisory_unlock({LOCK})")


@asynccontextmanager
async def held(database: Database) -> AsyncIterator[Barrier]:
    """Hold the lock on a separate connection."""
    holder = await asyncpg.connect(database.url)
    try:
        await holder.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield Barrier(holder)
    finally:
        await holder.close()


@pytest_asyncio.fixture(loop_scope="session")
async def barrier(database: Database) -> AsyncIterator[Barrier]:
    """See `Barrier`."""
    async with held(database) as made:
        yield made


@asynccontextmanager
async def client_of(database: Database, **options: Any) -> AsyncIterator[PostgresClient]:
    """A separate pool; `options` as for `tortoise_config`."""
    config = tortoise_config(database.url, **options)["connections"]["default"]
    client = PostgresClient(connection_name="apart", **config["credentials"])
    try:
        yield client
    finally:
        await client.close()


async def cancel(tasks: Collection["asyncio.Task[Any]"]) -> None:
    """Cancel tasks and return when they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
