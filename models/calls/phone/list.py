"""Lists and look-ups of telephone systems, their users and their events; for operators. Secrets stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.base.pages import by_owner, pages_of
from models.base.viewer import Viewer
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.tables import PhoneEventResult

NEWEST_EVENT = Order("NEWEST", (Key("event.id", "uuid"),), descending=True)


@dataclass(frozen=True, slots=True)
class SystemView:
    """A telephone system. `secret_rotates_until` is None unless two secrets are good now; `last_event_at` is
    None if nothing came in the last 30 days.
    """

    id: UUID
    version: int
    name: str
    driver: PhoneDriver
    region: str
    public_url: str | None
    secret_rotates_until: datetime | None
    last_event_at: datetime | None


@dataclass(frozen=True, slots=True)
class PhoneUserView:
    """Which agent a user of a telephone system is."""

    key: str
    agent_id: UUID


@dataclass(frozen=True, slots=True)
class EventView:
    """An event that a telephone system sent."""

    id: UUID
    kind: str
    at: datetime
    received_at: datetime
    result: PhoneEventResult
    detail: str | None
    call_id: UUID | None


_SYSTEMS = """SELECT system.id, version, name, driver, region, public_url,
        CASE WHEN rotates_until > leadgate_clock() THEN rotates_until END AS secret_rotates_until,
        (SELECT received_at FROM phone_event WHERE system_id = system.id ORDER BY phone_event.id DESC LIMIT 1)
            AS last_event_at
    FROM phone_system AS system WHERE deleted_at IS NULL"""
_EVENTS = "SELECT event.id, kind, at, received_at, result, detail, call_id"
_FROM_EVENTS = """FROM phone_event AS event
    JOIN phone_system AS system ON system.id = event.system_id AND system.deleted_at IS NULL"""


def _system(row: Record) -> SystemView:
    return SystemView(**{**dict(row), "driver": PhoneDriver(row["driver"])})


def _event(row: Record) -> EventView:
    known = {name: row[name] for name in EventView.__dataclass_fields__}
    return EventView(**{**known, "result": PhoneEventResult(row["result"])})


async def list_systems(conn: Connection, viewer: Viewer) -> list[SystemView]:
    """Return all telephone systems, by their names."""
    if not viewer.operator:
        return []
    return [_system(row) for row in await fetch(conn, f"{_SYSTEMS} ORDER BY name, system.id")]


async def systems_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, SystemView]:
    """Return the telephone systems with these ids."""
    if not viewer.operator:
        return {}
    rows = await fetch(conn, f"{_SYSTEMS} AND system.id = ANY($1::uuid[])", list(ids))
    return {row["id"]: _system(row) for row in rows}


async def users_of_systems(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, list[PhoneUserView]]:
    """Return the users of each telephone system, by their keys, in one statement."""
    rows = await fetch(
        conn,
        "SELECT system_id, key, agent_id FROM phone_user WHERE system_id = ANY($1::uuid[]) ORDER BY key",
        list(ids) if viewer.operator else [],
    )
    return by_owner(rows, ids, "system_id", lambda row: PhoneUserView(row["key"], row["agent_id"]))


def _events_seen_by(viewer: Viewer, result: PhoneEventResult | None) -> SelectStatement:
    statement = SelectStatement([])
    statement.where("true" if viewer.operator else "false")
    if result is not None:
        statement.where(f"event.result = {statement.bind(result.value, 'text')}")
    return statement


async def list_events(
    conn: Connection, viewer: Viewer, system_id: UUID, part: Slice, result: PhoneEventResult | None
) -> Page[EventView]:
    """List the events of a telephone system, newest first."""
    statement = _events_seen_by(viewer, result)
    statement.where(f"event.system_id = {statement.bind(system_id, 'uuid')}")
    return Page.of(await fetch_slice(conn, _EVENTS, _FROM_EVENTS, statement, NEWEST_EVENT, part), _event)


async def pages_of_events(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int, result: PhoneEventResult | None
) -> dict[UUID, Page[EventView]]:
    """Return the newest events of each telephone system in one statement."""
    statement = _events_seen_by(viewer, result)
    source = (_EVENTS, _FROM_EVENTS, "event.system_id")
    return await pages_of(conn, ids, size, source, NEWEST_EVENT, statement, _event)


async def events_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, EventView]:
    """Return the events with these ids."""
    statement = _events_seen_by(viewer, None)
    statement.where(f"event.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch(
        conn, f"{_EVENTS} {_FROM_EVENTS} WHERE {statement.all_conditions()}", *statement.values
    )
    return {row["id"]: _event(row) for row in rows}
