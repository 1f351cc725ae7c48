"""Connections that the next statement uses without a round through the pool."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from tortoise.backends.asyncpg.client import TransactionWrapper

from models.base import at_hand
from models.base.at_hand import AtHand
from models.base.database import fetch, fetch_one
from models.base.postgres import PostgresClient
from tests.models.base.conftest import WAIT, Barrier, client_of
from tests.support.database import Database

PID = "SELECT pg_backend_pid() AS pid"


class Line:
    """A connection that may be closed."""

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed

    def is_closed(self) -> bool:
        return self.closed


@pytest.fixture
def returned() -> list[Line]:
    """What went back to the pool."""
    return []


@pytest.fixture
def kept(returned: list[Line]) -> AtHand:
    """Connections at hand of a pool that only notes what it is given back."""

    async def release(line: Line) -> None:
        returned.append(line)

    return AtHand(release)


async def test_the_connection_that_was_used_last_is_the_next(kept: AtHand, returned: list[Line]) -> None:
    one, other = Line(), Line()
    assert kept.keep(one)
    assert kept.keep(other)
    assert [kept.take() for _ in range(3)] == [other, one, None]
    await kept.clear()
    assert returned == []


async def test_a_closed_connection_goes_back_to_the_pool(kept: AtHand, returned: list[Line]) -> None:
    good, broken = Line(), Line()
    kept.keep(good)
    kept.keep(broken)
    broken.closed = True
    assert kept.take() is good
    await kept.clear()
    assert returned == [broken]


async def test_what_nobody_used_for_a_while_goes_back_to_the_pool(kept: AtHand, returned: list[Line]) -> None:
    lines = [Line() for _ in range(3)]
    for line in lines:
        kept.keep(line)
    kept._look()  # until now, each was used
    assert kept.take() is lines[2]
    kept.keep(lines[2])
    kept._look()
    assert len(kept) == 1
    await kept.clear()
    assert returned == lines


async def test_after_many_uses_one_goes_through_the_pool(
    kept: AtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "USES", 3)
    assert [kept.keep(Line()) for _ in range(6)] == [True, True, False, True, True, False]
    await kept.clear()


@pytest_asyncio.fixture(loop_scope="session")
async def client(database: Database) -> AsyncIterator[PostgresClient]:
    """A pool of two."""
    async with client_of(database, pool_size=2) as made:
        yield made


async def pid(client: PostgresClient) -> int:
    """Return the server process of one statement."""
    row = await fetch_one(client, PID)
    assert row is not None
    number: int = row["pid"]
    return number


async def test_statements_one_after_the_other_use_one_connection(client: PostgresClient) -> None:
    assert len({await pid(client) for _ in range(20)}) == 1


async def test_a_connection_that_the_server_closed_is_not_used_again(
    client: PostgresClient, database: Database
) -> None:
    before = await pid(client)
    connection = client._at_hand._kept[-1]._con
    administrator = await asyncpg.connect(database.url)
    try:
        await administrator.fetchval("SELECT pg_terminate_backend($1, 5_000)", before)
        while not connection.is_closed():
            await administrator.fetchval("SELECT 1")  # a turn of the loop, in which the driver may notice
    finally:
        await administrator.close()
    assert await pid(client) != before


async def test_connections_at_hand_are_closed_when_all_are_to_be_replaced(client: PostgresClient) -> None:
    """As after a failover: none of them may be used again."""
    before = await pid(client)
    await client._expire_connections()
    assert await pid(client) != before


async def test_a_connection_in_use_is_replaced_as_well(client: PostgresClient) -> None:
    async with client.acquire_connection() as raw:
        before = await raw.fetchval("SELECT pg_backend_pid()")
        await client._expire_connections()
    assert await pid(client) != before


async def test_a_failed_statement_leaves_its_connection_to_the_pool(client: PostgresClient) -> None:
    await pid(client)
    with pytest.raises(asyncpg.UndefinedTableError):
        await fetch(client, "SELECT FROM nothing_like_this")
    assert len(client._at_hand) == 0
    await pid(client)


async def test_who_waits_for_the_pool_is_served_before_anything_is_kept(client: PostgresClient) -> None:
    async with client.acquire_connection():
        async with client.acquire_connection():
            waiting = asyncio.create_task(pid(client))
            while not client._waiting:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0)
        async with asyncio.timeout(60):
            await waiting


async def test_a_connection_made_while_all_are_to_be_replaced_is_not_kept(
    client: PostgresClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lead to the server of before."""
    connect, made, go_on = client._hosts.connect, asyncio.Event(), asyncio.Event()

    async def slowly(**options: Any) -> "asyncpg.Connection[asyncpg.Record]":
        raw = await connect(**options)
        made.set()
        await go_on.wait()
        return raw

    with monkeypatch.context() as patched:
        patched.setattr(client._hosts, "connect", slowly)
        first = asyncio.create_task(pid(client))
        await made.wait()
        await client._expire_connections()
    go_on.set()
    assert await first != await pid(client)


async def test_replacing_all_does_not_wait_for_a_server_that_does_not_answer(client: PostgresClient) -> None:
    frozen = await pid(client)
    os.kill(frozen, signal.SIGSTOP)
    try:
        async with asyncio.timeout(60):
            await client._expire_connections()
            assert await pid(client) != frozen
    finally:
        os.kill(frozen, signal.SIGCONT)


async def test_a_task_that_outlives_its_transaction_does_not_write_into_the_next_one(
    client: PostgresClient,
) -> None:
    end = asyncio.Event()

    async def late(conn: TransactionWrapper) -> None:
        await end.wait()
        await fetch(conn, "INSERT INTO market (id, code, name) VALUES (gen_random_uuid(), 'late', 'Late')")

    async with client.whole() as conn:
        task = asyncio.create_task(late(conn))
        await fetch(conn, PID)
    async with client.whole() as conn:
        end.set()
        with pytest.raises(asyncpg.InterfaceError, match="the transaction has ended"):
            await task
    assert await fetch(client, "SELECT FROM market WHERE code = 'late'") == []


async def test_what_ends_while_the_client_closes_is_not_kept(
    client: PostgresClient, barrier: Barrier
) -> None:
    slow = asyncio.create_task(fetch(client, WAIT))
    await barrier.reach(1)
    closing = asyncio.create_task(client.close())
    while not client._closing:  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0)
    await barrier.open()
    await slow
    assert len(client._at_hand) == 0
    await closing


async def test_closing_the_client_closes_those_at_hand(database: Database) -> None:
    async with client_of(database, pool_size=2) as made:
        number = await pid(made)
    administrator = await asyncpg.connect(database.url)
    try:
        query = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1"
        async with asyncio.timeout(60):
            while await administrator.fetchval(query, number):
                pass
    finally:
        await administrator.close()
