"""Owns signing in by e-mail address and password.

It must not say, by words or by the time it takes, whether an e-mail address is known; nor log one.
"""

from datetime import datetime

from models.actions.tokens import SignedIn, begin_session
from models.contact_data import InvalidEmail, parse_email
from models.database import connection, fetch, fetch_one, transaction
from models.identity.access_token import TokenIssuer
from models.identity.tries import TryLimits, count_try, forget_failures, take_back
from models.passwords import Passwords, PasswordsBusy
from models.refusal import Refusal, RefusalCode

LIMITS = TryLimits()
_WRONG = "The e-mail address or the password is wrong."
_BUSY = "Too many people sign in at this moment: try again in a minute."

_FIND = "SELECT id, password_hash FROM users WHERE email = $1"
_LOCK = "SELECT password_hash, disabled_at FROM users WHERE id = $1 FOR NO KEY UPDATE"
_REHASH = "UPDATE users SET password_hash = $2 WHERE id = $1"


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
    """Begin a session; `address` is the client's IP address, as the edge trusts it, or None if unknown.

    Raises `Refusal`: FORBIDDEN for a wrong address, a wrong password or a disabled user, with the same words;
    LIMIT_EXCEEDED after 10 failures of an e-mail address or 50 of a client's address in 15 minutes, or when
    too many sign in at once.
    """
    email = _normal(email)
    counted = await count_try(connection(), issuer, limits, email=email, address=address, now=now)
    try:
        signed_in = await _checked(issuer, passwords, email, password, now)
    except PasswordsBusy:
        await take_back(connection(), counted)
        raise Refusal(RefusalCode.LIMIT_EXCEEDED, ("email",), _BUSY) from None
    if signed_in is None:
        raise Refusal(RefusalCode.FORBIDDEN, ("email",), _WRONG)
    await forget_failures(connection(), counted)
    return signed_in


async def _checked(
    issuer: TokenIssuer, passwords: Passwords, email: str, password: str, now: datetime
) -> SignedIn | None:
    user = await fetch_one(connection(), _FIND, email)
    stored: str | None = user["password_hash"] if user is not None else None
    compared = await passwords.compare(stored, password)  # no connection is held while it takes its time
    if user is None or not compared.right:
        return None
    async with transaction() as conn:
        # Under the lock once more: the user may have been disabled, or given a new password, in the meantime.
        locked = await fetch_one(conn, _LOCK, user["id"])
        if locked is None or locked["disabled_at"] is not None:
            return None
        if locked["password_hash"] != stored:
            if not (await passwords.compare(locked["password_hash"], password)).right:
                return None
        elif compared.new_hash is not None:
            await fetch(conn, _REHASH, user["id"], compared.new_hash)
        return await begin_session(conn, issuer, user["id"], now)


def _normal(email: str) -> str:
    """Return the address as `users` has it; what is none becomes a text that no user has."""
    try:
        return parse_email(email).lower()
    except InvalidEmail:
        return ascii(email.strip().lower()[:500])
