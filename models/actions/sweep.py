"""Owns the sweep: a batch of whatever is due, carried out in one transaction.

It must not depend on who runs it or how many do: claims skip what another holds, and re-check under lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.actions.transitions import TRANSITIONS, settle
from models.case import PendingDeadline, lock_cases, pending_deadlines, save_cases
from models.clock import database_now
from models.database import fetch, transaction
from models.journal import Journal
from models.wake import Wake

LARGEST_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Settled:
    """What one batch did: the deadlines carried out, how late each was, in seconds, and if more are due."""

    deadlines: Sequence[PendingDeadline]
    lateness: Sequence[float]
    more: bool


async def sweep(wake: Wake, batch: int = 1_000) -> Settled:
    """Settle up to `batch` due deadlines (1 to 2,000) by the database's clock, then wake the readers."""
    batch = max(1, min(batch, LARGEST_BATCH))
    async with transaction() as conn:
        now = await database_now(conn)
        claimed = await fetch(
            conn,
            """SELECT application.id FROM deadline JOIN application ON application.id = deadline.subject
               WHERE deadline.done_at IS NULL AND deadline.due_at <= $1 AND deadline.kind = ANY($2::text[])
               ORDER BY deadline.due_at, deadline.id LIMIT $3
               FOR NO KEY UPDATE OF application, deadline SKIP LOCKED""",
            now,
            [str(kind) for kind in TRANSITIONS],
            batch,
        )
        if not claimed:
            return Settled((), (), more=False)
        ids = {row["id"] for row in claimed}
        cases = await lock_cases(conn, ids)
        journal = Journal(now)
        settled = settle(cases, await pending_deadlines(conn, ids), journal)
        await save_cases(conn, cases)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    lateness = [(now - deadline.due_at).total_seconds() for deadline in settled]
    return Settled(settled, lateness, more=len(claimed) >= batch)
