"""The desk: how much waits for a viewer, by kind, and what is due next. Every number is that of a list.

A number counts up to 10,000. Of chats, those of the 100 newest applications count; of notices, the latest
2,000: as in their lists.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.applications.list import ApplicationFilter, applications_by_id, count_applications
from models.base.database import Connection, fetch
from models.base.keyset import SelectStatement
from models.base.viewer import Viewer
from models.chat.heads import unread_chats
from models.complaints.facts import ComplaintStatus
from models.complaints.list import ComplaintFilter, ComplaintView, complaints_by_id, count_complaints
from models.deadlines.registry import numbered_kinds
from models.deliveries.list import DeliveryFilter, count_deliveries
from models.desk.health import health
from models.disclosures.list import DisclosureFilter, NoticeState, count_disclosures
from models.feed.list import count_notifications
from models.leads.facts import ANSWERED_AT, UNSETTLED, ApplicationStatus
from models.leads.views import ApplicationView
from models.messages.list import DispatchFilter, count_dispatches
from models.messages.tables import DispatchState
from rules import Decision

MOST_DUE = 50
SOON_DAYS = 7  # in which the window for a complaint ends
_OPEN_CASES = 200  # among which the deadlines are looked for


class DeskKind(StrEnum):
    """What can wait."""

    UNREAD = "UNREAD"
    APPLICATIONS_WAITING = "APPLICATIONS_WAITING"
    ANSWERS_WAITING = "ANSWERS_WAITING"
    CHATS_UNREAD = "CHATS_UNREAD"
    COMPLAINTS_OPEN = "COMPLAINTS_OPEN"
    COMPLAINTS_OVERDUE = "COMPLAINTS_OVERDUE"
    WINDOWS_ENDING = "WINDOWS_ENDING"
    DISPATCHES_DEAD = "DISPATCHES_DEAD"
    DISPATCHES_UNCERTAIN = "DISPATCHES_UNCERTAIN"
    NOTICES_UNDELIVERED = "NOTICES_UNDELIVERED"
    DEADLINES_OVERDUE = "DEADLINES_OVERDUE"
    BOOKS_DISAGREE = "BOOKS_DISAGREE"


@dataclass(frozen=True, slots=True)
class DeskCountView:
    """A kind, and how many wait."""

    kind: DeskKind
    count: int


@dataclass(frozen=True, slots=True)
class DueView:
    """A pending deadline of an application or a complaint, with the decision about its contact data."""

    kind: str
    due_at: datetime
    subject: ApplicationView | ComplaintView
    decision: Decision | None


Counting = Callable[[Connection, Viewer], Awaitable[int]]


async def _unread(conn: Connection, viewer: Viewer) -> int:
    return (await count_notifications(conn, viewer.recipient, unread=True)).total if viewer.recipient else 0


async def _pending(conn: Connection, viewer: Viewer) -> int:
    return (await count_applications(conn, viewer, ApplicationFilter(ApplicationStatus.PENDING))).total


async def _chats(conn: Connection, viewer: Viewer) -> int:
    return len(await unread_chats(conn, viewer))


def _complaints(status: ComplaintStatus) -> Counting:
    async def count(conn: Connection, viewer: Viewer) -> int:
        return (await count_complaints(conn, viewer, ComplaintFilter(status))).total

    return count


async def _windows(conn: Connection, viewer: Viewer) -> int:
    return (await count_deliveries(conn, viewer, DeliveryFilter(window_ends_within_days=SOON_DAYS))).total


def _dispatches(state: DispatchState) -> Counting:
    async def count(conn: Connection, viewer: Viewer) -> int:
        return (await count_dispatches(conn, viewer, DispatchFilter((state,)))).total

    return count


async def _notices(conn: Connection, viewer: Viewer) -> int:
    undelivered = DisclosureFilter(notice_state=NoticeState.UNDELIVERED)
    return (await count_disclosures(conn, viewer, undelivered)).total


async def _of_house(conn: Connection) -> dict[DeskKind, int]:
    house = await health(conn)
    return {DeskKind.DEADLINES_OVERDUE: house.overdue_deadlines, DeskKind.BOOKS_DISAGREE: len(house.findings)}


_OPEN, _OVERDUE = _complaints(ComplaintStatus.OPEN), _complaints(ComplaintStatus.OVERDUE)
_OF_VENDORS: Mapping[DeskKind, Counting] = {
    DeskKind.ANSWERS_WAITING: _pending,
    DeskKind.CHATS_UNREAD: _chats,
    DeskKind.COMPLAINTS_OPEN: _OPEN,
    DeskKind.COMPLAINTS_OVERDUE: _OVERDUE,
    DeskKind.WINDOWS_ENDING: _windows,
}
_OF_PROSPECTS: Mapping[DeskKind, Counting] = {
    DeskKind.APPLICATIONS_WAITING: _pending,
    DeskKind.CHATS_UNREAD: _chats,
}
_OF_OPERATORS: Mapping[DeskKind, Counting] = {
    DeskKind.COMPLAINTS_OPEN: _OPEN,
    DeskKind.COMPLAINTS_OVERDUE: _OVERDUE,
    DeskKind.DISPATCHES_DEAD: _dispatches(DispatchState.DEAD),
    DeskKind.DISPATCHES_UNCERTAIN: _dispatches(DispatchState.UNCERTAIN),
    DeskKind.NOTICES_UNDELIVERED: _notices,
}


def _kinds(viewer: Viewer) -> Mapping[DeskKind, Counting]:
    if viewer.operator:
        return _OF_OPERATORS
    if viewer.vendor_id is not None:
        return _OF_VENDORS
    return _OF_PROSPECTS if viewer.prospect_id is not None else {}


async def desk_counts(conn: Connection, viewer: Viewer) -> list[DeskCountView]:
    """Count what waits for the viewer in its role, each kind by the statement of its list."""
    kinds = {DeskKind.UNREAD: _unread, **_kinds(viewer)}
    found = {kind: await count(conn, viewer) for kind, count in kinds.items()}
    if viewer.operator:
        found |= await _of_house(conn)
    return [DeskCountView(kind, count) for kind, count in found.items()]


_WAITING = f"{ANSWERED_AT} IS NULL AND {UNSETTLED}"


async def due_next(conn: Connection, viewer: Viewer, first: int) -> list[DueView]:
    """Return the pending deadlines of the viewer's open applications and complaints, soonest first; for
    operators, of all open complaints.
    """
    statement = SelectStatement([])
    cases = _cases(viewer, statement)
    if cases is None:
        return []
    rows = await fetch(
        conn,
        f"""WITH mine AS MATERIALIZED ({cases})
            SELECT deadline.kind, deadline.due_at, mine.id, mine.of FROM mine
            JOIN deadline ON deadline.subject = mine.id AND deadline.done_at IS NULL
                AND deadline.kind <> ALL({statement.bind(list(numbered_kinds()), "text[]")})
            ORDER BY deadline.due_at, deadline.id LIMIT {statement.bind(first, "int")}""",
        *statement.values,
    )
    applications = {row["id"] for row in rows if row["of"] == "application"}
    complaints = {row["id"] for row in rows if row["of"] == "complaint"}
    subjects: dict[UUID, ApplicationView | ComplaintView] = {}
    if applications:
        subjects |= await applications_by_id(conn, viewer, applications)
    if complaints:
        subjects |= await complaints_by_id(conn, viewer, complaints)
    found = [(row, subjects[row["id"]]) for row in rows if row["id"] in subjects]
    return [
        DueView(
            row["kind"],
            row["due_at"],
            subject,
            subject.visibility if isinstance(subject, ApplicationView) else None,
        )
        for row, subject in found
    ]


def _cases(viewer: Viewer, statement: SelectStatement) -> str | None:
    complaints = "SELECT complaint.id, 'complaint' AS of FROM complaint WHERE complaint.decided_at IS NULL"
    soonest = f"ORDER BY complaint.decide_by, complaint.id LIMIT {_OPEN_CASES}"
    if viewer.operator:
        return f"{complaints} {soonest}"
    if viewer.vendor_id is not None:
        account = statement.bind(viewer.vendor_id, "uuid")
        return f"""(SELECT application.id, 'application' AS of FROM application
                WHERE application.account_id = {account} AND {_WAITING}
                ORDER BY application.received_at LIMIT {_OPEN_CASES})
            UNION ALL ({complaints} AND complaint.account_id = {account} {soonest})"""
    if viewer.prospect_id is None:
        return None
    return f"""SELECT application.id, 'application' AS of
        FROM lead JOIN application ON application.lead_id = lead.id
        WHERE lead.prospect_id = {statement.bind(viewer.prospect_id, "uuid")} AND {_WAITING}
        ORDER BY application.received_at LIMIT {_OPEN_CASES}"""
