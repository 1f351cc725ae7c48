"""Constants and helpers that the sign-in tests share. Fixtures are in `conftest`."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from models.accounts.authentication import authenticate
from models.accounts.passwords import Passwords
from models.accounts.sessions import SignedIn
from models.accounts.sign_in import LIMITS, sign_in
from models.accounts.sign_in_limits import TryLimits
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import InvalidToken, TokenProblem
from models.accounts.tokens.external import ExternalIssuers
from models.base.database import connection, fetch
from models.base.refusal import Refusal
from models.base.viewer import Viewer

EMAIL = "ada@company.example"
PASSWORD = "correct horse battery"


class Door:
    """Signs in, with defaults for everything that a test does not pass."""

    def __init__(self, issuer: TokenIssuer, passwords: Passwords, now: datetime) -> None:
        self.issuer = issuer
        self.passwords = passwords
        self.now = now
        self.external: ExternalIssuers | None = None

    async def enter(
        self,
        password: str = PASSWORD,
        *,
        email: str = EMAIL,
        address: str | None = "192.0.2.1",
        now: datetime | None = None,
        limits: TryLimits = LIMITS,
    ) -> SignedIn:
        """Sign in."""
        return await sign_in(
            self.issuer,
            self.passwords,
            email=email,
            password=password,
            address=address,
            now=now or self.now,
            limits=limits,
        )

    async def refused(self, password: str = PASSWORD, **given: Any) -> Refusal:
        """Sign in and return the refusal."""
        with pytest.raises(Refusal) as refusal:
            await self.enter(password, **given)
        return refusal.value

    async def ask(self, token: str, *, now: datetime | None = None) -> Viewer:
        """Authenticate with an access token."""
        asks = await authenticate(connection(), token, self.issuer, self.external, now=now or self.now)
        return asks.viewer

    async def problem(self, token: str, *, now: datetime | None = None) -> TokenProblem:
        """Use an invalid token and return why it was refused."""
        with pytest.raises(InvalidToken) as error:
            await self.ask(token, now=now)
        return error.value.reason


async def disable(user_id: UUID, at: datetime | None) -> None:
    """Disable a user; None enables the user again."""
    await fetch(connection(), "UPDATE users SET disabled_at = $2 WHERE id = $1", user_id, at)
