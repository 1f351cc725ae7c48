"""Fixtures of the tests of dispatches: a marketplace with an application, and the whole application."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

import embedded
from tests.support.api import Api, api_settings, running_api
from tests.support.applied import Applied, make_applied
from tests.support.database import Database
from tests.support.marketplace import START
from tests.support.messages import leave_out_events

HOOK_SECRET = "a-secret-of-the-mail-server-in-tests"


@pytest.fixture
def without_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No calendar events are sent, for tests that count what is."""
    leave_out_events(monkeypatch)


@pytest_asyncio.fixture(loop_scope="session")
async def api(database: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application over ASGI."""
    settings = api_settings(
        services, database.url, mail_hook_secret=HOOK_SECRET, mail_domain="mail.leads.test"
    )
    async with running_api(settings) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def applied(database: Database, api: Api) -> Applied:
    """An application that nobody has answered."""
    await database.clock.set(START)
    return await make_applied()
