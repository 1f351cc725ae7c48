"""Lists and look-ups of secretariats, employees and their data, limited to what the viewer may see.

A company's owners and members see all of it, agents what they need for its calls, an employee with a
sub-account the own row and its appointments; operators see everything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Count, Key, Order, Page, SelectStatement, Slice, count_rows, fetch_slice
from models.base.pages import counts_of, pages_of
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.tables import AppointmentSource
from models.calls.views import AgentEmployeeView, AnyEmployee, AppointmentView, EmployeeView, SecretariatView
from rules.calls.call_route import TransferWish

_COLUMNS = {
    "id": "secretariat.id",
    "version": "secretariat.version",
    "account_id": "secretariat.account_id",
    "account_name": "account.name",
    "market_id": "secretariat.market_id",
    "greeting": "secretariat.greeting",
    "handling_instruction": "secretariat.handling_instruction",
    "language": "secretariat.language",
    "time_zone": "secretariat.time_zone",
    "holidays_of": "secretariat.holidays_of",
    "transfer_included": "secretariat.transfer_included",
    "fallback_employee_id": "secretariat.fallback_employee_id",
    "own_retention_days": "secretariat.retention_days",
    "confirmed_at": "secretariat.confirmed_at",
    "changed_parts": "secretariat.changed_parts",
    "phone_numbers": """ARRAY(SELECT number FROM secretariat_number
        WHERE secretariat_id = secretariat.id AND until IS NULL AND NOT block ORDER BY number)""",
    "number_blocks": """ARRAY(SELECT number FROM secretariat_number
        WHERE secretariat_id = secretariat.id AND until IS NULL AND block ORDER BY number)""",
    "stale_calendars_of": """ARRAY(SELECT trim(first_name || ' ' || last_name) FROM employee_calendar
        JOIN employee ON employee.id = employee_id AND employee.removed_at IS NULL
        WHERE stale_since IS NOT NULL AND employee.secretariat_id = secretariat.id
        ORDER BY sort_key, employee.id LIMIT 10)""",
    "check_by": """(SELECT due_at FROM deadline
        WHERE kind = 'SECRETARIAT_CHECK' AND subject = secretariat.id AND done_at IS NULL)""",
}
FROM_SECRETARIATS = "FROM secretariat JOIN account ON account.id = secretariat.account_id"


def secretariat_columns(prefix: str = "") -> str:
    """Return what `secretariat_view` reads of `FROM_SECRETARIATS`, with a prefix before each name."""
    return ", ".join(f"{expression} AS {prefix}{name}" for name, expression in _COLUMNS.items())


_SECRETARIATS = f"SELECT {secretariat_columns()} {FROM_SECRETARIATS}"


def may_see(statement: SelectStatement, viewer: Viewer) -> str:
    """Return the condition that the viewer may see a row of `secretariat`."""
    if viewer.operator:
        return "true"
    if viewer.vendor_id is not None:
        return f"secretariat.account_id = {statement.bind(viewer.vendor_id, 'uuid')}"
    if Role.AGENT in viewer.roles:
        user = statement.bind(viewer.user_id, "uuid")
        return f"""(NOT EXISTS (SELECT FROM agent_of WHERE agent_of.secretariat_id = secretariat.id)
            OR EXISTS (SELECT FROM agent_of
                       WHERE agent_of.secretariat_id = secretariat.id AND agent_of.user_id = {user}))"""
    return "false"


def may_see_employee(statement: SelectStatement, viewer: Viewer) -> str:
    """Return the condition that the viewer may see a row of `employee` of a `secretariat`."""
    if Role.EMPLOYEE in viewer.roles:
        return f"employee.user_id = {statement.bind(viewer.user_id, 'uuid')}"
    return may_see(statement, viewer)


def manages(viewer: Viewer) -> bool:
    """Return whether the viewer acts for a company, or is an operator: sees what it may see in full."""
    return viewer.operator or viewer.vendor_id is not None


async def secretariats_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, SecretariatView]:
    """Return the secretariats with these ids that the viewer may see."""
    statement = SelectStatement([list(ids)])
    statement.where("secretariat.id = ANY($1::uuid[])")
    statement.where(may_see(statement, viewer))
    rows = await fetch(conn, f"{_SECRETARIATS} WHERE {statement.all_conditions()}", *statement.values)
    return {row["id"]: secretariat_view(row, viewer) for row in rows}


def answers(number: str) -> str:
    """Return the SQL condition that the `secretariat` of a row answers a number: one of its own, or one that
    begins with one of its blocks.
    """
    return f"""secretariat.id IN (SELECT secretariat_id FROM secretariat_number AS answered
        WHERE until IS NULL AND (answered.number = {number}
            OR (block AND starts_with({number}, answered.number))))"""


async def find_secretariat(
    conn: Connection, viewer: Viewer, *, number: str | None = None, account_id: UUID | None = None
) -> SecretariatView | None:
    """Return the secretariat that answers a number, or that an account has; the viewer's own without both."""
    statement = SelectStatement([])
    statement.where(may_see(statement, viewer))
    if number is not None:
        statement.where(answers(statement.bind(number, "text")))
    if account_id is not None:
        statement.where(f"secretariat.account_id = {statement.bind(account_id, 'uuid')}")
    if number is None and account_id is None:
        statement.where(f"secretariat.account_id = {statement.bind(viewer.vendor_id, 'uuid')}")
    rows = await fetch(conn, f"{_SECRETARIATS} WHERE {statement.all_conditions()} LIMIT 1", *statement.values)
    return secretariat_view(rows[0], viewer) if rows else None


def secretariat_view(row: Record, viewer: Viewer, prefix: str = "") -> SecretariatView:
    """Return the view of a row with `secretariat_columns`."""
    return SecretariatView(**{name: row[prefix + name] for name in _COLUMNS}, manages=manages(viewer))


_CARD = """employee.id, employee.version, employee.secretariat_id, first_name, last_name, position,
    responsibility, wish, sms_tick, vip_sms_tick, deputy_id, absence_text"""
_FULL = f"{_CARD}, email, cc, mobile, extension, user_id"
_FROM_EMPLOYEES = "FROM employee JOIN secretariat ON secretariat.id = employee.secretariat_id"
BY_NAME = Order("NAME", (Key("employee.sort_key", "text"), Key("employee.id", "uuid")))


def _employee(row: Record, *, full: bool, asked_at: datetime | None = None) -> AnyEmployee:
    values = dict(row) | {"wish": TransferWish(row["wish"]), "asked_at": asked_at}
    names = EmployeeView.__dataclass_fields__ if full else AgentEmployeeView.__dataclass_fields__
    known = {name: value for name, value in values.items() if name in names}
    return EmployeeView(**known) if full else AgentEmployeeView(**known)


async def employees_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], *, removed: bool = False
) -> dict[UUID, AnyEmployee]:
    """Return the employees with these ids that the viewer may see; `removed`: also those who were removed."""
    statement = SelectStatement([list(ids)])
    statement.where("employee.id = ANY($1::uuid[])")
    if not removed:
        statement.where("removed_at IS NULL")
    statement.where(may_see_employee(statement, viewer))
    columns = _FULL if manages(viewer) else _CARD
    rows = await fetch(
        conn, f"SELECT {columns} {_FROM_EMPLOYEES} WHERE {statement.all_conditions()}", *statement.values
    )
    return {row["id"]: _employee(row, full=manages(viewer)) for row in rows}


async def own_employee(conn: Connection, viewer: Viewer) -> AnyEmployee | None:
    """Return the viewer's own row of an employee with a sub-account."""
    rows = await fetch(
        conn,
        f"SELECT {_CARD} FROM employee WHERE user_id = $1 AND removed_at IS NULL",
        viewer.user_id if Role.EMPLOYEE in viewer.roles else None,
    )
    return _employee(rows[0], full=False) if rows else None


def _matching(statement: SelectStatement, query: str | None) -> None:
    statement.where("removed_at IS NULL")
    if query is not None and query.strip():
        escaped = query.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = statement.bind(f"%{escaped}%", "text")
        statement.where(
            f"""(first_name || ' ' || last_name ILIKE {pattern} OR position ILIKE {pattern}
                 OR responsibility ILIKE {pattern})"""
        )


async def list_employees(
    conn: Connection,
    viewer: Viewer,
    secretariat_id: UUID,
    query: str | None,
    part: Slice,
    asked_at: datetime | None,
) -> Page[AnyEmployee]:
    """List a company's employees by last name; `query` is in a name, position or responsibility."""
    statement = SelectStatement([secretariat_id])
    statement.where("employee.secretariat_id = $1::uuid")
    statement.where(may_see(statement, viewer))
    _matching(statement, query)
    full = manages(viewer)
    found = await fetch_slice(
        conn, f"SELECT {_FULL if full else _CARD}", _FROM_EMPLOYEES, statement, BY_NAME, part
    )
    return Page.of(found, lambda row: _employee(row, full=full, asked_at=asked_at))


async def count_employees(conn: Connection, viewer: Viewer, secretariat_id: UUID, query: str | None) -> Count:
    """Count them."""
    statement = SelectStatement([secretariat_id])
    statement.where("employee.secretariat_id = $1::uuid")
    statement.where(may_see(statement, viewer))
    _matching(statement, query)
    return await count_rows(conn, "", _FROM_EMPLOYEES, statement)


_APPOINTMENTS = """SELECT appointment.id, appointment.version, appointment.employee_id, starts_at, ends_at,
    first_day, last_day, text, reachable, source"""
_FROM_APPOINTMENTS = """FROM appointment
    JOIN employee ON employee.id = appointment.employee_id AND employee.removed_at IS NULL
    JOIN secretariat ON secretariat.id = employee.secretariat_id"""
BY_START = Order("START", (Key("appointment.starts_at", "timestamptz"), Key("appointment.id", "uuid")))


@dataclass(frozen=True, slots=True)
class Between:
    """Appointments that hold at some instant of a period, each end of which may be open."""

    begin: datetime | None = None
    end: datetime | None = None


def _appointment(row: Record) -> AppointmentView:
    return AppointmentView(
        row["id"],
        row["version"],
        row["employee_id"],
        row["starts_at"],
        row["ends_at"],
        row["first_day"],
        row["last_day"],
        row["text"],
        row["reachable"],
        AppointmentSource(row["source"]),
    )


def _during(statement: SelectStatement, period: Between) -> None:
    if period.begin is not None:
        statement.where(f"ends_at > {statement.bind(period.begin, 'timestamptz')}")
    if period.end is not None:
        statement.where(f"starts_at < {statement.bind(period.end, 'timestamptz')}")


async def list_appointments(
    conn: Connection, viewer: Viewer, employee_id: UUID, period: Between, part: Slice
) -> Page[AppointmentView]:
    """List an employee's appointments by their start."""
    statement = SelectStatement([employee_id])
    statement.where("appointment.employee_id = $1::uuid")
    statement.where(may_see_employee(statement, viewer))
    _during(statement, period)
    found = await fetch_slice(conn, _APPOINTMENTS, _FROM_APPOINTMENTS, statement, BY_START, part)
    return Page.of(found, _appointment)


async def count_appointments(conn: Connection, viewer: Viewer, employee_id: UUID, period: Between) -> Count:
    """Count them."""
    statement = SelectStatement([employee_id])
    statement.where("appointment.employee_id = $1::uuid")
    statement.where(may_see_employee(statement, viewer))
    _during(statement, period)
    return await count_rows(conn, "", _FROM_APPOINTMENTS, statement)


async def appointments_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, AppointmentView]:
    """Return the appointments with these ids that the viewer may see."""
    statement = SelectStatement([list(ids)])
    statement.where("appointment.id = ANY($1::uuid[])")
    statement.where(may_see_employee(statement, viewer))
    rows = await fetch(
        conn,
        f"{_APPOINTMENTS} {_FROM_APPOINTMENTS} WHERE {statement.all_conditions()}",
        *statement.values,
    )
    return {row["id"]: _appointment(row) for row in rows}


async def appointments_of_calendar(
    conn: Connection, viewer: Viewer, calendar_id: UUID
) -> list[AppointmentView]:
    """Return all appointments of a calendar, at most 5,000, by their start."""
    statement = SelectStatement([calendar_id])
    statement.where("appointment.calendar_id = $1::uuid")
    statement.where(may_see_employee(statement, viewer))
    rows = await fetch(
        conn,
        f"""{_APPOINTMENTS} {_FROM_APPOINTMENTS} WHERE {statement.all_conditions()}
            ORDER BY starts_at, appointment.id""",
        *statement.values,
    )
    return [_appointment(row) for row in rows]


async def pages_of_employees(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int
) -> dict[UUID, Page[AnyEmployee]]:
    """Return the first employees of each secretariat in one statement."""
    statement = SelectStatement([])
    statement.where("removed_at IS NULL")
    statement.where(may_see(statement, viewer))
    full = manages(viewer)
    select = f"SELECT {_FULL if full else _CARD}"
    owner = "employee.secretariat_id"
    return await pages_of(
        conn,
        ids,
        size,
        (select, _FROM_EMPLOYEES, owner),
        BY_NAME,
        statement,
        lambda row: _employee(row, full=full),
    )


async def pages_of_appointments(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int, period: Between
) -> dict[UUID, Page[AppointmentView]]:
    """Return the first appointments of each employee in one statement."""
    statement = SelectStatement([])
    statement.where(may_see_employee(statement, viewer))
    _during(statement, period)
    source = (_APPOINTMENTS, _FROM_APPOINTMENTS, "appointment.employee_id")
    return await pages_of(conn, ids, size, source, BY_START, statement, _appointment)


async def counts_of_employees(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Count]:
    """Count the employees of each secretariat in one statement."""
    statement = SelectStatement([])
    statement.where("removed_at IS NULL")
    statement.where(may_see(statement, viewer))
    return await counts_of(conn, ids, _FROM_EMPLOYEES, "employee.secretariat_id", statement)


async def counts_of_appointments(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], period: Between
) -> dict[UUID, Count]:
    """Count the appointments of each employee in one statement."""
    statement = SelectStatement([])
    statement.where(may_see_employee(statement, viewer))
    _during(statement, period)
    return await counts_of(conn, ids, _FROM_APPOINTMENTS, "appointment.employee_id", statement)
