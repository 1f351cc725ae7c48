"""The nightly run: what has changed since the runs before it, and a thirtieth of all accounts.

It looks again at what the last good run has looked at as new: transactions that were under way then, and rows
whose ids a process with a slow clock has made, are seen in the next night.
"""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one
from models.base.ids import new_id
from models.reconciliation.audit import reconcile
from models.reconciliation.check import ReconciliationReport
from models.reconciliation.part import NIGHTS, Part

_BEFORE = (
    """SELECT id, started_at FROM reconciliation_run WHERE findings = 0 ORDER BY id DESC LIMIT 1 OFFSET 1"""
)
_LAST_NIGHT = "SELECT night FROM reconciliation_run WHERE night IS NOT NULL ORDER BY id DESC LIMIT 1"
_STORE = """INSERT INTO reconciliation_run (id, started_at, ended_at, night, findings)
    VALUES ($1, $2, leadgate_clock(), $3, $4)"""


async def next_part(conn: Connection) -> Part | None:
    """Return what the next run has to look at; None for everything, without two good runs before it."""
    before = await fetch_one(conn, _BEFORE)
    if before is None:
        return None
    last = await fetch_one(conn, _LAST_NIGHT)
    since: UUID = before["id"]
    return Part(since, before["started_at"], 0 if last is None else (last["night"] + 1) % NIGHTS)


async def reconcile_since(*, everything: bool = False) -> ReconciliationReport:
    """Run the reconciliation of the next part, or of everything, and store that it was done."""
    conn, run_id = connection(), new_id()
    started_at = await database_now(conn)
    part = None if everything else await next_part(conn)
    report = await reconcile(part=part)
    night = None if part is None else part.night
    await fetch(conn, _STORE, run_id, started_at, night, len(report.findings))
    return report
