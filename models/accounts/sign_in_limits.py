"""Limits of failed sign-ins by email address and by client address, both stored as keyed hashes only.

Failures from elsewhere never lock a user out for longer than the delay of an email address.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.accounts.client_network import around, one_client
from models.accounts.refusals import SessionRefusal
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import Connection, fetch, fetch_one
from models.base.refusal import Refusal, Wait

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)

# One statement both counts and reads, so that no parallel guess slips in between. A try above the limit
# changes nothing and returns no row.
_COUNT = """
    INSERT INTO sign_in_failures AS f (key, failures, window_ends_at)
    VALUES ($1, 1, $2::timestamptz + $3::interval)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN f.window_ends_at <= $2 THEN 1 ELSE f.failures + 1 END,
        window_ends_at = CASE WHEN f.window_ends_at <= $2 THEN excluded.window_ends_at
                              ELSE f.window_ends_at END
    WHERE f.window_ends_at <= $2 OR f.failures < $4
    RETURNING window_ends_at"""

# As above, for a try that comes too early. Each failure restarts the window.
_COUNT_DELAYED = """
    INSERT INTO sign_in_failures AS f (key, failures, window_ends_at, not_before)
    VALUES ($1, 1, $2::timestamptz + $3::interval, $2::timestamptz + ($4::interval[])[1])
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN f.window_ends_at <= $2 THEN 1
                        ELSE least(f.failures + 1, cardinality($4)) END,
        window_ends_at = greatest(f.window_ends_at, excluded.window_ends_at),
        not_before = $2 + ($4::interval[])[CASE WHEN f.window_ends_at <= $2 THEN 1
                                                ELSE least(f.failures + 1, cardinality($4)) END]
    WHERE f.not_before IS NULL OR f.not_before <= $2
    RETURNING window_ends_at"""

_LOOK = "SELECT key, failures, window_ends_at, not_before FROM sign_in_failures WHERE key = ANY($1::text[])"
_FORGET = "DELETE FROM sign_in_failures WHERE key = $1"

# Not in the next window, whose count does not include this try. The right password lifts a delay.
_TAKE_BACK = """UPDATE sign_in_failures SET failures = failures - 1,
                       not_before = CASE WHEN not_before > $3 THEN $3 ELSE not_before END
                WHERE key = $1 AND window_ends_at >= $2 AND failures > 0
                  AND (not_before IS NOT NULL OR window_ends_at = $2)"""


@dataclass(frozen=True, slots=True)
class TryLimits:
    """How many tries in a window may fail before further tries are refused, right or wrong, and how tries are
    delayed.

    `delays`: the delay after an email address's first, second … consecutive failure; the last one applies
    from then on. As many failures as a process compares concurrently are free, so that parallel right
    passwords are not delayed.
    """

    per_network: int = 10  # of one email address
    per_address: int = 50  # of all email addresses
    window: timedelta = timedelta(minutes=15)
    delays: tuple[timedelta, ...] = tuple(SECOND * n for n in (0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60))


@dataclass(frozen=True, slots=True)
class _Count:
    key: str
    most: int | None = None  # in a window; if None, tries are delayed instead


@dataclass(frozen=True, slots=True)
class Try:
    """A try, counted before its password is compared: its counters and when their windows end."""

    counted: tuple[tuple[str, datetime], ...]


class Tries:
    """The limits that apply to one sign-in attempt.

    A client that the user has signed in from before has only its own delay, so that nobody elsewhere can lock
    it out. Any other client is subject to the limit of its address, the limit of the email address in its
    network, and the delay of the email address.
    """

    def __init__(
        self, issuer: TokenIssuer, limits: TryLimits, *, email: str, address: str | None, known: bool
    ) -> None:
        """Take the attempt; `address` is None if the client's address is unknown."""
        self._limits = limits
        self._known = known
        if address is None:
            self._counts = [_Count(_key(issuer, "email", email))]
        elif known:
            self._counts = [_Count(_key(issuer, "known", f"{one_client(address)} {email}"))]
        else:
            # Check the client's own limits first: a refused client cannot delay anybody else.
            self._counts = [
                _Count(_key(issuer, "address", one_client(address)), limits.per_address),
                _Count(_key(issuer, "network", f"{around(address)} {email}"), limits.per_network),
                _Count(_key(issuer, "email", email)),
            ]

    async def refuse_early(self, conn: Connection, now: datetime) -> None:
        """Refuse what `count` would refuse, before waiting for a turn. Raises `Refusal` LIMIT_EXCEEDED."""
        await self._refuse(conn, self._counts, now)

    async def count(self, conn: Connection, now: datetime) -> Try:
        """Count a try as a failure, which a success takes back. `conn` must not be in a transaction.

        Raises `Refusal` LIMIT_EXCEEDED, and then counts only towards the limit that was exceeded.
        """
        counted: list[tuple[str, datetime]] = []
        try:
            for count in self._counts:
                ends_at = await self._counted(conn, count, now)
                counted.append((count.key, ends_at))
        except Refusal:
            await _take_back(conn, counted, now)
            raise
        return Try(tuple(counted))

    async def succeeded(self, conn: Connection, counted: Try, now: datetime) -> None:
        """After a success: reset a known client's count; any other gets only this try back."""
        if self._known:
            for key, _ in counted.counted:
                await fetch(conn, _FORGET, key)
        else:
            await _take_back(conn, counted.counted, now)

    async def take_back(self, conn: Connection, counted: Try, now: datetime) -> None:
        """Undo a try whose password could not be compared."""
        await _take_back(conn, counted.counted, now)

    async def _counted(self, conn: Connection, count: _Count, now: datetime) -> datetime:
        limits = self._limits
        if count.most is None:
            row = await fetch_one(conn, _COUNT_DELAYED, count.key, now, limits.window, list(limits.delays))
        else:
            row = await fetch_one(conn, _COUNT, count.key, now, limits.window, count.most)
        if row is None:
            await self._refuse(conn, (count,), now)
            raise _too_many(SECOND)  # the try that blocked this one has just been taken back
        ends_at: datetime = row["window_ends_at"]
        return ends_at

    async def _refuse(self, conn: Connection, counts: Sequence[_Count], now: datetime) -> None:
        rows = await fetch(conn, _LOOK, [count.key for count in counts])
        found = {row["key"]: row for row in rows}
        for count in counts:
            row = found.get(count.key)
            if row is None or row["window_ends_at"] <= now:
                continue
            not_before: datetime | None = row["not_before"]
            if count.most is None and not_before is not None and not_before > now:
                raise _too_many(not_before - now)
            if count.most is not None and row["failures"] >= count.most:
                raise _too_many(row["window_ends_at"] - now)


def known_network(issuer: TokenIssuer, email: str, address: str) -> str:
    """Return the keyed hash of a user and a network, under which a network used for sign-in is stored."""
    return issuer.keyed_hash("known-network", f"{one_client(address)} {email}")


async def _take_back(conn: Connection, counted: Sequence[tuple[str, datetime]], now: datetime) -> None:
    for key, window_ends_at in counted:
        await fetch(conn, _TAKE_BACK, key, window_ends_at, now)


def _key(issuer: TokenIssuer, kind: str, text: str) -> str:
    return f"{kind}:{issuer.keyed_hash(f'sign-in-{kind}', text)}"


def _too_many(wait: timedelta) -> Refusal:
    seconds = max(1, math.ceil(wait / SECOND))
    too_many = SessionRefusal.TOO_MANY_SIGN_IN_ATTEMPTS
    return too_many.at("email", wait=Wait(seconds), retry_after_seconds=seconds)
