"""Look-ups of statements, limited to what the viewer may see."""

from collections.abc import Collection
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.contacting.advice_views import StatementView
from models.contacting.list import held_persons
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.statement_origin import StatementOrigin

_READ = """SELECT id, prospect_id, kind, strength, origin, at, whole_house, until, taken_back_at
    FROM contact_statement AS statement"""


async def statements_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, StatementView]:
    """Return those of these statements that the viewer may see, also those that were taken back.

    A vendor sees its own and those to everybody, while it sees contact data of the person; the person sees
    those to everybody, because what vendors noted is told on request; operators see all.
    """
    condition = "($2::uuid IS NULL OR account_id = $2 OR account_id IS NULL)"
    if viewer.vendor_id is None and not viewer.operator:
        condition = "$2::uuid IS NULL AND account_id IS NULL AND prospect_id = $3"
    rows = await fetch(
        conn,
        f"{_READ} WHERE id = ANY($1::uuid[]) AND {condition} AND ($3::uuid IS NULL OR prospect_id = $3)",
        list(ids),
        viewer.vendor_id,
        None if viewer.operator or viewer.vendor_id is not None else viewer.prospect_id,
    )
    if viewer.vendor_id is not None:
        held = await held_persons(conn, viewer, {row["prospect_id"] for row in rows})
        rows = [row for row in rows if row["prospect_id"] in held]
    return {row["id"]: _view(row) for row in rows}


async def statements_of_act(conn: Connection, viewer: Viewer, act_id: UUID) -> list[StatementView]:
    """Return what the account noted of one text, in the order in which it was stored."""
    rows = await fetch(
        conn,
        f"{_READ} WHERE act_id = $1 AND account_id = $2 ORDER BY kind, id",
        act_id,
        viewer.vendor_id,
    )
    return [_view(row) for row in rows]


def _view(row: Record) -> StatementView:
    return StatementView(
        row["id"],
        StatementKind(row["kind"]),
        Strength(row["strength"]),
        StatementOrigin(row["origin"]),
        row["at"],
        row["whole_house"],
        row["until"],
        row["taken_back_at"],
    )
