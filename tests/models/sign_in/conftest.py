"""Owns what tests of signing in share: an issuer, a cheap hasher and a user.

Must not start services: the fixtures above do.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
import pytest_asyncio

from models.database import connection
from models.identity.access_token import TokenIssuer
from models.identity.users import create_user
from models.passwords import Passwords
from tests.models.sign_in.support import CHEAP, EMAIL, PASSWORD, Door
from tests.support.database import Database


@pytest.fixture
def now() -> datetime:
    """An instant on a whole second; the code under test reads no clock for tokens."""
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def issuer() -> TokenIssuer:
    """Our issuer with a key of the tests."""
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
    """Signs in."""
    return Door(issuer, passwords, now)
