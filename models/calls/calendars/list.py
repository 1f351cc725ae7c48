"""Calendars of employees, for those who manage the company and for the employee; agents see none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import SelectStatement
from models.base.pages import by_owner
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.calendars.reading import CalendarProblem
from models.calls.list import manages, may_see_employee

_CALENDARS = """SELECT employee_calendar.id, employee_calendar.version, employee_calendar.employee_id, host,
        use_titles, tentative_counts, fetched_at, read_at, next_at, problem, stale_since, warnings,
        (SELECT count(*) FROM appointment
         WHERE appointment.calendar_id = employee_calendar.id) AS appointments
    FROM employee_calendar
        JOIN employee ON employee.id = employee_calendar.employee_id AND employee.removed_at IS NULL
        JOIN secretariat ON secretariat.id = employee.secretariat_id"""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar without its address, of which only the host is shown."""

    id: UUID
    version: int
    employee_id: UUID
    host: str | None
    use_titles: bool
    tentative_counts: bool
    fetched_at: datetime | None
    next_at: datetime | None
    problem: CalendarProblem | None
    stale_since: datetime | None
    appointments: int
    warnings: Mapping[str, int]


def sees_calendars(viewer: Viewer) -> bool:
    """Return whether the viewer sees calendars at all: their times, and titles, are no business of agents."""
    return manages(viewer) or Role.EMPLOYEE in viewer.roles


def _view(row: Record) -> CalendarView:
    return CalendarView(
        row["id"],
        row["version"],
        row["employee_id"],
        row["host"],
        row["use_titles"],
        row["tentative_counts"],
        row["fetched_at"] or row["read_at"],
        row["next_at"],
        None if row["problem"] is None else CalendarProblem(row["problem"]),
        row["stale_since"],
        row["appointments"],
        orjson.loads(row["warnings"]),
    )


async def calendars_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, CalendarView]:
    """Return the calendars with these ids that the viewer may see."""
    statement = SelectStatement([list(ids)])
    statement.where("employee_calendar.id = ANY($1::uuid[])")
    statement.where(may_see_employee(statement, viewer) if sees_calendars(viewer) else "false")
    rows = await fetch(conn, f"{_CALENDARS} WHERE {statement.all_conditions()}", *statement.values)
    return {row["id"]: _view(row) for row in rows}


async def calendars_of(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, list[CalendarView]]:
    """Return the calendars of employees, the oldest first."""
    statement = SelectStatement([list(ids)])
    statement.where("employee_calendar.employee_id = ANY($1::uuid[])")
    statement.where(may_see_employee(statement, viewer) if sees_calendars(viewer) else "false")
    rows = await fetch(
        conn,
        f"{_CALENDARS} WHERE {statement.all_conditions()} ORDER BY employee_calendar.id",
        *statement.values,
    )
    return by_owner(rows, ids, "employee_id", _view)
