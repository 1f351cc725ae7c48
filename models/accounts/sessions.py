"""Sessions as families of rotating refresh tokens (RFC 9700, 4.14.2): starting, refreshing and ending them.

A token is stored as its SHA-256 only: 256 random bits cannot be guessed and need no salt.

A family's id is that of its first link, the head. The head's `revoked_at` ends the family and is checked on
every use of any of its tokens, so that a token issued while the family ends is invalid without a lock.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256
from uuid import UUID

from models.accounts.tokens.access_token import FAMILY_LIFETIME, TokenIssuer
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode

TOKEN_BYTES = 32
LONGEST_TOKEN = 200  # characters
NETWORK_LIFETIME = timedelta(days=90)  # since the last sign-in from it

_FIND = """SELECT head.id, head.user_id, head.issued_at,
                  head.revoked_at IS NOT NULL OR u.disabled_at IS NOT NULL AS ended
           FROM refresh_token link
           JOIN refresh_token head ON head.id = link.family
           JOIN users u ON u.id = head.user_id
           WHERE link.token_hash = $1"""
# Of two concurrent uses the second waits here for the first, then finds the token used.
_USE = """WITH used AS (
              UPDATE refresh_token SET used_at = CASE WHEN expires_at > $2 THEN $2 END
              WHERE token_hash = $1 AND used_at IS NULL RETURNING used_at)
          SELECT used_at IS NULL AS expired FROM used"""
_ADD = """INSERT INTO refresh_token (id, family, user_id, token_hash, issued_at, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6)"""
_END = "UPDATE refresh_token SET revoked_at = $2 WHERE id = $1 AND family = id AND revoked_at IS NULL"
_END_ALL = (
    "UPDATE refresh_token SET revoked_at = $2 WHERE user_id = $1 AND family = id AND revoked_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a client gets: `expires_at` is when the access token expires; the refresh token is shown only
    here.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    user_id: UUID
    session_id: UUID


class _Outcome(Enum):
    UNKNOWN = auto()
    ENDED = auto()
    REPLAYED = auto()
    EXPIRED = auto()


_MESSAGES = {
    _Outcome.UNKNOWN: "Invalid refresh token. Sign in again.",
    _Outcome.ENDED: "This session has ended. Sign in again.",
    _Outcome.REPLAYED: "This refresh token was already used, so its session was revoked. Sign in again.",
    _Outcome.EXPIRED: "This refresh token has expired. Sign in again.",
}


async def begin_session(conn: Connection, issuer: TokenIssuer, user_id: UUID, now: datetime) -> SignedIn:
    """Start a family for an authenticated user; `conn` holds a lock on the user."""
    return await _add_link(conn, issuer, user_id, family=None, began_at=now, now=now)


async def refresh(issuer: TokenIssuer, *, refresh_token: str, now: datetime) -> SignedIn:
    """Exchange a refresh token for new tokens, once; the new one lasts 30 days, the family at most 90.

    Strict: reusing a token ends the family, even if an honest client raced with itself or lost the answer,
    because a thief looks exactly the same. Raises `Refusal`: INVALID if unknown, FORBIDDEN if it was used
    before, has expired, or its session has ended (signed out, user disabled).
    """
    async with transaction() as conn:
        outcome = await _rotate(conn, issuer, refresh_token, now)
    if isinstance(outcome, SignedIn):
        return outcome
    # Raised outside the transaction, because the end of a replayed family must be committed.
    code = RefusalCode.INVALID if outcome is _Outcome.UNKNOWN else RefusalCode.FORBIDDEN
    raise Refusal(code, ("refreshToken",), _MESSAGES[outcome])


async def _rotate(conn: Connection, issuer: TokenIssuer, token: str, now: datetime) -> SignedIn | _Outcome:
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return _Outcome.UNKNOWN
    hashed = _hash(token)
    head = await fetch_one(conn, _FIND, hashed)
    if head is None:
        return _Outcome.UNKNOWN
    if head["ended"]:  # if it ends from now on, what is issued here ends too
        return _Outcome.ENDED
    used = await fetch_one(conn, _USE, hashed, now)
    if used is None:
        await fetch(conn, _END, head["id"], now)
        return _Outcome.REPLAYED
    if used["expired"]:
        return _Outcome.EXPIRED
    return await _add_link(
        conn, issuer, head["user_id"], family=head["id"], began_at=head["issued_at"], now=now
    )


async def _add_link(
    conn: Connection,
    issuer: TokenIssuer,
    user_id: UUID,
    *,
    family: UUID | None,
    began_at: datetime,
    now: datetime,
) -> SignedIn:
    link = new_id()
    session_id = family if family is not None else link
    token = secrets.token_urlsafe(TOKEN_BYTES)
    family_ends_at = began_at + issuer.family_lifetime
    expires_at = min(now + issuer.refresh_lifetime, family_ends_at)
    await fetch(conn, _ADD, link, session_id, user_id, _hash(token), now, expires_at)
    access_token, ends_at = issuer.issue(user_id, session_id, now, family_ends_at)
    return SignedIn(access_token, token, ends_at, user_id, session_id)


async def sign_out(session_id: UUID, now: datetime) -> None:
    """End a session: its refresh and access tokens are refused from now on. Idempotent."""
    await fetch(connection(), _END, session_id, now)


async def end_sessions(conn: Connection, user_id: UUID, now: datetime) -> None:
    """End all sessions of a user, and forget the known networks: after a new password, or when the user is
    disabled.
    """
    await fetch(conn, _END_ALL, user_id, now)
    await fetch(conn, "DELETE FROM sign_in_network WHERE user_id = $1", user_id)


async def forget_ended_sessions(now: datetime, family_lifetime: timedelta = FAMILY_LIFETIME) -> None:
    """Delete whole families that ended over a day ago: a link without its head would be unknown.

    Until then a used link is retained, because it reveals a replay. Old tries and networks are deleted as
    well.
    """
    over = now - family_lifetime
    await fetch(
        connection(),
        """DELETE FROM refresh_token link USING refresh_token head
           WHERE head.id = link.family AND head.family = head.id
             AND head.issued_at < $1::timestamptz - interval '1 day'""",
        over,
    )
    await fetch(
        connection(),
        "DELETE FROM sign_in_failures WHERE window_ends_at < $1::timestamptz - interval '1 day'",
        now,
    )
    await fetch(connection(), "DELETE FROM sign_in_network WHERE used_at < $1", now - NETWORK_LIFETIME)


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
