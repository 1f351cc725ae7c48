"""A company with an employee whose calendar a server on this machine publishes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest_asyncio

from models.base.viewer import Viewer
from tests.support.calls import make_employee, make_secretariat
from tests.support.database import Database, DatabaseClock
from tests.support.marketplace import START, Marketplace, make_marketplace
from tests.support.webhook_receiver import Receiver, receiver


@dataclass(frozen=True, slots=True)
class Office:
    """On Monday, 2 March 2026, at ten in Berlin; `server` answers 204 until it is told otherwise."""

    place: Marketplace
    clock: DatabaseClock
    server: Receiver
    secretariat: UUID
    agnes: UUID

    @property
    def owner(self) -> Viewer:
        """Who manages the company."""
        return self.place.vendor.owner


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: Database) -> AsyncIterator[Office]:
    """Make the company."""
    await database.clock.set(START)
    place = await make_marketplace()
    secretariat = await make_secretariat(place)
    agnes = await make_employee(place.vendor.owner, "Agnes Tellier", extension="+493023125101")
    async with receiver() as server:
        yield Office(place, database.clock, server, secretariat, agnes)
