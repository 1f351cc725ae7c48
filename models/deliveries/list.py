"""Lists of deliveries and of the vendors that a viewer deals with, and look-up by id."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.clock import NOW
from models.base.database import Connection, fetch
from models.base.keyset import (
    Count,
    Cut,
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
from models.leads.columns import ALL, COLUMNS, JOINS, WITH, Parts, Selected, columns, joins, scope, selected
from models.leads.rows import row_views
from models.leads.verdicts import SilentRows
from models.leads.views import DeliveryView, VendorView
from rules.visibility import DeliveryKind

NEWEST_DELIVERY = Order(
    "NEWEST", (Key("delivery.received_at", "timestamptz"), Key("delivery.id", "uuid")), descending=True
)

_TABLES = """FROM delivery JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = delivery.account_id"""
_DELIVERIES = f"{_TABLES} {JOINS}"


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Filter for deliveries; None does not filter."""

    kind: DeliveryKind | None = None
    received_from: datetime | None = None
    received_until: datetime | None = None
    # Only those without a complaint, whose window for one ends within so many days.
    window_ends_within_days: int | None = None


def _deliveries_of(viewer: Viewer) -> SelectStatement:
    statement = SelectStatement(list(scope(viewer)))
    if not viewer.operator:
        statement.where("delivery.account_id = $1::uuid")
    return statement


def _keep_deliveries(statement: SelectStatement, criteria: DeliveryFilter) -> None:
    if criteria.kind is not None:
        statement.where(f"delivery.kind = {statement.bind(criteria.kind, 'text')}")
    if criteria.received_from is not None:
        statement.where(f"delivery.received_at >= {statement.bind(criteria.received_from, 'timestamptz')}")
    if criteria.received_until is not None:
        statement.where(f"delivery.received_at < {statement.bind(criteria.received_until, 'timestamptz')}")
    if criteria.window_ends_within_days is not None:
        days = statement.bind(criteria.window_ends_within_days, "int")
        statement.where(f"delivery.complaint_until > {NOW}")
        statement.where(f"delivery.complaint_until <= {NOW} + make_interval(days => {days})")
        statement.where(
            "NOT EXISTS (SELECT FROM complaint_item WHERE complaint_item.delivery_id = delivery.id)"
        )


async def _delivery_views(
    conn: Connection, rows: Sequence[Record], viewer: Viewer, parts: Parts = ALL
) -> list[DeliveryView]:
    found = await row_views(conn, rows, viewer, parts)
    return [views.delivery for views in found if views.delivery is not None]


async def list_deliveries(
    conn: Connection, viewer: Viewer, part: Slice, criteria: DeliveryFilter, parts: Parts = ALL
) -> Page[DeliveryView]:
    """List the deliveries of the viewer's account, newest first, with these parts: one statement."""
    found = await _rows(conn, viewer, part, criteria, Selected(columns(parts), joins(parts)))
    return Page(await _delivery_views(conn, found.rows, viewer, parts), found)


async def delivery_rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    criteria: DeliveryFilter,
    names: tuple[str, ...],
    *,
    positions: bool = True,
) -> SilentRows:
    """Read columns of the same list, in order of `names`, with or without the positions of the rows."""
    return SilentRows(await _rows(conn, viewer, part, criteria, selected(names), positions=positions), None)


async def _rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    criteria: DeliveryFilter,
    wanted: Selected,
    *,
    positions: bool = True,
) -> Cut:
    statement = _deliveries_of(viewer)
    _keep_deliveries(statement, criteria)
    select, source = f"{WITH} SELECT {wanted.columns}", f"{_TABLES} {wanted.joins}"
    return await fetch_slice(conn, select, source, statement, NEWEST_DELIVERY, part, positions=positions)


async def count_deliveries(conn: Connection, viewer: Viewer, criteria: DeliveryFilter) -> Count:
    """Count all deliveries that `list_deliveries` would list."""
    statement = _deliveries_of(viewer)
    _keep_deliveries(statement, criteria)
    return await count_rows(conn, WITH, _DELIVERIES, statement)


async def deliveries_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, DeliveryView]:
    """Return the deliveries with these ids that the viewer may see, in one statement."""
    statement = _deliveries_of(viewer)
    statement.where(f"delivery.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"{WITH} SELECT {COLUMNS}", _DELIVERIES, statement)
    return {view.id: view for view in await _delivery_views(conn, rows, viewer)}


async def vendors_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, VendorView]:
    """Return the vendors with these ids that the viewer may see: its own, its applicants, those that received
    its contact data, or all.
    """
    rows = await fetch(
        conn,
        """SELECT account.id, account.name FROM account
           WHERE account.id = ANY($4::uuid[]) AND ($3::boolean OR account.id = $1::uuid OR EXISTS (
               SELECT FROM application JOIN lead ON lead.id = application.lead_id
               WHERE application.account_id = account.id AND lead.prospect_id = $2::uuid) OR EXISTS (
               SELECT FROM disclosure JOIN delivery ON delivery.id = disclosure.delivery_id
               WHERE delivery.account_id = account.id AND disclosure.prospect_id = $2::uuid))""",
        *scope(viewer)[:3],
        list(ids),
    )
    return {row["id"]: VendorView(row["id"], row["name"]) for row in rows}
