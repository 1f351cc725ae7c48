"""Sign-in by email address and password.

Neither the messages nor the time taken reveal whether an email address is known, and no address is logged.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.accounts.client_network import one_client
from models.accounts.passwords import Passwords, PasswordsBusy
from models.accounts.refusals import SessionRefusal
from models.accounts.sessions import SignedIn, begin_session
from models.accounts.sign_in_limits import Tries, TryLimits, known_network
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.refusal import Wait
from models.contact_data import InvalidEmail, parse_email
from models.process.fair_queue import NoTurn

LIMITS = TryLimits()
MOST_NETWORKS = 10  # per user; a new one replaces the least recently used
BUSY_SECONDS = 10

_FIND = """SELECT u.id, u.password_hash, network.id IS NOT NULL AS known
           FROM users u LEFT JOIN sign_in_network network ON network.user_id = u.id AND network.network = $2
           WHERE u.email = $1"""
_LOCK = "SELECT password_hash, disabled_at FROM users WHERE id = $1 FOR NO KEY UPDATE"
_REHASH = "UPDATE users SET password_hash = $2 WHERE id = $1"
_REMEMBER = """INSERT INTO sign_in_network (id, user_id, network, used_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (user_id, network) DO UPDATE SET used_at = excluded.used_at"""
_KEEP_NEWEST = """DELETE FROM sign_in_network WHERE user_id = $1 AND id NOT IN (
                      SELECT id FROM sign_in_network WHERE user_id = $1
                      ORDER BY used_at DESC, id DESC LIMIT $2)"""


@dataclass(frozen=True, slots=True)
class _Found:
    """The user with an email address, if any, and the client's network (a hash), if known."""

    user_id: UUID | None
    password_hash: str | None
    network: str | None
    known: bool


async def sign_in(
    issuer: TokenIssuer,
    passwords: Passwords,
    *,
    email: str,
    password: str,
    address: str | None,
    now: datetime,
    limits: TryLimits = LIMITS,
) -> SignedIn:
    """Start a session; `address` is the client's IP address, as trusted by the edge, or None if unknown.

    Raises `Refusal`: FORBIDDEN for a wrong address, a wrong password or a disabled user, with the same
    message; LIMIT_EXCEEDED for tries that are too many or too fast (`models.accounts.sign_in_limits`), or if
    too many clients sign in at the same time. A client from a network that the user has signed in from has
    priority.
    """
    email = _normal(email)
    found = await _find(issuer, email, address)
    tries = Tries(issuer, limits, email=email, address=address, known=found.known)
    await tries.refuse_early(connection(), now)
    try:
        # Counted only once it has a turn: waiting for a comparison does not count as a try.
        async with passwords.turns.taken(one_client(address or ""), first=found.known):
            return await _try(issuer, passwords, tries, found, password, now)
    except (NoTurn, PasswordsBusy):
        busy = SessionRefusal.SIGN_IN_BUSY
        raise busy.at("email", wait=Wait(BUSY_SECONDS), retry_after_seconds=BUSY_SECONDS) from None


async def _find(issuer: TokenIssuer, email: str, address: str | None) -> _Found:
    network = known_network(issuer, email, address) if address is not None else None
    user = await fetch_one(connection(), _FIND, email, network)
    if user is None:
        return _Found(None, None, network, known=False)
    return _Found(user["id"], user["password_hash"], network, user["known"])


async def _try(
    issuer: TokenIssuer, passwords: Passwords, tries: Tries, found: _Found, password: str, now: datetime
) -> SignedIn:
    counted = await tries.count(connection(), now)
    try:
        signed_in = await _checked(issuer, passwords, found, password, now)
    except PasswordsBusy:
        await tries.take_back(connection(), counted, now)
        raise
    if signed_in is None:
        raise SessionRefusal.CREDENTIALS_INCORRECT.at("email")
    await tries.succeeded(connection(), counted, now)
    return signed_in


async def _checked(
    issuer: TokenIssuer, passwords: Passwords, found: _Found, password: str, now: datetime
) -> SignedIn | None:
    stored, user_id = found.password_hash, found.user_id
    compared = await passwords.compare(stored, password)  # no connection is held meanwhile
    if user_id is None or not compared.right:
        return None
    async with transaction() as conn:
        # Check again under the lock: the user may have been disabled, or have a new password, meanwhile.
        locked = await fetch_one(conn, _LOCK, user_id)
        if locked is None or locked["disabled_at"] is not None:
            return None
        if locked["password_hash"] != stored:
            if not (await passwords.compare(locked["password_hash"], password)).right:
                return None
        elif compared.new_hash is not None:
            await fetch(conn, _REHASH, user_id, compared.new_hash)
        if found.network is not None:
            await fetch(conn, _REMEMBER, new_id(), user_id, found.network, now)
            if not found.known:
                await fetch(conn, _KEEP_NEWEST, user_id, MOST_NETWORKS)
        return await begin_session(conn, issuer, user_id, now)


def _normal(email: str) -> str:
    """Return the address as `users` stores it; anything else becomes a text that no user has."""
    try:
        return parse_email(email).lower()
    except InvalidEmail:
        return ascii(email.strip().lower()[:500])
