"""Fixtures of the application tests: a marketplace with a stopped clock, whose invariants are checked."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from models.base.database import connection
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_marketplace


@pytest_asyncio.fixture(loop_scope="session")
async def database(migrated: Database) -> Database:
    """The migrated database, emptied by DELETE without triggers, which takes a twentieth of a TRUNCATE."""
    conn = await asyncpg.connect(migrated.url)
    try:
        tables = await conn.fetch(
            "SELECT quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname = 'public' AND tablename NOT LIKE '%migrations%'"
        )
        await conn.execute(
            "SET session_replication_role = replica;"
            + ";".join(f"DELETE FROM {table[0]}" for table in tables)
        )
    finally:
        await conn.close()
    migrated.clock.now = None
    return migrated


@pytest_asyncio.fixture(loop_scope="session")
async def place(database: Database) -> AsyncIterator[Marketplace]:
    """A marketplace on a Monday morning; its books must balance at the end of every test."""
    await database.clock.set(START)
    yield await make_marketplace()
    await assert_books_balance(connection())
