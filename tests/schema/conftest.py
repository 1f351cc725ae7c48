"""Fixtures of the API tests: the application over ASGI on an empty database, marketplaces with viewers."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

import embedded
from models.base.database import connection
from settings.logs import OURS
from tests.support.api import Api, api_settings, running_api
from tests.support.applied import CONTACT_PHONE, PASSWORD, WRONG_PASSWORD, Applied, make_applied
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import CONTACT_VALUES, START
from tests.support.scene import Scene, make_scene

_SECRETS = re.compile(
    r"eyJ[\w-]{10,}|[\w.+-]+@[\w-]+\.[\w.-]+|" + "|".join(map(re.escape, (*CONTACT_VALUES, CONTACT_PHONE)))
)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def shared_api(migrated: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application, built once: the only state of a test that it holds is the clock."""
    async with running_api(api_settings(services, migrated.url)) as running:
        yield running


@pytest.fixture
def api(shared_api: Api, database: Database) -> Api:
    """The application, with GraphQL at /graphql, over ASGI, its clock running."""
    shared_api.clock.offset = timedelta()
    return shared_api


@pytest_asyncio.fixture(loop_scope="session")
async def scene(database: Database, api: Api) -> Scene:
    """Every kind of viewer, and a lead in each state."""
    return await make_scene(database, api)


@pytest_asyncio.fixture(loop_scope="session")
async def applied(database: Database) -> AsyncIterator[Applied]:
    """A vendor applied for a lead on a Monday morning; the books must balance at the end."""
    await database.clock.set(START)
    yield await make_applied()
    await assert_books_balance(connection())


@pytest.fixture
def quiet_logs(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Iterator[list[str]]:
    """No test logs a password, a token, an address or contact data; tests add their own secrets.

    Log lines are searched as written, before `logs` hides anything.
    """
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    further = [PASSWORD, WRONG_PASSWORD]
    yield further
    shown = capsys.readouterr()
    logged = shown.out + shown.err + caplog.text
    found = _SECRETS.findall(logged) + [secret for secret in further if secret in logged]
    assert not found, f"logged: {found}"
