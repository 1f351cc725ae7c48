"""Fixtures shared by all test packages: the services, started once per session, a database and its contents.

Test packages add the API and what is in the database in their own conftest.
"""

import tests.garbage  # before all others

# isort: split
import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

import embedded
from tests.support.api import schema_for_tests
from tests.support.cluster import PreparedCluster
from tests.support.command import Command, command_on
from tests.support.database import Database, migrated_database
from tests.support.fork_server import ForkServer
from tests.support.marketplace import Marketplace
from tests.support.place import checked_marketplace
from tests.support.services import reachable_folder

# A slow test on a busy machine is not a failure, and a failure can be reproduced from the output.
settings.register_profile(
    "suite", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

_LONG = (
    "tests/leak/test_no_leak.py",
    "tests/leak/test_agents.py",
    "tests/models/leads/import_file/",
    "tests/stateful/",
)

# A shell that starts the suite in the background makes it ignore Ctrl-C, and all its child processes as well.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


_SHARED = pytest.StashKey[Path]()


class _Worker(Protocol):
    """What is used of pytest-xdist's worker, which has no types."""

    config: pytest.Config
    workerinput: dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    """Create the folder that all workers share; the process that starts them deletes it."""
    given: dict[str, str] | None = getattr(config, "workerinput", None)
    if given is None:
        stack = ExitStack()
        config.stash[_SHARED] = stack.enter_context(reachable_folder())
        config.add_cleanup(stack.close)
    else:
        config.stash[_SHARED] = Path(given["shared"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Worker) -> None:
    """Pass the folder to a worker of pytest-xdist."""
    node.workerinput["shared"] = str(node.config.stash[_SHARED])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that take a minute first, so that no process is left with one of them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


def pytest_collection_finish() -> None:
    """See `tests.garbage`."""
    tests.garbage.collect_as_servers_do()


@pytest.fixture(scope="session", autouse=True)
def shared_schema() -> Iterator[None]:
    """Applications of tests share a schema; see `schema_for_tests`."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("server.build_schema", schema_for_tests)
        yield


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Time limits of work that a busy machine slows down; a test of a limit sets its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("models.tabular.sheet_reading.SECONDS", 180.0)
        patched.setattr("models.outside.reading_pages.SECONDS", 120.0)
        patched.setattr("models.outside.robots.SECONDS", 120.0)
        patched.setattr("models.accounts.tokens.key_set.TIMEOUT_SECONDS", 60.0)
        yield


@pytest.fixture(scope="session")
def prepared_cluster(pytestconfig: pytest.Config) -> PreparedCluster:
    """The migrated cluster of all workers."""
    return PreparedCluster(pytestconfig.stash[_SHARED])


@pytest.fixture(scope="session")
def services(prepared_cluster: PreparedCluster) -> Iterator[embedded.Services]:
    """PostgreSQL and Valkey for this session only (`database_url`, `redis_url`, `admin_url(name)`)."""
    with reachable_folder() as folder:
        prepared_cluster.copy_to(folder / "var")
        with embedded.start(folder / "var", durable=False) as running:
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
    """See `checked_marketplace`; the test sets its clock."""
    async with checked_marketplace(database) as made:
        yield made


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    """The process that runs the command `leadgate` in forks."""
    server = ForkServer()
    yield server
    server.close()


@pytest.fixture
def leadgate(database: Database, services: embedded.Services, tmp_path: Path, forks: ForkServer) -> Command:
    """The command `leadgate`, in a separate process on the empty database."""
    return command_on(database, services, tmp_path / "var", forks)


@pytest_asyncio.fixture(loop_scope="session")
async def loop() -> asyncio.AbstractEventLoop:
    """The session's event loop, idle during a test that is not a coroutine, so that the test can use it."""
    return asyncio.get_running_loop()
