"""Lists of complaints, single complaints, and the number of their items by verdict.

Vendors see their own complaints, operators all of them. The items are in `models.complaints.item_list`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.keyset import (
    Count,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    fetch_rows,
    fetch_slice,
)
from models.base.viewer import Viewer
from models.complaints.facts import ComplaintStatus, status_of, status_sql
from models.leads.views import VendorView
from models.policies.versions import policies_by_id
from rules import Policy


class ComplaintOrder(StrEnum):
    """The order of complaints."""

    NEWEST = "NEWEST"
    DUE = "DUE"


@dataclass(frozen=True, slots=True)
class ComplaintPlacingView:
    """What placed messages of a complaint depend on besides its own fields.

    `waiting_for` is the side that the latest message asks, VENDOR, OPERATOR or NOBODY, of a decided complaint
    the latest since the decision; `dismissed` are the rules whose banners the user dismissed.
    """

    policy: Policy
    decided_as_of: datetime
    waiting_for: str
    dismissed: list[str]


@dataclass(slots=True, eq=False, repr=False)
class ComplaintView:
    """A complaint; its items, files and messages are loaded on demand."""

    id: UUID
    version: int
    number: str
    status: ComplaintStatus
    submitted_at: datetime
    decide_by: datetime
    decided_at: datetime | None
    escalated_at: datetime | None
    vendor: VendorView
    file_id: UUID | None
    answer_file_id: UUID | None
    placing: ComplaintPlacingView = field(init=False)  # missing if the list did not read it


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """The number of items by verdict."""

    accepted: int = 0
    rejected: int = 0
    under_review: int = 0

    @property
    def total(self) -> int:
        """The number of all items."""
        return self.accepted + self.rejected + self.under_review


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """Filter for complaints; None matches everything."""

    status: ComplaintStatus | None = None
    number: str | None = None
    account_id: UUID | None = None
    submitted_from: datetime | None = None
    submitted_until: datetime | None = None


ORDERS = {
    ComplaintOrder.NEWEST: Order(
        "NEWEST", (Key("complaint.submitted_at", "timestamptz"), Key("complaint.id", "uuid")), descending=True
    ),
    ComplaintOrder.DUE: Order(
        "DUE", (Key("complaint.decide_by", "timestamptz"), Key("complaint.id", "uuid"))
    ),
}

_COLUMNS = f"""complaint.id, complaint.version, complaint.number, complaint.submitted_at, complaint.decide_by,
    complaint.decided_at, complaint.escalated_at, complaint.file_id, complaint.answer_file_id,
    account.id AS account_id, account.name AS account_name, {NOW} AS now"""
_WAITING_FOR = """coalesce((SELECT CASE WHEN message.from_operator THEN 'VENDOR' ELSE 'OPERATOR' END
    FROM complaint_message AS message
    WHERE message.complaint_id = complaint.id
      AND (complaint.decided_at IS NULL OR message.at >= complaint.decided_at)
    ORDER BY message.at DESC, message.id DESC LIMIT 1), 'NOBODY')"""
_FROM = "FROM complaint JOIN account ON account.id = complaint.account_id"


def complaints_of(viewer: Viewer) -> SelectStatement:
    """Begin a statement about the complaints that the viewer may see; its FROM must contain `complaint`."""
    statement = SelectStatement([])
    if not viewer.operator:
        statement.where(f"complaint.account_id = {statement.bind(viewer.vendor_id, 'uuid')}")
    return statement


def _keep(statement: SelectStatement, criteria: ComplaintFilter) -> None:
    if criteria.status is not None:
        statement.where(status_sql(criteria.status, NOW))
    if criteria.number is not None:
        statement.where(f"complaint.number = {statement.bind(criteria.number, 'text')}")
    if criteria.account_id is not None:
        statement.where(f"complaint.account_id = {statement.bind(criteria.account_id, 'uuid')}")
    if criteria.submitted_from is not None:
        statement.where(f"complaint.submitted_at >= {statement.bind(criteria.submitted_from, 'timestamptz')}")
    if criteria.submitted_until is not None:
        statement.where(f"complaint.submitted_at < {statement.bind(criteria.submitted_until, 'timestamptz')}")


def columns(statement: SelectStatement, viewer: Viewer, *, placed: bool) -> str:
    """Return the select list, with what placed messages depend on if they are read."""
    if not placed:
        return _COLUMNS
    user = statement.bind(viewer.user_id, "uuid")
    return f"""{_COLUMNS}, complaint.policy_id, {_WAITING_FOR} AS waiting_for,
        ARRAY(SELECT dismissal.rule_id FROM banner_dismissal AS dismissal
              WHERE dismissal.user_id = {user} AND dismissal.subject = complaint.id) AS dismissed_rules"""


async def complaint_views(conn: Connection, rows: Sequence[Record], *, placed: bool) -> list[ComplaintView]:
    """Create the views of these rows."""
    views = [_view(row) for row in rows]
    if placed:
        policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
        for view, row in zip(views, rows, strict=True):
            view.placing = ComplaintPlacingView(
                policies[row["policy_id"]], row["now"], row["waiting_for"], row["dismissed_rules"]
            )
    return views


def _view(row: Record) -> ComplaintView:
    return ComplaintView(
        id=row["id"],
        version=row["version"],
        number=row["number"],
        status=status_of(row["decided_at"], row["decide_by"], row["now"]),
        submitted_at=row["submitted_at"],
        decide_by=row["decide_by"],
        decided_at=row["decided_at"],
        escalated_at=row["escalated_at"],
        vendor=VendorView(row["account_id"], row["account_name"]),
        file_id=row["file_id"],
        answer_file_id=row["answer_file_id"],
    )


async def list_complaints(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    order: ComplaintOrder,
    criteria: ComplaintFilter,
    *,
    placed: bool = True,
) -> Page[ComplaintView]:
    """List the complaints that the viewer may see, with placed messages or without: one statement."""
    statement = complaints_of(viewer)
    _keep(statement, criteria)
    select = f"WITH {CLOCK} SELECT {columns(statement, viewer, placed=placed)}"
    found = await fetch_slice(conn, select, _FROM, statement, ORDERS[order], part)
    return Page(await complaint_views(conn, found.rows, placed=placed), found)


async def count_complaints(conn: Connection, viewer: Viewer, criteria: ComplaintFilter) -> Count:
    """Count all complaints that `list_complaints` would list."""
    statement = complaints_of(viewer)
    _keep(statement, criteria)
    return await count_rows(conn, f"WITH {CLOCK}", _FROM, statement)


async def complaints_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ComplaintView]:
    """Return those of the complaints that the viewer may see, in one statement."""
    statement = complaints_of(viewer)
    statement.where(f"complaint.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    select = f"WITH {CLOCK} SELECT {columns(statement, viewer, placed=True)}"
    rows = await fetch_rows(conn, select, _FROM, statement)
    return {view.id: view for view in await complaint_views(conn, rows, placed=True)}


async def counts_of(conn: Connection, complaint_ids: Collection[UUID]) -> dict[UUID, ComplaintCounts]:
    """Count each complaint's items by verdict, in one statement; the caller checks that the viewer may see
    them.
    """
    rows = await fetch(
        conn,
        """SELECT complaint_id, count(*) FILTER (WHERE verdict = 'ACCEPTED') AS accepted,
                  count(*) FILTER (WHERE verdict = 'REJECTED') AS rejected,
                  count(*) FILTER (WHERE verdict = 'UNDER_REVIEW') AS under_review
           FROM complaint_item WHERE complaint_id = ANY($1::uuid[]) GROUP BY complaint_id""",
        list(complaint_ids),
    )
    counted = {
        row["complaint_id"]: ComplaintCounts(row["accepted"], row["rejected"], row["under_review"])
        for row in rows
    }
    return {one: counted.get(one, ComplaintCounts()) for one in complaint_ids}
