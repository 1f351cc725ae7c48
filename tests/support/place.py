"""The marketplace that most tests of actions start with, checked at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.base.database import transaction
from models.reconciliation import reconcile
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_marketplace


@asynccontextmanager
async def checked_marketplace(database: Database) -> AsyncIterator[Marketplace]:
    """A marketplace on a Monday morning; at the end its books balance and reconciliation finds nothing."""
    await database.clock.set(START)
    yield await make_marketplace()
    async with transaction() as conn:  # the checks share a snapshot, which saves most of their statements
        await assert_books_balance(conn)
        report = await reconcile(conn)
    assert report.findings == (), [str(finding) for finding in report.findings]
