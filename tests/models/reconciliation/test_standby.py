"""The reconciliation of a standby: it finds what has arrived there, and stores nothing."""

from collections.abc import Iterator

import asyncpg
import pytest
import pytest_asyncio

import embedded
from models.base.database import connection, fetch
from tests.models.reconciliation.conftest import Books, Plant
from tests.support.command import Command
from tests.support.database import Database
from tests.support.standby import Standby, name_of, standby_of

RUNS = "SELECT night FROM reconciliation_run ORDER BY id"


@pytest.fixture(scope="module")
def follower(services: embedded.Services) -> Iterator[Standby]:
    """A standby of the tests' own PostgreSQL."""
    with standby_of(services) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def address(follower: Standby, books: Books, database: Database) -> str:
    """The address of the standby, which has the books."""
    name = await name_of(database)
    await follower.arrived(name, f"SELECT count(*) FROM application WHERE id = '{books.waiting}'")
    return follower.url(name)


async def test_a_standby_is_checked_and_the_run_is_not_stored(address: str, leadgate: Command) -> None:
    """Neither here nor there."""
    for words in (("reconcile",), ("reconcile", "--since")):
        shown = await leadgate(*words, DATABASE_URL_DIRECT=address)
        assert shown.code == 0, shown.err
        assert shown.out.startswith("standby: checked as of 20")
    assert await fetch(connection(), RUNS) == []


async def test_a_fault_that_has_arrived_is_found(
    address: str, books: Books, plant: Plant, follower: Standby, database: Database, leadgate: Command
) -> None:
    """With the exit code of a finding."""
    await plant("UPDATE balance SET available = available + 1 WHERE account_id = $1", books.vendor.id)
    changed = await fetch(
        connection(), "SELECT available FROM balance WHERE account_id = $1", books.vendor.id
    )
    there = (
        f"SELECT available = {changed[0]['available']} FROM balance WHERE account_id = '{books.vendor.id}'"
    )
    await follower.arrived(await name_of(database), there)
    shown = await leadgate("reconcile", DATABASE_URL_DIRECT=address)
    assert (shown.code, "balances_equal_postings: 1 found" in shown.out) == (1, True)


async def test_a_part_on_a_standby_does_not_pass_over_a_night(
    address: str, follower: Standby, database: Database, leadgate: Command
) -> None:
    """The next run of the primary looks at the same accounts as the one on the standby before it."""
    for words in (("reconcile",), ("reconcile",), ("reconcile", "--since")):
        assert (await leadgate(*words)).code == 0
    await follower.arrived(await name_of(database), "SELECT count(*) = 3 FROM reconciliation_run")
    assert (await leadgate("reconcile", "--since", DATABASE_URL_DIRECT=address)).code == 0
    assert (await leadgate("reconcile", "--since")).code == 0
    assert [row["night"] for row in await fetch(connection(), RUNS)] == [None, None, 0, 1]


async def test_only_the_reconciliation_accepts_a_standby(address: str, leadgate: Command) -> None:
    """Other commands name the reason."""
    shown = await leadgate("user", "list", DATABASE_URL=address)
    assert (shown.code, "is a standby" in shown.err) == (2, True)


async def test_a_check_that_the_standby_cancels_names_the_setting(
    address: str, books: Books, follower: Standby, database: Database, leadgate: Command
) -> None:
    """A standby that must not lag ends a check if a change of the primary waits for it."""
    name = await name_of(database)
    async with follower.connected(name) as there:
        await there.execute("ALTER SYSTEM SET max_standby_streaming_delay = 0")
        await there.execute("SELECT pg_reload_conf()")
    primary = await asyncpg.connect(database.url)
    try:
        async with primary.transaction():
            # The first check reads both tables: it holds the one while it waits for the other.
            await lock_here_and_there(primary, "posting")
            running = await leadgate.start("reconcile", DATABASE_URL_DIRECT=address)
            await follower.arrived(name, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted")
            await lock_here_and_there(primary, "posting_group")
            shown = await leadgate.end(running)
    finally:
        await primary.close()
    assert (shown.code, "max_standby_streaming_delay" in shown.err) == (1, True)


async def lock_here_and_there(primary: "asyncpg.Connection[asyncpg.Record]", table: str) -> None:
    """Lock a table as a migration does, and let the standby know."""
    await primary.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    await primary.execute("SELECT pg_switch_wal()")
