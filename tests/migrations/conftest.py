"""Fixtures of tests that migrate the tests' database further, and undo that."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pytest
import pytest_asyncio

import embedded
from cli.migrating import migrate
from models.base.database import connection, fetch
from models.process.schema_state import SchemaState
from settings import Settings, load
from tests.migrations.grown import grown
from tests.support.database import Database

__all__ = ["grown"]


class Migrate(Protocol):
    """Migrates the tests' database as the command does, in a thread with an event loop of its own."""

    def __call__(self, **options: Any) -> Awaitable[SchemaState]: ...


@pytest.fixture
def settings_of(database: Database, services: embedded.Services) -> Callable[..., Settings]:
    """Settings with the tests' addresses, and others."""

    def made(**given: Any) -> Settings:
        return load(**{"database_url": database.url, "redis_url": services.redis_url, **given})

    return made


@pytest_asyncio.fixture(loop_scope="session")
async def run_migrate(settings_of: Callable[..., Settings]) -> AsyncIterator[Migrate]:
    """See `Migrate`; afterwards, what the tests' migrations made is removed again."""

    async def run(*, settings: Settings | None = None, **options: Any) -> SchemaState:
        work = migrate(settings or settings_of(), **options)
        # Without this thread's context, in which Tortoise would find the tests' connections.
        return await asyncio.get_running_loop().run_in_executor(thread, asyncio.run, work)

    with ThreadPoolExecutor(1) as thread:
        yield run
    await fetch(connection(), "DROP TABLE IF EXISTS grown_table")
    await fetch(connection(), "DROP INDEX IF EXISTS grown_index")
    await fetch(connection(), "DELETE FROM tortoise_migrations WHERE name LIKE '9%'")
