"""Lists of complaint items, their evidence, and the items of deliveries.

No contact data: an item refers to its delivery, and evidence is a code.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import (
    Count,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    cut,
    fetch_rows,
    fetch_slice,
    take,
)
from models.base.viewer import Viewer
from models.complaints.list import complaints_of
from models.complaints.tables import EvidenceCheck, Remedy, Speaks
from rules.complaint import ComplaintReason, ComplaintVerdict

BY_ROW = Order("ROW", (Key("coalesce(complaint_item.row, 0)", "bigint"), Key("complaint_item.id", "uuid")))

OfComplaint = tuple[UUID, ComplaintVerdict | None]  # a complaint, and which of its items


@dataclass(frozen=True, slots=True)
class ComplaintItemView:
    """One item; if it has a remedy without `remedy_settled_at`, a replacement is still pending."""

    id: UUID
    version: int
    complaint_id: UUID
    row: int | None
    delivery_id: UUID
    reason: ComplaintReason
    explanation: str
    verdict: ComplaintVerdict
    decision_id: UUID
    comment: str | None
    decided_at: datetime | None
    override_reason: str | None
    remedy: Remedy | None
    remedy_points: int | None
    remedy_settled_at: datetime | None
    replacement_id: UUID | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The result of one check of an item."""

    check: EvidenceCheck
    source: str
    at: datetime
    speaks: Speaks
    conclusive: bool
    confidence: int
    detail: str


_COLUMNS = """complaint_item.id, complaint_item.version, complaint_item.complaint_id, complaint_item.row,
    complaint_item.delivery_id, complaint_item.reason, complaint_item.explanation, complaint_item.verdict,
    complaint_item.decision_id, complaint_item.comment, complaint_item.decided_at,
    complaint_item.override_reason, remedy.kind AS remedy,
    CASE WHEN remedy.kind = 'POINTS' THEN remedy.points END AS remedy_points,
    remedy.settled_at AS remedy_settled_at, remedy.replacement_id"""
_FROM = """FROM complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
    LEFT JOIN remedy ON remedy.item_id = complaint_item.id"""


def _view(row: Record) -> ComplaintItemView:
    return ComplaintItemView(
        row["id"],
        row["version"],
        row["complaint_id"],
        row["row"],
        row["delivery_id"],
        ComplaintReason(row["reason"]),
        row["explanation"],
        ComplaintVerdict(row["verdict"]),
        row["decision_id"],
        row["comment"],
        row["decided_at"],
        row["override_reason"],
        None if row["remedy"] is None else Remedy(row["remedy"]),
        row["remedy_points"],
        row["remedy_settled_at"],
        row["replacement_id"],
    )


def _of(statement: SelectStatement, verdict: ComplaintVerdict | None) -> None:
    if verdict is not None:
        statement.where(f"complaint_item.verdict = {statement.bind(verdict, 'text')}")


async def list_items(
    conn: Connection, viewer: Viewer, of: OfComplaint, part: Slice
) -> Page[ComplaintItemView]:
    """List a complaint's items, ordered by row, in one statement."""
    statement = complaints_of(viewer)
    statement.where(f"complaint.id = {statement.bind(of[0], 'uuid')}")
    _of(statement, of[1])
    return Page.of(await fetch_slice(conn, f"SELECT {_COLUMNS}", _FROM, statement, BY_ROW, part), _view)


async def items_of(
    conn: Connection,
    viewer: Viewer,
    complaint_ids: Collection[UUID],
    verdict: ComplaintVerdict | None,
    size: int,
) -> dict[UUID, Page[ComplaintItemView]]:
    """Return the first `size` items of each complaint, in one statement."""
    part, statement = Slice(size), complaints_of(viewer)
    wanted = statement.bind(list(complaint_ids), "uuid[]")
    _of(statement, verdict)
    limit = take(statement, BY_ROW, part)
    rows = await fetch(
        conn,
        f"""SELECT found.* FROM unnest({wanted}) AS wanted (complaint_id) CROSS JOIN LATERAL (
                SELECT {_COLUMNS}, {BY_ROW.columns()} {_FROM}
                WHERE complaint.id = wanted.complaint_id AND {statement.all_conditions()} {limit}) AS found
            ORDER BY found.complaint_id, coalesce(found.row, 0), found.id""",
        *statement.values,
    )
    of_complaint: dict[UUID, list[Record]] = {complaint_id: [] for complaint_id in complaint_ids}
    for row in rows:
        of_complaint[row["complaint_id"]].append(row)
    return {
        complaint_id: Page.of(cut(items, BY_ROW, part), _view) for complaint_id, items in of_complaint.items()
    }


async def count_items(conn: Connection, of: OfComplaint) -> Count:
    """Count a complaint's items (at most 10,000); the caller checks that the viewer may see it."""
    rows = await fetch(
        conn,
        """SELECT count(*) AS n FROM complaint_item
           WHERE complaint_id = $1 AND ($2::text IS NULL OR verdict = $2)""",
        *of,
    )
    return Count.of(rows[0]["n"])


async def items_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ComplaintItemView]:
    """Return those of the items that the viewer may see, in one statement."""
    statement = complaints_of(viewer)
    statement.where(f"complaint_item.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"SELECT {_COLUMNS}", _FROM, statement)
    return {row["id"]: _view(row) for row in rows}


async def items_of_deliveries(
    conn: Connection, viewer: Viewer, delivery_ids: Collection[UUID]
) -> dict[UUID, ComplaintItemView]:
    """Return the relevant item of each delivery that has one, in one statement.

    That is the accepted item, of which there is at most one, otherwise the open one, otherwise the newest.
    """
    statement = complaints_of(viewer)
    statement.where(f"complaint_item.delivery_id = ANY({statement.bind(list(delivery_ids), 'uuid[]')})")
    rows = await fetch(
        conn,
        f"""SELECT DISTINCT ON (complaint_item.delivery_id) {_COLUMNS} {_FROM}
            WHERE {statement.all_conditions()}
            ORDER BY complaint_item.delivery_id, complaint_item.verdict = 'ACCEPTED' DESC,
                complaint_item.verdict = 'UNDER_REVIEW' DESC, complaint.submitted_at DESC,
                complaint_item.id DESC""",
        *statement.values,
    )
    return {row["delivery_id"]: _view(row) for row in rows}


async def replaced_deliveries(conn: Connection, delivery_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the faulty delivery for each of these deliveries that is a replacement, in one statement."""
    rows = await fetch(
        conn,
        "SELECT replacement_id, delivery_id FROM remedy WHERE replacement_id = ANY($1::uuid[])",
        list(delivery_ids),
    )
    return {row["replacement_id"]: row["delivery_id"] for row in rows}


async def evidence_of(conn: Connection, item_ids: Collection[UUID]) -> dict[UUID, list[EvidenceView]]:
    """Return the evidence of each item, in one statement; the caller checks that the viewer may see the
    items.
    """
    rows = await fetch(
        conn,
        """SELECT item_id, "check", source, at, speaks, conclusive, confidence, detail FROM evidence
           WHERE item_id = ANY($1::uuid[]) ORDER BY item_id, at, id""",
        list(item_ids),
    )
    found: dict[UUID, list[EvidenceView]] = {item_id: [] for item_id in item_ids}
    for row in rows:
        found[row["item_id"]].append(
            EvidenceView(
                EvidenceCheck(row["check"]),
                row["source"],
                row["at"],
                Speaks(row["speaks"]),
                row["conclusive"],
                row["confidence"],
                row["detail"],
            )
        )
    return found
