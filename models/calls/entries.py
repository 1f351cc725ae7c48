"""Lists and look-ups of a company's VIP entries, FAQ, asked fields, hours, agents and changes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Count, Key, Order, Page, SelectStatement, Slice, count_rows, fetch_slice
from models.base.pages import by_owner, counts_of, pages_of
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.list import manages, may_see
from models.calls.presence import Span
from models.calls.recognition import VipTreatment, VipView
from models.calls.tables import AskedFieldKind, ChangeSubject
from models.calls.views import AskedFieldView, ChangeView, FaqView

VIP_COLUMNS = """vip_caller.id, vip_caller.version, vip_caller.secretariat_id, vip_caller.employee_id,
    vip_caller.number, vip_caller.block, vip_caller.name, vip_caller.note, vip_caller.treatment,
    vip_caller.waives"""
_FROM_VIPS = "FROM vip_caller JOIN secretariat ON secretariat.id = vip_caller.secretariat_id"
VIP_BY_AGE = Order("AGE", (Key("vip_caller.id", "uuid"),))


def vip_view(row: Record) -> VipView:
    """Return an entry."""
    return VipView(
        row["id"],
        row["version"],
        row["secretariat_id"],
        row["employee_id"],
        row["number"],
        row["block"],
        row["name"],
        row["note"],
        VipTreatment(row["treatment"]),
        row["waives"],
    )


@dataclass(frozen=True, slots=True)
class VipCriteria:
    """Which entries: of a company, or only those of one employee; `query` is in a name or begins a number."""

    secretariat_id: UUID | None = None
    employee_id: UUID | None = None
    query: str | None = None


def _vips(viewer: Viewer, criteria: VipCriteria) -> SelectStatement:
    statement = SelectStatement([])
    statement.where(may_see(statement, viewer) if manages(viewer) else "false")
    if criteria.secretariat_id is not None:
        statement.where(f"vip_caller.secretariat_id = {statement.bind(criteria.secretariat_id, 'uuid')}")
    if criteria.employee_id is not None:
        statement.where(f"vip_caller.employee_id = {statement.bind(criteria.employee_id, 'uuid')}")
    if criteria.query is not None and criteria.query.strip():
        given = statement.bind(criteria.query.strip(), "text")
        statement.where(
            f"(strpos(lower(vip_caller.name), lower({given})) > 0 OR starts_with(vip_caller.number, {given}))"
        )
    return statement


async def list_vips(conn: Connection, viewer: Viewer, criteria: VipCriteria, part: Slice) -> Page[VipView]:
    """List VIP entries, oldest first; for those who manage the company."""
    statement = _vips(viewer, criteria)
    found = await fetch_slice(conn, f"SELECT {VIP_COLUMNS}", _FROM_VIPS, statement, VIP_BY_AGE, part)
    return Page.of(found, vip_view)


async def count_vips(conn: Connection, viewer: Viewer, criteria: VipCriteria) -> Count:
    """Count them."""
    return await count_rows(conn, "", _FROM_VIPS, _vips(viewer, criteria))


async def vips_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, VipView]:
    """Return the VIP entries with these ids of a company that the viewer manages."""
    statement = _vips(viewer, VipCriteria())
    statement.where(f"vip_caller.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch(
        conn, f"SELECT {VIP_COLUMNS} {_FROM_VIPS} WHERE {statement.all_conditions()}", *statement.values
    )
    return {row["id"]: vip_view(row) for row in rows}


_FAQ = """SELECT faq_entry.id, faq_entry.version, secretariat_id, position, question, answer
    FROM faq_entry JOIN secretariat ON secretariat.id = faq_entry.secretariat_id"""


async def faq_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, FaqView]:
    """Return the FAQ entries with these ids that the viewer may see."""
    statement = SelectStatement([list(ids)])
    statement.where("faq_entry.id = ANY($1::uuid[])")
    statement.where(may_see(statement, viewer))
    rows = await fetch(conn, f"{_FAQ} WHERE {statement.all_conditions()}", *statement.values)
    return {row["id"]: FaqView(**dict(row)) for row in rows}


async def faq_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[FaqView]]:
    """Return the FAQ of secretariats that the viewer may see, in order."""
    rows = await fetch(conn, f"{_FAQ} WHERE secretariat.id = ANY($1::uuid[]) ORDER BY position, 1", list(ids))
    return by_owner(rows, ids, "secretariat_id", lambda row: FaqView(**dict(row)))


async def asked_fields_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[AskedFieldView]]:
    """Return what callers of secretariats are asked, in order."""
    rows = await fetch(
        conn,
        """SELECT secretariat_id, key, label, kind, choices, required, built_in FROM asked_field
           WHERE secretariat_id = ANY($1::uuid[]) ORDER BY position""",
        list(ids),
    )

    def view(row: Record) -> AskedFieldView:
        kind = AskedFieldKind(row["kind"])
        return AskedFieldView(
            row["key"], row["label"], kind, row["choices"], row["required"], row["built_in"]
        )

    return by_owner(rows, ids, "secretariat_id", view)


async def hours_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[Span]]:
    """Return the weekly hours of employees, in order."""
    rows = await fetch(
        conn,
        """SELECT employee_id, weekday, from_minute, until_minute FROM weekly_hours
           WHERE employee_id = ANY($1::uuid[]) ORDER BY weekday, from_minute""",
        list(ids),
    )
    return by_owner(
        rows, ids, "employee_id", lambda row: Span(row["weekday"], row["from_minute"], row["until_minute"])
    )


async def agents_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the users of the agents that may answer, if they are restricted."""
    rows = await fetch(
        conn,
        """SELECT secretariat_id, user_id FROM agent_of WHERE secretariat_id = ANY($1::uuid[])
           ORDER BY user_id""",
        list(ids),
    )
    return by_owner(rows, ids, "secretariat_id", lambda row: row["user_id"])


def reads_changes(viewer: Viewer) -> bool:
    """Return whether the viewer, as an owner or operator, reads who changed what."""
    return viewer.operator or Role.OWNER in viewer.roles


_CHANGES = """SELECT secretariat_change.id, secretariat_id, secretariat_change.at, by_id, subject_kind,
    subject_id, fields_changed"""
_FROM_CHANGES = "FROM secretariat_change JOIN secretariat ON secretariat.id = secretariat_id"
NEWEST_CHANGE = Order("NEWEST", (Key("secretariat_change.id", "uuid"),), descending=True)


def _change(row: Record) -> ChangeView:
    return ChangeView(
        row["id"],
        row["secretariat_id"],
        row["at"],
        row["by_id"],
        ChangeSubject(row["subject_kind"]),
        row["subject_id"],
        row["fields_changed"],
    )


async def list_changes(
    conn: Connection, viewer: Viewer, secretariat_id: UUID, part: Slice
) -> Page[ChangeView]:
    """List what was changed, newest first; for owners and operators."""
    statement = SelectStatement([secretariat_id])
    statement.where("secretariat.id = $1::uuid")
    statement.where(may_see(statement, viewer) if reads_changes(viewer) else "false")
    return Page.of(await fetch_slice(conn, _CHANGES, _FROM_CHANGES, statement, NEWEST_CHANGE, part), _change)


async def changes_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, ChangeView]:
    """Return the changes with these ids that the viewer may read."""
    statement = SelectStatement([list(ids)])
    statement.where("secretariat_change.id = ANY($1::uuid[])")
    statement.where(may_see(statement, viewer) if reads_changes(viewer) else "false")
    rows = await fetch(
        conn, f"{_CHANGES} {_FROM_CHANGES} WHERE {statement.all_conditions()}", *statement.values
    )
    return {row["id"]: _change(row) for row in rows}


async def pages_of_vips(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int, owner: str
) -> dict[UUID, Page[VipView]]:
    """Return the first VIP entries of each secretariat or employee in one statement."""
    source = (f"SELECT {VIP_COLUMNS}", _FROM_VIPS, f"vip_caller.{owner}")
    return await pages_of(conn, ids, size, source, VIP_BY_AGE, _vips(viewer, VipCriteria()), vip_view)


async def pages_of_changes(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int
) -> dict[UUID, Page[ChangeView]]:
    """Return the newest changes of each secretariat in one statement."""
    statement = SelectStatement([])
    statement.where(may_see(statement, viewer) if reads_changes(viewer) else "false")
    source = (_CHANGES, _FROM_CHANGES, "secretariat.id")
    return await pages_of(conn, ids, size, source, NEWEST_CHANGE, statement, _change)


async def counts_of_vips(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], owner: str
) -> dict[UUID, Count]:
    """Count the VIP entries of each secretariat or employee in one statement."""
    statement = _vips(viewer, VipCriteria())
    return await counts_of(conn, ids, _FROM_VIPS, f"vip_caller.{owner}", statement)
