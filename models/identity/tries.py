"""Owns how many tries to sign in an e-mail address and a client's address have.

It must not store either in the clear: only keyed hashes.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.database import Connection, fetch
from models.identity.access_token import TokenIssuer
from models.refusal import Refusal, RefusalCode

# One statement both counts and reads, so that parallel guesses cannot pass between the two.
_COUNT = """
    WITH counted AS (
        INSERT INTO sign_in_failures AS f (key, failures, window_ends_at)
        VALUES ($1, 1, $2::timestamptz + $3::interval)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN f.window_ends_at <= $2 THEN 1 ELSE least(f.failures, $4) + 1 END,
            window_ends_at = CASE WHEN f.window_ends_at <= $2 THEN excluded.window_ends_at
                                  ELSE f.window_ends_at END
        RETURNING failures, window_ends_at)
    SELECT failures, window_ends_at FROM counted"""

_FORGET = "DELETE FROM sign_in_failures WHERE key = $1"

# Not into the next window: its count did not have this try.
_TAKE_BACK = """UPDATE sign_in_failures SET failures = failures - 1
                WHERE key = $1 AND window_ends_at = $2 AND failures > 0"""


@dataclass(frozen=True, slots=True)
class TryLimits:
    """How many tries in a window fail before more are refused, right or wrong."""

    per_email: int = 10
    per_address: int = 50
    window: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted before its password is compared: (key, end of its window)."""

    email: tuple[str, datetime]
    address: tuple[str, datetime] | None


async def count_try(
    conn: Connection,
    issuer: TokenIssuer,
    limits: TryLimits,
    *,
    email: str,
    address: str | None,
    now: datetime,
) -> Try:
    """Count a try as a failure; whoever succeeds takes it back. `conn` must be no open transaction.

    The client's address comes first: once it is refused, it cannot use up another's tries.
    Raises `Refusal` LIMIT_EXCEEDED.
    """
    counted = None
    if address is not None:
        key = f"address:{issuer.keyed_hash('sign-in-address', _network(address))}"
        counted = await _count(conn, key, limits.per_address, limits.window, now)
    key = f"email:{issuer.keyed_hash('sign-in-email', email)}"
    return Try(await _count(conn, key, limits.per_email, limits.window, now), counted)


async def _count(
    conn: Connection, key: str, limit: int, window: timedelta, now: datetime
) -> tuple[str, datetime]:
    (row,) = await fetch(conn, _COUNT, key, now, window, limit)
    if row["failures"] > limit:
        minutes = max(1, math.ceil((row["window_ends_at"] - now) / timedelta(minutes=1)))
        raise Refusal(
            RefusalCode.LIMIT_EXCEEDED,
            ("email",),
            f"Too many tries to sign in: try again in {minutes} minute{'s' if minutes > 1 else ''}.",
        )
    return key, row["window_ends_at"]


async def forget_failures(conn: Connection, counted: Try) -> None:
    """After a success: the e-mail address starts afresh, the client's address only gets this try back."""
    await fetch(conn, _FORGET, counted.email[0])
    if counted.address is not None:
        await fetch(conn, _TAKE_BACK, *counted.address)


async def take_back(conn: Connection, counted: Try) -> None:
    """Undo a try whose password could not be compared."""
    for window in (counted.email, counted.address):
        if window is not None:
            await fetch(conn, _TAKE_BACK, *window)


def _network(address: str) -> str:
    """Return what one client can hold: an IPv4 address, or a /64 of IPv6 (RFC 6177: no site has less)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
