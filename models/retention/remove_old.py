"""The nightly removal of old rows: a thousand at a time, with pauses, until the night is over.

It never waits for a row that others hold, so that a sweep beside it hardly takes longer. What it does not
reach is removed in the next night.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.metrics import ROWS_REMOVED
from models.feed.remove_events import remove_events
from models.retention.kinds import BATCH, FEED, KINDS, Kind, Reading

# In UTC, by the database's clock.
BEGINS, ENDS = time(1, 0), time(4, 30)
PAUSE_SECONDS = 0.05
_FEEDS = 50  # of one transaction, each with a share of its rows
_START = UUID(int=0)

_BEGIN = """INSERT INTO removed_rows (what, before, position) VALUES ($1, $2, $3)
    ON CONFLICT (what) DO UPDATE SET before = greatest(removed_rows.before, EXCLUDED.before),
        position = coalesce(removed_rows.position, EXCLUDED.position)
    RETURNING position"""
_REACHED = "UPDATE removed_rows SET position = $2 WHERE what = $1"

Work = Callable[[Connection], Awaitable[int]]


class NightOverError(Exception):
    """It is not the time of the night for removals, or no longer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many days rows are kept, by the names of the settings; 0 keeps them for ever."""

    keep_idempotency_days: int = 30
    keep_feed_days: int = 400
    keep_outbox_days: int = 30
    keep_deadlines_days: int = 90
    keep_contact_access_days: int = 0

    def before(self, kind: Kind, now: datetime) -> datetime | None:
        """Return the instant before which rows of a kind are old; None if they are kept for ever."""
        days: int = getattr(self, kind.setting)
        return now - timedelta(days=days) if days else None


class Night:
    """One night's work; `pause` is in seconds."""

    def __init__(self, pause: float) -> None:
        """Count what is removed, by kind."""
        self._pause = pause
        self.removed: dict[str, int] = {}

    async def check(self) -> None:
        """Raise `NightOverError` if it is not the time for removals."""
        if not BEGINS <= (await database_now(connection())).time() < ENDS:
            raise NightOverError

    async def step(self, kind: Kind, work: Work) -> int:
        """Do one transaction's work, then pause; return the number of rows. Raises `NightOverError`."""
        await self.check()
        async with transaction() as conn:
            count = await work(conn)
        self.removed[kind.what] = self.removed.get(kind.what, 0) + count
        ROWS_REMOVED.labels(kind.what).inc(count)
        await asyncio.sleep(self._pause)
        return count


async def remove_old(kept: Kept, *, pause: float = PAUSE_SECONDS) -> dict[str, int]:
    """Remove old rows until none is left or the night is over; return how many were removed, by table.

    A kind that the last night did not finish comes first.
    """
    night = Night(pause)
    rows = await fetch(connection(), "SELECT what FROM removed_rows WHERE position IS NOT NULL")
    unfinished = {row["what"] for row in rows}
    try:
        for kind in sorted(KINDS, key=lambda one: one.what not in unfinished):
            before = kept.before(kind, await database_now(connection()))
            if before is not None:
                await remove_kind(night, kind, before)
    except NightOverError:
        pass
    return night.removed


async def remove_kind(night: Night, kind: Kind, before: datetime) -> None:
    """Remove the rows of a kind that are older than `before`. Raises `NightOverError`."""
    # First of all, so that nobody takes what is missing for a fault.
    (begun,) = await fetch(connection(), _BEGIN, kind.what, before, _START)
    position: UUID | None = begun["position"]
    while position is not None:
        await night.check()
        rows = await fetch(connection(), kind.page, before, position, BATCH)
        old = [row["id"] for row in rows if row["old"]]
        removed = await _remove_page(night, kind, old, before) if old else 0
        none = {Reading.BY_AGE: not old, Reading.FIRST: not removed, Reading.ALL: False}[kind.reading]
        last = none or len(rows) < BATCH
        position = None if last else rows[-1]["id"]
        await fetch(connection(), _REACHED, kind.what, position)


async def _remove_page(night: Night, kind: Kind, old: list[UUID], before: datetime) -> int:
    if kind is FEED:
        return await _remove_events(night, old, before)

    async def remove(conn: Connection) -> int:
        locked = [row["id"] for row in await fetch(conn, kind.lock, old, before)]
        for statement in kind.remove if locked else ():
            await fetch(conn, statement, locked)
        return len(locked)

    return await night.step(kind, remove)


async def _remove_events(night: Night, recipients: list[UUID], before: datetime) -> int:
    """Remove a few events of many feeds at a time, then the rest of those feeds that have more."""

    async def remove(wanted: list[UUID], most: int) -> dict[UUID, int]:
        found: dict[UUID, int] = {}

        async def work(conn: Connection) -> int:
            found.update(await remove_events(conn, wanted, before, most))
            return sum(found.values())

        await night.step(FEED, work)
        return found

    total, share = 0, BATCH // _FEEDS
    for first in range(0, len(recipients), _FEEDS):
        found = await remove(recipients[first : first + _FEEDS], share)
        total += sum(found.values())
        for recipient in [one for one, count in found.items() if count == share]:
            more = BATCH
            while more == BATCH:
                more = (await remove([recipient], BATCH)).get(recipient, 0)
                total += more
    return total
