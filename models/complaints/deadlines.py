"""Owns what becomes due on complaints: reminders to the operator, and the breach of day 22.

It must not answer a complaint: an overdue one is flagged and escalated, never silently decided (S5 readings).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.accounts.staff import operator_ids
from models.base.database import Connection, fetch
from models.deadlines.tables import DeadlineKind
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.outbox import OutboxKind
from models.feed.tables import NotificationKind

KINDS = (DeadlineKind.COMPLAINT_REMINDER, DeadlineKind.COMPLAINT_DECISION)

_COLUMNS = """deadline.id, deadline.kind, deadline.due_at, complaint.id AS complaint_id,
    complaint.account_id, complaint.decided_at
    FROM deadline JOIN complaint ON complaint.id = deadline.subject"""
# $3: only these deadlines, or null for whatever is due.
_DUE = f"""SELECT {_COLUMNS}
    WHERE deadline.done_at IS NULL AND deadline.due_at <= $1
      AND deadline.kind IN ('COMPLAINT_REMINDER', 'COMPLAINT_DECISION')
      AND ($3::uuid[] IS NULL OR deadline.id = ANY($3))
    ORDER BY deadline.due_at, deadline.id LIMIT $2 FOR NO KEY UPDATE OF complaint, deadline SKIP LOCKED"""
_BREACHED = f"""SELECT {_COLUMNS}
    WHERE complaint.id = ANY($2::uuid[]) AND deadline.kind = 'COMPLAINT_DECISION'
      AND deadline.done_at IS NULL AND deadline.due_at <= $1
    ORDER BY deadline.id FOR NO KEY UPDATE OF deadline"""


async def settle_complaints(
    conn: Connection, journal: Journal, now: datetime, batch: int, only: Sequence[UUID] | None
) -> list[Record]:
    """Carry out up to `batch` due deadlines of complaints, each as of its due time; return them."""
    due = await fetch(conn, _DUE, now, batch, only)
    await _carry_out(conn, journal, due)
    return due


async def settle_breaches(conn: Connection, journal: Journal, complaint_ids: Collection[UUID]) -> int:
    """Escalate those of these locked complaints whose time is over, as of its end; return how many.

    Whoever decides late calls it first: that it was late stays on record.
    """
    breached = await fetch(conn, _BREACHED, journal.now, list(complaint_ids))
    await _carry_out(conn, journal, breached)
    return len(breached)


async def _carry_out(conn: Connection, journal: Journal, due: Sequence[Record]) -> None:
    operators = await operator_ids(conn) if due else []
    breached = []
    for row in due:
        if row["decided_at"] is not None:
            journal.done.append((row["id"], "decided"))
            continue
        parameters: dict[str, object] = {"complaintId": str(row["complaint_id"])}
        overdue = row["kind"] == DeadlineKind.COMPLAINT_DECISION
        kind = NotificationKind.COMPLAINT_OVERDUE if overdue else NotificationKind.COMPLAINT_DUE
        told = [*operators, row["account_id"]] if overdue else operators
        journal.events.extend(
            EventRow(recipient, kind, row["due_at"], parameters=parameters) for recipient in told
        )
        if overdue:
            breached.append(row)
            _warn(journal, row, operators)
        journal.done.append((row["id"], "overdue" if overdue else "reminded"))
    if breached:
        await fetch(
            conn,
            """UPDATE complaint SET escalated_at = breach.at, version = version + 1
               FROM unnest($1::uuid[], $2::timestamptz[]) AS breach (id, at)
               WHERE complaint.id = breach.id""",
            [row["complaint_id"] for row in breached],
            [row["due_at"] for row in breached],
        )


def _warn(journal: Journal, row: Record, operators: Sequence[UUID]) -> None:
    journal.messages.extend(
        MessageRow(
            OutboxKind.EMAIL,
            "complaint_overdue",
            operator,
            row["complaint_id"],
            f"complaint_overdue:{row['complaint_id']}:{operator}",
            row["due_at"],
        )
        for operator in operators
    )
