"""The marketplace for tests of complaints over the API, with evidence checks that query nothing outside."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest_asyncio

import embedded
from models.complaints.evidence.checks import build_checks
from server import create_app
from tests.schema.complaints.delivered import Delivered, make_delivered
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database


@pytest_asyncio.fixture(loop_scope="session")
async def api(database: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application over ASGI, with fixed evidence checks."""
    settings = api_settings(services, database.url)
    async with running_api(settings) as running:
        checks = build_checks(lambda: database.clock.now or datetime.now(UTC))
        checking = replace(running.services, checks=checks)
        api = Api(create_app(settings, checking), checking, running.clock)
        yield api
        await api.http.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def delivered(database: Database, api: Api) -> Delivered:
    """A vendor with a RECORD and two LEAD_CLUB leads, one more in stock, and a viewer of every kind."""
    return await make_delivered(database, api)
