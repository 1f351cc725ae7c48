"""Fixtures of the delivery tests: a marketplace with a stopped clock, its invariants checked afterwards."""

from collections.abc import AsyncIterator

import pytest_asyncio

from models.base.database import connection
from models.reconciliation import reconcile
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_marketplace


@pytest_asyncio.fixture(loop_scope="session")
async def place(database: Database) -> AsyncIterator[Marketplace]:
    """A marketplace on a Monday morning; its books must balance at the end of every test."""
    await database.clock.set(START)
    yield await make_marketplace()
    await assert_books_balance(connection())
    report = await reconcile()
    assert report.findings == (), [str(finding) for finding in report.findings]
