"""A migrated database for tests, emptied before each test, and a test clock that replaces the database's own.

`tests.support.marketplace` fills it.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import datetime, timedelta

import asyncpg
from tortoise import Tortoise

import embedded
from models.policies.versions import forget_policies
from settings import tortoise_config
from tests.support.cluster import MIGRATED
from tests.support.pgbouncer import pgbouncer


class KeptConnection:
    """A connection outside the pool, open for the whole session: opening one takes longer than using it.

    Calls from one event loop wait for each other. Another event loop, or a closed connection, gets a new one.
    """

    def __init__(self, url: str, settings: dict[str, str]) -> None:
        self._url = url
        self._settings = settings
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._free = asyncio.Lock()

    async def execute(self, statements: str, *values: object) -> None:
        """Execute statements in one transaction; one statement if there are parameters."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._connection, self._loop, self._free = None, loop, asyncio.Lock()
        async with self._free:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(self._url, server_settings=self._settings)
            await self._connection.execute(statements, *values)

    async def close(self) -> None:
        """Close the connection of this event loop, if there is one."""
        if self._connection is not None and self._loop is asyncio.get_running_loop():
            await self._connection.close()


class DatabaseClock:
    """The database's clock as a test sets it: stopped until the test advances it."""

    def __init__(self, connection: KeptConnection) -> None:
        self._connection = connection
        self.now: datetime | None = None

    async def set(self, at: datetime) -> None:
        """Stop the clock at an instant, for all connections, without waiting for other transactions."""
        assert at.tzinfo is not None, "an instant has a time zone"
        await self._connection.execute(
            f"DELETE FROM test_clock; INSERT INTO test_clock VALUES ('{at.isoformat()}')"
        )
        self.now = at

    async def advance(self, by: timedelta) -> datetime:
        """Advance a stopped clock and return its new time."""
        assert self.now is not None, "set the clock before you advance it"
        await self.set(self.now + by)
        return self.now


class Database:
    """A migrated database with its own clock."""

    def __init__(self, url: str) -> None:
        self.url = url
        # Bypasses the triggers that protect rows.
        self._connection = KeptConnection(url, {"session_replication_role": "replica"})
        self.clock = DatabaseClock(self._connection)

    async def empty(self) -> None:
        """Remove every row; the tables, triggers and functions stay."""
        await self._connection.execute("SELECT empty_tables()")
        self.clock.now = None
        forget_policies()

    async def plant(self, statement: str, *values: object) -> None:
        """Run a statement without triggers and foreign keys, as only a fault or a superuser could."""
        await self._connection.execute(statement, *values)

    async def close(self) -> None:
        """Close the connection that empties the tables and sets the clock."""
        await self._connection.close()


@asynccontextmanager
async def migrated_database(services: embedded.Services) -> AsyncIterator[Database]:
    """Connect the models to the migrated database of a copy of the prepared cluster.

    With `TEST_POOLER`, through PgBouncer in transaction mode; what only tests do stays direct.
    """
    url = services.admin_url(MIGRATED)
    with ExitStack() as stack:
        config = tortoise_config(url)
        if os.environ.get("TEST_POOLER"):
            query = stack.enter_context(pgbouncer(services))
            config = tortoise_config(f"{url.partition('?')[0]}?{query}", pooler="transaction", pool_size=20)
        await Tortoise.init(config=config, _enable_global_fallback=True)
        database = Database(url)
        try:
            yield database
        finally:
            await database.close()
            await Tortoise.close_connections()
