"""Lists and look-ups of stops, attempts and opt-out lists, limited to what the viewer may see."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.base.pages import pages_of
from models.base.viewer import Viewer
from models.contacting.tables import ContactOutcome, OptOutListKind, StopOrigin, StopScope
from models.contacting.views import AttemptView, OptOutListView, StopView
from models.leads.list import leads_by_id
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.terms import Medium

NEWEST_ATTEMPT = Order(
    "contact-attempts",
    (Key("attempt.at", "timestamptz"), Key("attempt.id", "uuid")),
    descending=True,
)
_ATTEMPT = """SELECT attempt.id, attempt.lead_id, attempt.medium, attempt.goal, attempt.at, attempt.outcome,
    attempt.recorded_by_id IS NULL AS by_system, attempt.against_stop, attempt.advice_decision_id"""
_STOP = """SELECT stop.id, stop.prospect_id, stop.scope, stop.account_id, stop.medium, stop.since, stop.until,
    stop.origin, stop.lifted_at FROM do_not_contact AS stop"""
_LISTS = """SELECT id, name, country, medium, kind, entries, refreshed_at,
    refreshed_at + make_interval(secs => max_age) AS stale_from FROM opt_out_list"""


def _attempts_seen_by(viewer: Viewer) -> SelectStatement:
    """A vendor sees its own attempts, a prospect those to reach them, an operator all."""
    statement = SelectStatement([])
    if viewer.operator:
        return statement
    if viewer.vendor_id is not None:
        statement.where(f"attempt.account_id = {statement.bind(viewer.vendor_id, 'uuid')}")
    else:
        statement.where(f"attempt.prospect_id = {statement.bind(viewer.prospect_id, 'uuid')}")
    return statement


async def attempts_of_lead(conn: Connection, viewer: Viewer, lead_id: UUID, part: Slice) -> Page[AttemptView]:
    """List the attempts for a lead, newest first."""
    statement = _attempts_seen_by(viewer)
    statement.where(f"attempt.lead_id = {statement.bind(lead_id, 'uuid')}")
    found = await fetch_slice(
        conn, _ATTEMPT, "FROM contact_attempt AS attempt", statement, NEWEST_ATTEMPT, part
    )
    return Page.of(found, _attempt)


async def attempts_of_leads(
    conn: Connection, viewer: Viewer, lead_ids: Collection[UUID], size: int
) -> dict[UUID, Page[AttemptView]]:
    """Return the newest attempts for each lead, in one statement."""
    source = (_ATTEMPT, "FROM contact_attempt AS attempt", "attempt.lead_id")
    return await pages_of(conn, lead_ids, size, source, NEWEST_ATTEMPT, _attempts_seen_by(viewer), _attempt)


async def attempts_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, AttemptView]:
    """Return those of these attempts that the viewer may see."""
    statement = _attempts_seen_by(viewer)
    statement.where(f"attempt.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch(
        conn,
        f"{_ATTEMPT} FROM contact_attempt AS attempt WHERE {statement.all_conditions()}",
        *statement.values,
    )
    return {row["id"]: _attempt(row) for row in rows}


def _attempt(row: Record) -> AttemptView:
    return AttemptView(
        id=row["id"],
        lead_id=row["lead_id"],
        medium=Medium(row["medium"]),
        goal=ContactGoal(row["goal"]) if row["goal"] is not None else None,
        at=row["at"],
        outcome=ContactOutcome(row["outcome"]),
        by_system=row["by_system"],
        against_stop=row["against_stop"],
        decision_id=row["advice_decision_id"],
    )


async def stops_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, StopView]:
    """Return those of these stops that the viewer may see, lifted ones included.

    A vendor sees its own, and those that bind everybody while it sees contact data of the person; others
    must not learn that the person said anything.
    """
    if viewer.operator:
        rows = await fetch(conn, f"{_STOP} WHERE stop.id = ANY($1::uuid[])", list(ids))
    elif viewer.vendor_id is not None:
        rows = await fetch(
            conn,
            f"""{_STOP} WHERE stop.id = ANY($1::uuid[])
                AND (stop.scope = 'MARKET' OR stop.account_id = $2)""",
            list(ids),
            viewer.vendor_id,
        )
        held = await held_persons(conn, viewer, {row["prospect_id"] for row in rows})
        rows = [row for row in rows if row["prospect_id"] in held]
    else:
        rows = await fetch(
            conn,
            f"{_STOP} WHERE stop.id = ANY($1::uuid[]) AND stop.prospect_id = $2",
            list(ids),
            viewer.prospect_id,
        )
    return {row["id"]: stop_view(row) for row in rows}


async def held_persons(conn: Connection, viewer: Viewer, prospects: Collection[UUID]) -> set[UUID]:
    """Return those of these prospects of whom the viewer's account sees contact data, by any lead."""
    if not prospects:
        return set()
    rows = await fetch(
        conn,
        """SELECT lead.id FROM lead WHERE lead.prospect_id = ANY($1::uuid[])
           AND (EXISTS (SELECT FROM application
                        WHERE application.lead_id = lead.id AND application.account_id = $2)
                OR EXISTS (SELECT FROM delivery
                           WHERE delivery.lead_id = lead.id AND delivery.account_id = $2))""",
        list(prospects),
        viewer.vendor_id,
    )
    leads = await leads_by_id(conn, viewer, [row["id"] for row in rows])
    return {lead.prospect_id for lead in leads.values() if lead.contact is not None}


def stop_view(row: Record) -> StopView:
    """Return the view of a row; a stop whose end has passed was lifted then."""
    return StopView(
        id=row["id"],
        scope=StopScope(row["scope"]),
        medium=Medium(row["medium"]) if row["medium"] else None,
        since=row["since"],
        until=row["until"],
        origin=StopOrigin(row["origin"]),
        lifted_at=row["lifted_at"],
        account_id=row["account_id"],
    )


async def opt_out_lists(conn: Connection) -> list[OptOutListView]:
    """Return all lists by place and name; there are few."""
    return [_list(row) for row in await fetch(conn, f"{_LISTS} ORDER BY country, medium, kind, name, id")]


async def opt_out_lists_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, OptOutListView]:
    """Return these lists, to operators."""
    if not viewer.operator:
        return {}
    rows: Sequence[Record] = await fetch(conn, f"{_LISTS} WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: _list(row) for row in rows}


def _list(row: Record) -> OptOutListView:
    stale_from: datetime | None = row["stale_from"]
    return OptOutListView(
        id=row["id"],
        name=row["name"],
        country=row["country"],
        medium=Medium(row["medium"]),
        kind=OptOutListKind(row["kind"]),
        entries=row["entries"],
        refreshed_at=row["refreshed_at"],
        stale_from=stale_from,
    )
