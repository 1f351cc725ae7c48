"""Fixtures of the transport tests: the application on a real socket, and a marketplace."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest_asyncio

import embedded
from models.applications.answer import accept
from models.deadlines.sweep import sweep
from models.process.wake import Wake
from tests.support.api import Api, Client, api_settings, listening, running_api
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace, apply, make_lead, make_marketplace

ORIGIN = "https://app.example"


@dataclass
class Served:
    """An API that listens on a port, with the marketplace behind it."""

    api: Api
    port: int
    database: Database
    market: Marketplace

    async def owner_token(self) -> str:
        """Begin a session for the vendor's owner and return its token."""
        return await self.api.token(self.market.vendor.owner.user_id)

    async def owner(self) -> Client:
        """A client of the vendor's owner over HTTP, without a socket."""
        return await self.api.client(self.market.vendor.owner.user_id)

    async def cursor(self) -> str:
        """Return the current end of the vendor's feed."""
        client = await self.owner()
        cursor: str = (await client.ask("{ viewer { feedCursor } }")).data["viewer"]["feedCursor"]
        return cursor

    async def applied(self, title: str = "Website relaunch") -> UUID:
        """Apply for one more lead as the vendor."""
        place = self.market
        lead = await make_lead(place.market, place.prospect, title=title, fee=0, verbatim=True)
        return await apply(self.market.vendor, lead)

    async def reveal(self, title: str = "Website relaunch", wake: Wake | None = None) -> UUID:
        """Reveal a lead's contact data to the vendor immediately, because the prospect accepts."""
        application_id = await self.applied(title)
        wake = wake or self.api.services.wake
        await accept(self.market.prospect.viewer, wake, application_id=application_id)
        return application_id

    async def silence(self) -> None:
        """Let 48 hours pass without an answer, and run a worker."""
        await self.database.clock.advance(timedelta(hours=48))
        await sweep(self.api.services.wake)

    async def sign_out(self, token: str) -> None:
        """End the session of a token, over HTTP."""
        await Client(self.api.http, token).ask("mutation { signOut { userErrors { code } } }")


@pytest_asyncio.fixture(loop_scope="session")
async def served(database: Database, services: embedded.Services) -> AsyncIterator[Served]:
    """The application on a real socket; one other origin is allowed."""
    await database.clock.set(START)
    settings = api_settings(services, database.url, allowed_origins=ORIGIN, request_body_limit=100_000)
    async with running_api(settings) as api, listening(api.app) as port:
        yield Served(api, port, database, await make_marketplace())
