"""Sessions as families of rotating refresh tokens (RFC 9700, 4.14.2): starting, refreshing and ending them.

A token is stored as its SHA-256 only: 256 random bits cannot be guessed and need no salt.

A family's id is that of its first link, the head. The head's `revoked_at` ends the family and is checked on
every use of any of its tokens, so that a token issued while the family ends is invalid without a lock.

If a refresh has an idempotency key, the new token is the keyed hash of the old token and the key. So the same
request returns the same token again, and no key is stored: a new token that exists proves the same key.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from models.accounts.refusals import SessionRefusal
from models.accounts.tokens.access_token import FAMILY_LIFETIME, TokenIssuer
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.idempotency import check_key
from models.base.ids import new_id
from models.base.refusal import Refusal

TOKEN_BYTES = 32
LONGEST_TOKEN = 200  # characters
REPEAT_WITHIN = timedelta(seconds=60)  # after a refresh, with its idempotency key
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
# A used successor must have been received by the client, so a repeated request for it comes from a thief.
_GIVEN = """SELECT successor.expires_at
            FROM refresh_token link JOIN refresh_token successor ON successor.family = link.family
            WHERE link.token_hash = $1 AND successor.token_hash = $2 AND successor.used_at IS NULL
              AND $3::timestamptz - link.used_at BETWEEN -$4::interval AND $4"""
_FAMILY = "SELECT family FROM refresh_token WHERE token_hash = $1"
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
    refresh_expires_at: datetime
    user_id: UUID
    session_id: UUID


class RefreshRefused(Refusal):
    """A refresh token was refused; for each reason, the user has to sign in again."""

    def __init__(self, reason: SessionRefusal) -> None:
        super().__init__(reason.why.code, ("refreshToken",), reason.english(), reason=reason)


async def begin_session(conn: Connection, issuer: TokenIssuer, user_id: UUID, now: datetime) -> SignedIn:
    """Start a family for an authenticated user; `conn` holds a lock on the user."""
    family = _Family(new_id(), user_id, now + issuer.family_lifetime)
    return await _add_link(conn, issuer, family, family.id, _random_token(), now)


async def refresh(
    issuer: TokenIssuer, *, refresh_token: str, now: datetime, idempotency_key: str | None = None
) -> SignedIn:
    """Exchange a refresh token for new tokens, once; the new one lasts 30 days, the family at most 90.

    Strict: reusing a token ends the family, even if an honest client raced with itself or lost the answer,
    because a thief looks exactly the same. The exception is the same request with the same `idempotency_key`
    within 60 s: it returns the same new token, unless that has been used.

    Raises `RefreshRefused`, or `Refusal` INVALID for a malformed key, which doesn't use up the token.
    """
    if idempotency_key is not None:
        check_key(idempotency_key)
    async with transaction() as conn:
        outcome = await _rotate(conn, issuer, refresh_token, idempotency_key, now)
    if isinstance(outcome, SignedIn):
        return outcome
    # Raised outside the transaction, because the end of a replayed family must be committed.
    raise RefreshRefused(outcome)


@dataclass(frozen=True, slots=True)
class _Family:
    id: UUID
    user_id: UUID
    ends_at: datetime


async def _rotate(
    conn: Connection, issuer: TokenIssuer, token: str, key: str | None, now: datetime
) -> SignedIn | SessionRefusal:
    hashed = _hash(token)
    head = await fetch_one(conn, _FIND, hashed) if _is_well_formed(token) else None
    if head is None:
        return SessionRefusal.REFRESH_TOKEN_UNKNOWN
    if head["ended"]:  # if it ends from now on, what is issued here ends too
        return SessionRefusal.SESSION_ENDED
    family = _Family(head["id"], head["user_id"], head["issued_at"] + issuer.family_lifetime)
    # Tokens contain no colon, so different pairs of token and key are different texts.
    successor = _random_token() if key is None else issuer.keyed_hash("successor", f"{token}:{key}")
    used = await fetch_one(conn, _USE, hashed, now)
    if used is None:
        return await _repeat(conn, issuer, family, hashed, successor, now)
    if used["expired"]:
        return SessionRefusal.REFRESH_TOKEN_EXPIRED
    return await _add_link(conn, issuer, family, new_id(), successor, now)


async def _repeat(
    conn: Connection, issuer: TokenIssuer, family: _Family, used: bytes, successor: str, now: datetime
) -> SignedIn | SessionRefusal:
    """Return the successor of a used token again, or end the family."""
    given = await fetch_one(conn, _GIVEN, used, _hash(successor), now, REPEAT_WITHIN)
    if given is None:
        await fetch(conn, _END, family.id, now)
        return SessionRefusal.REFRESH_TOKEN_REUSED
    if given["expires_at"] <= now:
        return SessionRefusal.REFRESH_TOKEN_EXPIRED
    return _signed_in(issuer, family, successor, given["expires_at"], now)


async def _add_link(
    conn: Connection, issuer: TokenIssuer, family: _Family, link: UUID, token: str, now: datetime
) -> SignedIn:
    expires_at = min(now + issuer.refresh_lifetime, family.ends_at)
    await fetch(conn, _ADD, link, family.id, family.user_id, _hash(token), now, expires_at)
    return _signed_in(issuer, family, token, expires_at, now)


def _signed_in(
    issuer: TokenIssuer, family: _Family, token: str, token_expires_at: datetime, now: datetime
) -> SignedIn:
    access_token, ends_at = issuer.issue(family.user_id, family.id, now, family.ends_at)
    return SignedIn(access_token, token, ends_at, token_expires_at, family.user_id, family.id)


async def session_of(refresh_token: str) -> UUID | None:
    """Return the session that a refresh token belongs to, whether or not it is still good."""
    if not _is_well_formed(refresh_token):
        return None
    found = await fetch_one(connection(), _FAMILY, _hash(refresh_token))
    return None if found is None else UUID(str(found["family"]))


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


def _random_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _is_well_formed(token: str) -> bool:
    return len(token) <= LONGEST_TOKEN and token.isascii()


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
