"""The nightly run: what has changed since the runs before it, and a thirtieth of all accounts.

It looks again at what the last good run has looked at as new: transactions that were under way then, and rows
whose ids a process with a slow clock has made, are seen in the next night.

A standby can be checked too. It stores no run, so one there begins where the next one of the primary will.
"""

from dataclasses import replace
from uuid import UUID

from asyncpg.exceptions import SerializationError

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.reconciliation.audit import reconcile
from models.reconciliation.check import ReconciliationReport, Standby
from models.reconciliation.part import NIGHTS, Part
from settings.errors import FixableError

_BEFORE = (
    """SELECT id, started_at FROM reconciliation_run WHERE findings = 0 ORDER BY id DESC LIMIT 1 OFFSET 1"""
)
_LAST_NIGHT = "SELECT night FROM reconciliation_run WHERE night IS NOT NULL ORDER BY id DESC LIMIT 1"
_STORE = """INSERT INTO reconciliation_run (id, started_at, ended_at, night, findings)
    VALUES ($1, $2, leadgate_clock(), $3, $4)"""
_STANDBY = "SELECT pg_last_xact_replay_timestamp() AS until WHERE pg_is_in_recovery()"
_CANCELLED = (
    "The standby cancelled a check, because changes of the primary waited for it: set "
    "max_standby_streaming_delay to -1 on this standby (and max_standby_archive_delay), or "
    "hot_standby_feedback to on"
)
_STORE_FINDINGS = """INSERT INTO reconciliation_finding (id, run_id, ordinal, check_name, subject, message)
    SELECT id, $1, ordinal, check_name, subject, message
    FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[])
        AS found (id, ordinal, check_name, subject, message)"""
LONGEST_SUBJECT, LONGEST_MESSAGE = 120, 1_000


async def next_part(conn: Connection) -> Part | None:
    """Return what the next run has to look at; None for everything, without two good runs before it."""
    before = await fetch_one(conn, _BEFORE)
    if before is None:
        return None
    last = await fetch_one(conn, _LAST_NIGHT)
    since: UUID = before["id"]
    return Part(since, before["started_at"], 0 if last is None else (last["night"] + 1) % NIGHTS)


async def reconcile_since(*, everything: bool = False) -> ReconciliationReport:
    """Run the reconciliation of the next part, or of everything, and store its report.

    On a standby, nothing is stored. Raises `FixableError` if it cancels a check for changes that arrive.
    """
    conn, run_id = connection(), new_id()
    standby = await fetch_one(conn, _STANDBY)
    started_at = await database_now(conn)
    try:
        part = None if everything else await next_part(conn)
        report = await reconcile(part=part)
    except SerializationError as error:
        if standby is None:
            raise
        raise FixableError(_CANCELLED) from error
    if standby is not None:
        return replace(report, standby=Standby(standby["until"]))
    night = None if part is None else part.night
    async with transaction() as own:
        await fetch(own, _STORE, run_id, started_at, night, len(report.findings))
        if report.findings:
            await fetch(own, _STORE_FINDINGS, run_id, *_columns(report))
    return report


def _columns(report: ReconciliationReport) -> tuple[list[object], ...]:
    rows = [
        (new_id(), ordinal, one.check, one.subject[:LONGEST_SUBJECT], one.message[:LONGEST_MESSAGE])
        for ordinal, one in enumerate(report.findings)
    ]
    return tuple(map(list, zip(*rows, strict=True)))
