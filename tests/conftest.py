"""Fixtures that test packages share: the services, started once per session, a database and what is in it.

Nothing about GraphQL: test packages add that in their own conftest.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

import embedded
from tests.support.command import Command, command_on
from tests.support.database import Database, migrated_database
from tests.support.marketplace import Marketplace
from tests.support.place import checked_marketplace
from tests.support.services import running_services

# A busy machine is not a failure, and a failure can be reproduced from the output.
settings.register_profile(
    "suite", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

# A shell that starts the suite in the background has it ignore Ctrl-C, and so would every process it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def services() -> Iterator[embedded.Services]:
    """PostgreSQL and Valkey of this session alone (`database_url`, `redis_url`, `admin_url(name)`)."""
    with running_services() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated(services: embedded.Services) -> AsyncIterator[Database]:
    """One migrated database for the session, with the models connected to it."""
    async with migrated_database(services) as database:
        yield database


@pytest_asyncio.fixture(loop_scope="session")
async def database(migrated: Database) -> Database:
    """The migrated database, empty; its clock runs until the test sets it."""
    await migrated.empty()
    return migrated


@pytest_asyncio.fixture(loop_scope="session")
async def place(database: Database) -> AsyncIterator[Marketplace]:
    """See `checked_marketplace`; the test moves its clock."""
    async with checked_marketplace(database) as made:
        yield made


@pytest.fixture
def leadgate(database: Database, services: embedded.Services, tmp_path: Path) -> Command:
    """The command `leadgate`, in a process of its own on the empty database."""
    return command_on(database, services, tmp_path / "var")


@pytest_asyncio.fixture(loop_scope="session")
async def loop() -> asyncio.AbstractEventLoop:
    """The session's event loop, idle during a test that is not a coroutine, so that the test can run it."""
    return asyncio.get_running_loop()
