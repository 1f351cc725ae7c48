"""The pool: no user blocks the others, changes always get a connection, and reads end in time.

The pool of these tests has eight connections, four of which are not available to reads. One user can use two
connections at the same time to read, and three to change something.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tortoise.exceptions import IntegrityError

from models.base.asking import Asking, asking_for
from models.base.database import connection, fetch
from models.base.postgres import PostgresClient
from models.base.unavailable import TooSlow
from tests.models.base.conftest import AT_ONCE, SECONDS, WAIT, Barrier, cancel, client_of
from tests.support.database import Database

ONE, OTHER, THIRD = (Asking(f"user:{name}") for name in ("one", "other", "third"))
ALL = (ONE, OTHER, THIRD)
MARKET = "INSERT INTO market (id, code, name) VALUES (gen_random_uuid(), 'x', {})"


@pytest_asyncio.fixture(loop_scope="session")
async def client(database: Database) -> AsyncIterator[PostgresClient]:
    """A pool of eight."""
    async with client_of(database, pool_size=8) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def impatient(database: Database) -> AsyncIterator[PostgresClient]:
    """A pool with a time limit of a tenth of a second for reads, and fifteen seconds for all statements."""
    async with client_of(database, read_timeout_ms=100, statement_timeout_ms=1_500) as made:
        yield made


async def read(client: PostgresClient, whom: Asking | None, sql: str = WAIT) -> int:
    """Run one statement for a user."""
    with asking_for(whom):
        return len(await fetch(client, sql))


async def change(client: PostgresClient, whom: Asking, sql: str = AT_ONCE) -> None:
    """Run a transaction in a user's mutation."""
    with asking_for(Asking(whom.key, reading=False)):
        async with client._in_transaction() as conn:
            await fetch(conn, sql)
            await fetch(conn, AT_ONCE)


async def test_one_user_runs_few_concurrent_statements_and_others_are_not_blocked(
    client: PostgresClient, barrier: Barrier
) -> None:
    slow = [asyncio.create_task(read(client, ONE)) for _ in range(12)]
    await barrier.reach(2)
    async with asyncio.timeout(SECONDS):
        assert await read(client, OTHER, AT_ONCE) == 1
        await change(client, OTHER)
        await change(client, ONE)  # neither changes nor authentication wait for reads
        assert await read(client, None, AT_ONCE) == 1  # nor does authentication
    assert await barrier.waiting() == 2
    await barrier.open()
    async with asyncio.timeout(SECONDS):
        assert await asyncio.gather(*slow) == [1] * 12


async def test_reads_leave_connections_for_changes(client: PostgresClient, barrier: Barrier) -> None:
    slow = [asyncio.create_task(read(client, whom)) for whom in ALL for _ in range(3)]
    await barrier.reach(4)
    async with asyncio.timeout(SECONDS):
        for whom in ALL:
            await change(client, whom)
    assert await barrier.waiting() == 4
    await barrier.open()
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*slow)


async def test_all_of_a_users_many_concurrent_transactions_complete(client: PostgresClient) -> None:
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*(change(client, ONE) for _ in range(40)))


async def test_a_cancelled_reader_returns_its_turn_and_its_connection(
    client: PostgresClient, barrier: Barrier
) -> None:
    for _ in range(5):
        slow = [asyncio.create_task(read(client, ONE)) for _ in range(6)]
        await barrier.reach(2)
        await cancel(slow)
        await barrier.reach(0)
    async with asyncio.timeout(SECONDS):
        assert await read(client, ONE, AT_ONCE) == 1


async def test_a_cancelled_transaction_returns_its_turn_and_its_connection(
    client: PostgresClient, barrier: Barrier
) -> None:
    for _ in range(5):
        slow = [asyncio.create_task(change(client, whom, WAIT)) for whom in ALL for _ in range(4)]
        await barrier.reach(8)
        await cancel(slow)
        await barrier.reach(0)
    async with asyncio.timeout(SECONDS):
        await change(client, ONE)


async def test_a_transaction_cancelled_while_it_begins_returns_its_connection(
    client: PostgresClient,
) -> None:
    """Each is cancelled one step of the event loop later than the one before."""
    for steps in range(60):
        task = asyncio.create_task(change(client, ONE))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*(change(client, whom) for whom in ALL for _ in range(3)))


async def test_a_failed_transaction_changes_nothing_and_the_next_one_succeeds(client: PostgresClient) -> None:
    with pytest.raises(IntegrityError):
        await change(client, ONE, MARKET.format("NULL"))
    assert await fetch(connection(), "SELECT id FROM market") == []
    await change(client, ONE, MARKET.format("'X'"))
    assert len(await fetch(connection(), "SELECT id FROM market")) == 1


async def test_a_read_that_takes_too_long_ends_and_its_connection_is_reusable(
    impatient: PostgresClient, barrier: Barrier
) -> None:
    for _ in range(5):
        with pytest.raises(TooSlow) as caught:
            await read(impatient, ONE)
        assert not caught.value.writing
    assert await read(impatient, ONE, AT_ONCE) == 1
    await barrier.reach(0)


async def test_a_change_has_only_the_longer_general_time_limit(
    impatient: PostgresClient, barrier: Barrier
) -> None:
    await change(impatient, ONE, "SELECT pg_sleep(0.3)")
    with pytest.raises(TooSlow) as caught:
        await change(impatient, ONE, WAIT)
    assert caught.value.writing
    await change(impatient, ONE)


async def test_a_pool_of_any_size_allows_reads_and_never_belongs_to_one_user(database: Database) -> None:
    found = []
    for size in (1, 2, 5, 10, 20):
        async with client_of(database, pool_size=size) as sized:
            found.append((sized._reads._value, sized._turns_to_read.most))
    assert found == [(1, 1), (1, 1), (3, 1), (5, 2), (15, 3)]
