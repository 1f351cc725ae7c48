"""Fixtures of the sign-in tests: an issuer, a cheap hasher and a user."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from models.accounts.create_user import create_user
from models.accounts.passwords import Passwords
from models.accounts.tables import ExternalIdentity
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.external import ExternalIssuers
from models.base.database import connection
from tests.models.accounts.key_server import AUDIENCE, ISSUER, KEYS, KeyServer, jwk, key_server
from tests.models.accounts.support import EMAIL, PASSWORD, Door
from tests.support.database import Database
from tests.support.hashing import CHEAP


@pytest.fixture
def now() -> datetime:
    """An instant on a whole second; the code under test reads no clock for tokens."""
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def issuer() -> TokenIssuer:
    """Our token issuer with a test key."""
    return TokenIssuer(b"a key that only these tests know, 0123456789")


@pytest.fixture(scope="session")
def passwords() -> Iterator[Passwords]:
    """A hasher that costs almost nothing."""
    made = Passwords(CHEAP)
    yield made
    made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def user(database: Database, passwords: Passwords) -> UUID:
    """A user who can sign in."""
    return await create_user(connection(), passwords, email=EMAIL, password=PASSWORD, name="Ada Example")


@pytest.fixture
def door(issuer: TokenIssuer, passwords: Passwords, now: datetime) -> Door:
    """A `Door` with the issuer and the cheap hasher."""
    return Door(issuer, passwords, now)


@pytest.fixture
def server() -> Iterator[KeyServer]:
    """An issuer's server with one key of each kind, named for its algorithm."""
    with key_server() as running:
        running.keys = [jwk(key, algorithm) for algorithm, key in KEYS.items()]
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def outer_door(door: Door, server: KeyServer) -> AsyncIterator[Door]:
    """A `Door` configured with the external issuer, as by the settings."""
    async with httpx.AsyncClient() as client:
        door.external = ExternalIssuers([(ISSUER, server.url)], AUDIENCE, client)
        yield door


@pytest_asyncio.fixture(loop_scope="session")
async def linked(user: UUID) -> UUID:
    """The user, linked to the external identity `ada`."""
    await ExternalIdentity.create(issuer=ISSUER, subject="ada", user_id=user)
    return user
