"""Timed transitions of complaints: reminders to operators, the missed decision (day 22), the end of a wait.

An overdue complaint is flagged and escalated, never decided automatically (S5 readings). When the wait for a
replacement ends, the points are credited as of that instant.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from models.accounts.staff import operator_ids
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.metrics import COMPLAINTS_OVERDUE
from models.base.refusal import Refusal
from models.complaints.answer_files import ensure_answers
from models.complaints.tables import Remedy
from models.complaints.times import decide_by, reminders, replacement_due_at
from models.deadlines.registry import Done, Subject, timed
from models.deadlines.settle import settle_due
from models.deliveries.waiting_replacements import serve_waiting
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.ledger.movements import give_back
from models.process.wake import Wake

_DECISION = "COMPLAINT_DECISION"
_OVERDUE = "overdue"

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Filed:
    """A complaint under lock, and the operators to notify about it."""

    id: UUID
    account_id: UUID
    policy_id: UUID
    decided_at: datetime | None
    operators: Sequence[UUID]
    escalated_at: datetime | None = None


async def _lock_complaints(conn: Connection, ids: Collection[UUID]) -> list[Filed]:
    rows = await fetch(
        conn,
        """SELECT id, account_id, policy_id, decided_at FROM complaint WHERE id = ANY($1::uuid[])
           ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
    )
    operators = await operator_ids(conn) if rows else []
    return [
        Filed(row["id"], row["account_id"], row["policy_id"], row["decided_at"], operators) for row in rows
    ]


async def _save_complaints(conn: Connection, complaints: Collection[Filed]) -> None:
    breached = [one for one in complaints if one.escalated_at is not None]
    if breached:
        await fetch(
            conn,
            """UPDATE complaint SET escalated_at = breach.at, version = version + 1
               FROM unnest($1::uuid[], $2::timestamptz[]) AS breach (id, at)
               WHERE complaint.id = breach.id""",
            [one.id for one in breached],
            [one.escalated_at for one in breached],
        )


async def _count_overdue(_: Wake, done: Sequence[Done]) -> None:
    COMPLAINTS_OVERDUE.inc(sum(one.outcome == _OVERDUE for one in done))


COMPLAINT: Subject[Filed] = Subject(
    "complaint",
    "id",
    _lock_complaints,
    _save_complaints,
    lambda filed: "decided" if filed.decided_at is not None else None,
    _count_overdue,
)


@timed(
    "COMPLAINT_REMINDER",
    COMPLAINT,
    description="Operators are reminded of a complaint.",
    starts=lambda policy, now: reminders(now, policy),
)
def remind(filed: Filed, due_at: datetime, journal: Journal) -> str:
    """Remind the operators that a complaint is waiting for their decision."""
    _tell(journal, filed.operators, NotificationKind.COMPLAINT_DUE, filed.id, due_at)
    return "reminded"


@timed(
    _DECISION,
    COMPLAINT,
    description="A complaint must be decided.",
    starts=lambda policy, now: [decide_by(now, policy)],
)
def escalate(filed: Filed, due_at: datetime, journal: Journal) -> str:
    """Flag a complaint that was not decided in time, and notify both sides (S5.9)."""
    filed.escalated_at = due_at
    recipients = [*filed.operators, filed.account_id]
    events = _tell(journal, recipients, NotificationKind.COMPLAINT_OVERDUE, filed.id, due_at)
    journal.messages.extend(
        MessageRow(
            MessageTemplate.COMPLAINT_OVERDUE,
            operator,
            filed.id,
            filed.policy_id,
            f"complaint_overdue:{filed.id}:{operator}",
            due_at,
            event_id=event.id,
        )
        for operator, event in zip(filed.operators, events, strict=False)
    )
    return _OVERDUE


def _tell(
    journal: Journal, recipients: Sequence[UUID], kind: NotificationKind, complaint_id: UUID, at: datetime
) -> list[EventRow]:
    parameters: dict[str, object] = {"complaintId": str(complaint_id)}
    events = [EventRow(recipient, kind, at, parameters=parameters) for recipient in recipients]
    journal.events += events
    return events


async def settle_breaches(conn: Connection, journal: Journal, complaint_ids: Collection[UUID]) -> int:
    """Escalate those of these locked complaints that are overdue, as of their deadlines; return how many.

    Called before a decision, so that a late decision stays on record as late.
    """
    complaints = await _lock_complaints(conn, complaint_ids)
    breached = await settle_due(conn, COMPLAINT, complaints, journal, only={_DECISION})
    await _save_complaints(conn, complaints)
    return len(breached)


@dataclass(slots=True)
class Awaited:
    """A remedy under lock that is waiting for a replacement; its id is the complaint item's."""

    id: UUID
    remedy_id: UUID
    settled_at: datetime | None
    delivery_id: UUID
    account_id: UUID
    lead_id: UUID
    points: int
    decision_id: UUID
    paid_at: datetime | None = None


async def _lock_remedies(conn: Connection, item_ids: Collection[UUID]) -> list[Awaited]:
    rows = await fetch(
        conn,
        """SELECT remedy.item_id AS id, remedy.id AS remedy_id, remedy.settled_at, remedy.delivery_id,
               delivery.account_id, delivery.lead_id, delivery.points, complaint_item.decision_id
           FROM remedy JOIN delivery ON delivery.id = remedy.delivery_id
           JOIN complaint_item ON complaint_item.id = remedy.item_id
           WHERE remedy.item_id = ANY($1::uuid[]) ORDER BY remedy.id FOR NO KEY UPDATE OF remedy""",
        list(item_ids),
    )
    return [Awaited(**dict(row)) for row in rows]


async def _save_remedies(conn: Connection, remedies: Collection[Awaited]) -> None:
    paid = [one for one in remedies if one.paid_at is not None]
    if paid:
        await fetch(
            conn,
            """UPDATE remedy SET kind = $2, points = over.points, settled_at = over.at
               FROM unnest($1::uuid[], $3::int[], $4::timestamptz[]) AS over (id, points, at)
               WHERE remedy.id = over.id""",
            [one.remedy_id for one in paid],
            Remedy.POINTS,
            [one.points for one in paid],
            [one.paid_at for one in paid],
        )


async def _serve_waits(wake: Wake, done: Sequence[Done]) -> None:
    """Deliver stock to waiting remedies: it may have been locked when they were granted.

    Answer files that promise a replacement are created again once the wait is over.
    """
    waiting = await fetch_one(
        connection(), "SELECT EXISTS (SELECT FROM remedy WHERE settled_at IS NULL) AS waiting"
    )
    if waiting is not None and waiting["waiting"]:
        await _serve(wake)
    if done:
        rows = await fetch(
            connection(),
            "SELECT DISTINCT complaint_id FROM complaint_item WHERE id = ANY($1::uuid[])",
            [one.subject for one in done],
        )
        await ensure_answers({row["complaint_id"] for row in rows})


async def _serve(wake: Wake) -> None:
    try:
        async with transaction() as conn:
            journal = Journal(await database_now(conn))
            await serve_waiting(conn, journal)
            await journal.write(conn)
    except Refusal as refusal:  # the rule evaluators disagree: the wait continues
        _log.error("replacements_not_processed", reason=str(refusal))
        return
    await wake.send(journal.recipients, journal.due)


REPLACEMENT: Subject[Awaited] = Subject(
    "remedy",
    "item_id",
    _lock_remedies,
    _save_remedies,
    lambda awaited: "replaced" if awaited.settled_at is not None else None,
    _serve_waits,
)


@timed(
    "REPLACEMENT_FALLBACK",
    REPLACEMENT,
    description="Points are credited because no replacement was delivered.",
    starts=lambda policy, now: [replacement_due_at(now, policy)],
)
def give_up(awaited: Awaited, due_at: datetime, journal: Journal) -> str:
    """Credit the points for a replacement that did not arrive in time (readings of S5)."""
    awaited.paid_at = due_at
    journal.movements.append(
        give_back(awaited.account_id, awaited.points, awaited.delivery_id, awaited.decision_id)
    )
    journal.events.append(
        EventRow(
            awaited.account_id,
            NotificationKind.REMEDY_POINTS,
            due_at,
            lead_id=awaited.lead_id,
            delivery_id=awaited.delivery_id,
            decision_id=awaited.decision_id,
            parameters={"points": awaited.points, "waited": True},
        )
    )
    return "points_given_back"
