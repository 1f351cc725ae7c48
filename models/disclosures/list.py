"""The register of disclosures as a list: prospects see who received their own data, operators everything.

An entry has no contact data, and stays after the person was erased.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection
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
from models.contact_data.categories import DataCategory
from rules.visibility import DisclosureBasis

LATEST_NOTICES = 2_000
NEWEST_DISCLOSURE = Order("NEWEST", (Key("disclosure.delivery_id", "uuid"),), descending=True)


class NoticeState(StrEnum):
    """What became of the notice to the person."""

    WAITING = "WAITING"
    SENT = "SENT"
    UNDELIVERED = "UNDELIVERED"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class DisclosureFilter:
    """Filter for disclosures; None does not filter."""

    lead_id: UUID | None = None
    basis: DisclosureBasis | None = None
    notice_state: NoticeState | None = None  # looks through the latest 2,000 disclosures


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """An entry of the register; its id is that of the delivery. `dispatch_id` is the viewer's notice."""

    id: UUID
    lead_id: UUID
    vendor_id: UUID
    vendor_name: str
    at: datetime
    basis: DisclosureBasis
    categories: tuple[DataCategory, ...]
    decision_id: UUID
    notice_state: NoticeState
    dispatch_id: UUID | None


# A notice that bounced later was not delivered. Dispatches to an erased person expire.
_NOTICE_STATE = """CASE WHEN disclosure.notice_message_id IS NULL THEN 'NONE'
            WHEN message.expanded_at IS NULL THEN 'WAITING'
            WHEN notice.sent THEN 'SENT' WHEN notice.waiting THEN 'WAITING'
            WHEN prospect.erased_at IS NOT NULL THEN 'NONE' ELSE 'UNDELIVERED' END"""
_SELECT = f"""SELECT disclosure.delivery_id AS id, delivery.lead_id, account.id AS vendor_id,
        account.name AS vendor_name, delivery.received_at AS at, disclosure.basis, disclosure.categories,
        delivery.decision_id, notice.dispatch_id, {_NOTICE_STATE} AS notice_state"""
_TABLES = """FROM disclosure JOIN delivery ON delivery.id = disclosure.delivery_id
    JOIN account ON account.id = delivery.account_id
    JOIN prospect ON prospect.id = disclosure.prospect_id
    LEFT JOIN outbox_message AS message ON message.id = disclosure.notice_message_id
    LEFT JOIN LATERAL (
        SELECT bool_or(state = 'SENT' AND receipt IS DISTINCT FROM 'BOUNCED') AS sent,
               bool_or(state IN ('WAITING', 'SENDING', 'UNCERTAIN')) AS waiting,
               (array_agg(id ORDER BY id) FILTER (WHERE $1::boolean OR user_id = $2::uuid))[1] AS dispatch_id
        FROM dispatch WHERE dispatch.message_id = message.id) AS notice ON true"""
_COUNTED = "FROM disclosure JOIN delivery ON delivery.id = disclosure.delivery_id"


def _seen_by(viewer: Viewer, *before: object) -> SelectStatement:
    """Begin the condition after the parameters `before` it."""
    statement = SelectStatement(list(before))
    if not viewer.operator:
        statement.where(f"disclosure.prospect_id = {statement.bind(viewer.prospect_id, 'uuid')}")
    return statement


def _filtered(statement: SelectStatement, viewer: Viewer, criteria: DisclosureFilter) -> SelectStatement:
    if criteria.lead_id is not None:
        statement.where(f"delivery.lead_id = {statement.bind(criteria.lead_id, 'uuid')}")
    if criteria.basis is not None:
        statement.where(f"disclosure.basis = {statement.bind(criteria.basis, 'text')}")
    if criteria.notice_state is not None:
        statement.where(f"{_NOTICE_STATE} = {statement.bind(criteria.notice_state, 'text')}")
        own = "true" if viewer.operator else f"prospect_id = {statement.bind(viewer.prospect_id, 'uuid')}"
        statement.where(f"""disclosure.delivery_id >= coalesce((SELECT delivery_id FROM disclosure WHERE {own}
            ORDER BY delivery_id DESC OFFSET {LATEST_NOTICES - 1} LIMIT 1), '{UUID(int=0)}'::uuid)""")
    return statement


async def list_disclosures(
    conn: Connection, viewer: Viewer, part: Slice, criteria: DisclosureFilter
) -> Page[DisclosureView]:
    """List the disclosures that the viewer may see, newest first, in one statement."""
    statement = _filtered(_seen_by(viewer, viewer.operator, viewer.user_id), viewer, criteria)
    found = await fetch_slice(conn, _SELECT, _TABLES, statement, NEWEST_DISCLOSURE, part)
    return Page.of(found, _view)


async def count_disclosures(conn: Connection, viewer: Viewer, criteria: DisclosureFilter) -> Count:
    """Count all disclosures that `list_disclosures` would list."""
    if criteria.notice_state is None:
        return await count_rows(conn, "", _COUNTED, _filtered(_seen_by(viewer), viewer, criteria))
    statement = _seen_by(viewer, viewer.operator, viewer.user_id)
    return await count_rows(conn, "", _TABLES, _filtered(statement, viewer, criteria))


async def disclosures_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, DisclosureView]:
    """Return the disclosures with these ids that the viewer may see, in one statement."""
    statement = _seen_by(viewer, viewer.operator, viewer.user_id)
    statement.where(f"disclosure.delivery_id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, _SELECT, _TABLES, statement)
    return {row["id"]: _view(row) for row in rows}


def _view(row: Record) -> DisclosureView:
    return DisclosureView(
        id=row["id"],
        lead_id=row["lead_id"],
        vendor_id=row["vendor_id"],
        vendor_name=row["vendor_name"],
        at=row["at"],
        basis=DisclosureBasis(row["basis"]),
        categories=tuple(DataCategory(name) for name in row["categories"]),
        decision_id=row["decision_id"],
        notice_state=NoticeState(row["notice_state"]),
        dispatch_id=row["dispatch_id"],
    )
