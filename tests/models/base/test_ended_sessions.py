"""A session that the server has ended while nobody asked it anything, before its socket is closed.

A server that shuts down or is killed says so in idle connections, and a statement may come before the end.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from asyncpg import InternalClientError
from asyncpg.exceptions import TargetServerAttributeNotMatched

from models.base.database import fetch
from models.base.postgres import PostgresClient
from models.base.unavailable import Unavailable, is_away
from tests.models.base.conftest import AT_ONCE, client_of
from tests.support.database import Database

_FIELDS = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
FAREWELL = b"E" + (len(_FIELDS) + 4).to_bytes(4, "big") + _FIELDS


@pytest_asyncio.fixture(loop_scope="session")
async def client(database: Database) -> AsyncIterator[PostgresClient]:
    """A pool whose only connection was ended by the server."""
    async with client_of(database, pool_size=1) as made:
        await fetch(made, AT_ONCE)
        raw = await made.take()
        protocol = raw._con._protocol
        await made.give_back(raw, reusable=True)
        protocol.data_received(FAREWELL)  # as the event loop does
        yield made


async def test_a_statement_finds_the_database_unavailable(client: PostgresClient) -> None:
    """It is no fault of ours, and the next statement gets a new connection."""
    with pytest.raises(Unavailable):
        await fetch(client, AT_ONCE)
    assert len(await fetch(client, AT_ONCE)) == 1


async def test_a_transaction_finds_the_database_unavailable(client: PostgresClient) -> None:
    """Neither its beginning nor its end hides that."""
    with pytest.raises(Unavailable):
        async with client._in_transaction() as connection:
            await fetch(connection, AT_ONCE)
    assert len(await fetch(client, AT_ONCE)) == 1


def test_other_errors_of_the_driver_stay_what_they_are() -> None:
    """A standby among several hosts is an outage of the same family of errors, and a fault stays a fault."""
    assert is_away(TargetServerAttributeNotMatched("none of the hosts"))
    assert not is_away(InternalClientError("unknown error in protocol implementation"))
