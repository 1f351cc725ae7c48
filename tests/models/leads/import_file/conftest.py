"""Fixtures of the import tests: a market with a stopped clock, its invariants checked at the end."""

from collections.abc import AsyncIterator

import pytest_asyncio

from models.base.database import connection
from tests.models.applications.conftest import database as database  # noqa: PLC0414 - empties much faster
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_marketplace


@pytest_asyncio.fixture(loop_scope="session")
async def place(database: Database) -> AsyncIterator[Marketplace]:
    """The market `main`, which has one lead already; the books must balance at the end."""
    await database.clock.set(START)
    yield await make_marketplace()
    await assert_books_balance(connection())
