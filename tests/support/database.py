"""A migrated database for tests, emptied before each test, and a test clock that replaces the database's own.

`tests.support.marketplace` fills it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate

import embedded
from models.policies.versions import forget_policies
from settings import tortoise_config
from tests.support.services import create_database, drop_database

_CLOCK = """
    CREATE TABLE test_clock (at timestamptz);
    ALTER FUNCTION leadgate_clock() RENAME TO leadgate_own_clock;
    CREATE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT coalesce((SELECT at FROM test_clock), leadgate_own_clock()) $$"""


class DatabaseClock:
    """The database's clock as a test sets it: stopped until the test advances it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.now: datetime | None = None

    async def set(self, at: datetime) -> None:
        """Stop the clock at an instant, for all connections, without waiting for other transactions."""
        connection = await asyncpg.connect(self._url)
        try:
            async with connection.transaction():
                await connection.execute("DELETE FROM test_clock")
                await connection.execute("INSERT INTO test_clock VALUES ($1)", at)
        finally:
            await connection.close()
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
        self.clock = DatabaseClock(url)

    async def empty(self) -> None:
        """Remove every row; the tables, triggers and functions stay."""
        connection = await asyncpg.connect(self.url)
        try:
            rows = await connection.fetch(
                """SELECT quote_ident(tablename) AS name FROM pg_tables
                   WHERE schemaname = 'public' AND tablename NOT LIKE '%migrations%'"""
            )
            # Bypasses the triggers that protect rows; takes a twentieth of the time of TRUNCATE.
            await connection.execute(
                "SET session_replication_role = replica;"
                + ";".join(f"DELETE FROM {row['name']}" for row in rows)
            )
        finally:
            await connection.close()
        self.clock.now = None
        forget_policies()


@asynccontextmanager
async def migrated_database(services: embedded.Services) -> AsyncIterator[Database]:
    """Create a database, migrate it with the product's own migrations, and connect the models to it."""
    name = await create_database(services)
    url = services.admin_url(name)
    config = tortoise_config(url)
    await migrate(config=config)
    await Tortoise.close_connections()
    connection = await asyncpg.connect(url)
    await connection.execute(_CLOCK)
    await connection.close()
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        yield Database(url)
    finally:
        await Tortoise.close_connections()
        await drop_database(services, name)
