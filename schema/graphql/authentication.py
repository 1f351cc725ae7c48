"""Authentication: turns a bearer token from a header or `connection_init` into a viewer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.accounts.authentication import Authenticated, Sessions, SignIn, authenticate, recall
from models.accounts.passwords import Passwords
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import InvalidToken, TokenProblem
from models.accounts.tokens.external import ExternalIssuers
from schema.graphql.errors import (
    SESSION_ENDED,
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    TOKEN_MISSING,
    UNAUTHENTICATED,
    ClientError,
)

_SCHEME = "bearer "
_REASONS = {TokenProblem.EXPIRED: TOKEN_EXPIRED, TokenProblem.ENDED: SESSION_ENDED}


@dataclass(frozen=True, slots=True)
class Authentication:
    """Dependencies for checking and issuing tokens."""

    issuer: TokenIssuer
    passwords: Passwords
    external: ExternalIssuers | None = None
    sessions: Sessions = field(default_factory=Sessions)

    async def authenticate(self, token: str, now: datetime, request_id: str) -> Authenticated:
        """Return the user of a token; raises `ClientError` UNAUTHENTICATED for an invalid or expired one."""
        try:
            return await authenticate(
                None,
                token,
                self.issuer,
                self.external,
                now=now,
                request_id=request_id,
                sessions=self.sessions,
            )
        except InvalidToken as error:
            # Its refresh token has ended with the session.
            remedy = "Sign in again" if error.reason is TokenProblem.ENDED else "Refresh it or sign in again"
            raise ClientError(
                UNAUTHENTICATED,
                f"Invalid access token ({error.reason}). {remedy}.",
                reason=_REASONS.get(error.reason, TOKEN_INVALID),
            ) from error

    def recall(self, token: str, now: datetime, request_id: str) -> Authenticated | None:
        """Return the user of a token as it was when it was last authenticated here; None if it never was, or
        if the token is invalid. What is read for it must confirm it (`models.accounts.confirming`).
        """
        try:
            return recall(token, self.issuer, self.sessions, now=now, request_id=request_id)
        except InvalidToken:
            return None

    def forget(self, sign_in: SignIn) -> None:
        """Forget a user that was recalled and not confirmed: the next request authenticates it."""
        if sign_in.session_id is not None:
            self.sessions.forget((sign_in.user_id, sign_in.session_id))


def bearer(authorization: str | None) -> str | None:
    """Return the token of an `Authorization` header; raises UNAUTHENTICATED for another scheme."""
    if not authorization:
        return None
    if not authorization.lower().startswith(_SCHEME):
        raise ClientError(
            UNAUTHENTICATED,
            "Authorization: unsupported scheme. Send `Bearer <accessToken>`.",
            reason=TOKEN_MISSING,
        )
    return authorization[len(_SCHEME) :].strip()


def token_of_params(params: Mapping[str, object] | None) -> str | None:
    """Return the token in a `connection_init` payload: `Authorization` (as the header) or `accessToken`."""
    for name, value in (params or {}).items():
        if not isinstance(value, str):
            continue
        if name.lower() == "authorization":
            return bearer(value)
        if name == "accessToken":
            return value
    return None
