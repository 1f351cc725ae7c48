"""Owns what becomes due on complaints: reminders to the operator, the breach of day 22, points for a wait.

It must not answer a complaint: an overdue one is flagged and escalated, never silently decided (S5 readings).
"""

from uuid import UUID

from asyncpg import Record

from models.case import PendingDeadline
from models.clock import database_now
from models.complaint import Remedy
from models.database import Connection, connection, fetch, transaction
from models.deadline import DeadlineKind
from models.feed import NotificationKind
from models.journal import EventRow, Journal, MessageRow
from models.movement import give_back
from models.outbox import OutboxKind
from models.wake import Wake

_ABOUT_COMPLAINTS = """SELECT deadline.id, deadline.kind, deadline.due_at, complaint.id AS complaint_id,
        complaint.account_id, complaint.decided_at
    FROM deadline JOIN complaint ON complaint.id = deadline.subject
    WHERE deadline.done_at IS NULL AND deadline.due_at <= $1
      AND deadline.kind IN ('COMPLAINT_REMINDER', 'COMPLAINT_DECISION')
    ORDER BY deadline.due_at, deadline.id LIMIT $2 FOR NO KEY UPDATE OF complaint, deadline SKIP LOCKED"""
_ABOUT_REMEDIES = """SELECT deadline.id, deadline.kind, deadline.due_at, remedy.id AS remedy_id,
        remedy.settled_at, remedy.delivery_id, delivery.account_id, delivery.lead_id, delivery.points,
        complaint_item.decision_id
    FROM deadline JOIN complaint_item ON complaint_item.id = deadline.subject
    JOIN remedy ON remedy.item_id = complaint_item.id JOIN delivery ON delivery.id = remedy.delivery_id
    WHERE deadline.done_at IS NULL AND deadline.due_at <= $1 AND deadline.kind = 'REPLACEMENT_FALLBACK'
    ORDER BY deadline.due_at, deadline.id LIMIT $2 FOR NO KEY UPDATE OF remedy, deadline SKIP LOCKED"""


async def sweep_complaints(wake: Wake, batch: int) -> list[PendingDeadline]:
    """Carry out up to `batch` due deadlines of complaints, and as many of remedies, each as of its due time."""
    now = await database_now(connection())
    async with transaction() as conn:
        journal = Journal(now)
        complaints = await fetch(conn, _ABOUT_COMPLAINTS, now, batch)
        operators = await _operators(conn) if complaints else []
        for row in complaints:
            await _remind(conn, journal, row, operators)
        remedies = await fetch(conn, _ABOUT_REMEDIES, now, batch)
        for row in remedies:
            await _fall_back(conn, journal, row)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return [PendingDeadline(row["id"], row["kind"], row["due_at"]) for row in (*complaints, *remedies)]


async def _operators(conn: Connection) -> list[UUID]:
    rows = await fetch(conn, "SELECT id FROM users WHERE operator AND disabled_at IS NULL ORDER BY id")
    return [row["id"] for row in rows]


async def _remind(conn: Connection, journal: Journal, row: Record, operators: list[UUID]) -> None:
    if row["decided_at"] is not None:
        journal.done.append((row["id"], "decided"))
        return
    overdue = row["kind"] == DeadlineKind.COMPLAINT_DECISION
    kind = NotificationKind.COMPLAINT_OVERDUE if overdue else NotificationKind.COMPLAINT_DUE
    told = [*operators, row["account_id"]] if overdue else operators
    parameters: dict[str, object] = {"complaintId": str(row["complaint_id"])}
    journal.events.extend(
        EventRow(recipient, kind, row["due_at"], parameters=parameters) for recipient in told
    )
    if overdue:
        await fetch(
            conn,
            "UPDATE complaint SET escalated_at = $2, version = version + 1 WHERE id = $1",
            row["complaint_id"],
            row["due_at"],
        )
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
    journal.done.append((row["id"], "overdue" if overdue else "reminded"))


async def _fall_back(conn: Connection, journal: Journal, row: Record) -> None:
    if row["settled_at"] is not None:
        journal.done.append((row["id"], "replaced"))
        return
    journal.movements.append(
        give_back(row["account_id"], row["points"], row["delivery_id"], row["decision_id"])
    )
    await fetch(
        conn,
        "UPDATE remedy SET kind = $2, points = $3, settled_at = $4 WHERE id = $1",
        row["remedy_id"],
        Remedy.POINTS,
        row["points"],
        row["due_at"],
    )
    journal.events.append(
        EventRow(
            row["account_id"],
            NotificationKind.REMEDY_POINTS,
            row["due_at"],
            lead_id=row["lead_id"],
            delivery_id=row["delivery_id"],
            decision_id=row["decision_id"],
            parameters={"points": row["points"]},
        )
    )
    journal.done.append((row["id"], "points_given_back"))
