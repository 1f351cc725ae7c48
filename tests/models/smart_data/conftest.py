"""Fixtures of the tests of smart contact data."""

import pytest_asyncio

from tests.support.database import Database
from tests.support.marketplace import START, MadeMarket, make_market


@pytest_asyncio.fixture(loop_scope="session")
async def market(database: Database) -> MadeMarket:
    """A market whose clock is at START."""
    await database.clock.set(START)
    return await make_market()
