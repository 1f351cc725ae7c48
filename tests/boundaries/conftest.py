"""Fixtures of the boundary tests: the application over HTTP and a marketplace with a stopped clock."""

from collections.abc import AsyncIterator

import pytest_asyncio

import embedded
from models.base.database import connection
from tests.boundaries.world import World
from tests.support.api import api_settings, running_api
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, make_marketplace


@pytest_asyncio.fixture(loop_scope="session")
async def world(database: Database, services: embedded.Services) -> AsyncIterator[World]:
    """See `World`; the books must balance at the end of every test."""
    await database.clock.set(START)
    place = await make_marketplace()
    async with running_api(api_settings(services, database.url)) as api:
        yield World(
            api,
            database,
            place,
            vendor=await api.client(place.vendor.owner.user_id),
            prospect=await api.client(place.prospect.viewer.user_id),
            operator=await api.client(place.operator.user_id),
        )
    await assert_books_balance(connection())
