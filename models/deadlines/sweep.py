"""Owns the sweep: a batch of whatever is due, carried out in one transaction.

It must not depend on who runs it or how many do: claims skip what another holds, and re-check under lock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError

from models.applications.case import PendingDeadline, lock_cases, pending_deadlines, save_cases
from models.applications.deadlines import TRANSITIONS, settle
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.complaints.sweep import SWEPT as SWEPT_OF_COMPLAINTS
from models.complaints.sweep import sweep_complaints
from models.feed.journal import Journal
from models.leads.reading_order import SETTLING
from models.process.wake import Wake

LARGEST_BATCH = 2_000
SWEPT = (*(str(kind) for kind in TRANSITIONS), *(str(kind) for kind in SWEPT_OF_COMPLAINTS))

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """What one batch did: the deadlines carried out, how late each was, in seconds, and if more are due."""

    deadlines: Sequence[PendingDeadline]
    lateness: Sequence[float]
    more: bool


async def sweep(wake: Wake, batch: int = 1_000) -> Settled:
    """Settle up to `batch` due deadlines (1 to 2,000) by the database's clock, then wake the readers.

    When the database refuses a batch, its cases are settled one by one, so that only the case at fault waits.
    """
    batch = max(1, min(batch, LARGEST_BATCH))
    claimed: list[UUID] = []
    now = await database_now(connection())
    try:
        async with transaction() as conn:
            claimed = await _claim(conn, now, batch)
            journal, settled = await _carry_out(conn, set(claimed), now)
        await wake.send(journal.recipients, journal.due)
    except IntegrityError:
        settled = [done for case_id in dict.fromkeys(claimed) for done in await _settle_one(wake, case_id)]
    more = len(claimed) >= batch and bool(settled)
    about_complaints = await sweep_complaints(wake, batch)
    settled = [*settled, *about_complaints]
    lateness = [(now - deadline.due_at).total_seconds() for deadline in settled]
    return Settled(settled, lateness, more=more or len(about_complaints) >= batch)


async def _claim(conn: Connection, now: datetime, batch: int) -> list[UUID]:
    """Lock the cases of what is due the longest, but not what another holds; one for each deadline."""
    rows = await fetch(
        conn,
        """SELECT application.id FROM deadline JOIN application ON application.id = deadline.subject
           WHERE deadline.done_at IS NULL AND deadline.due_at <= $1 AND deadline.kind = ANY($2::text[])
           ORDER BY deadline.due_at, deadline.id LIMIT $3
           FOR NO KEY UPDATE OF application, deadline SKIP LOCKED""",
        now,
        [str(kind) for kind in TRANSITIONS],
        batch,
    )
    return [row["id"] for row in rows]


async def _carry_out(
    conn: Connection, ids: Collection[UUID], now: datetime
) -> tuple[Journal, list[PendingDeadline]]:
    journal = Journal(now)
    if not ids:
        return journal, []
    cases = await lock_cases(conn, ids, SETTLING)
    settled = settle(cases, await pending_deadlines(conn, ids), journal)
    await save_cases(conn, cases)
    await journal.write(conn)
    return journal, settled


async def _settle_one(wake: Wake, case_id: UUID) -> list[PendingDeadline]:
    try:
        async with transaction() as conn:
            journal, settled = await _carry_out(conn, [case_id], await database_now(conn))
    except IntegrityError as error:
        _log.error("case_not_settled", application_id=str(case_id), reason=type(error).__name__)
        return []
    await wake.send(journal.recipients, journal.due)
    return settled
