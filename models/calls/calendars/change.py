"""Changes of an employee's calendars: add, change, read at once, delete (S4 R.hours).

For the company's owners and members, operators, and employees with a sub-account about their own.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Record

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.calendars.address import Address, check_address, seal_address
from models.calls.calendars.limits import ASK_SECONDS, MOST_CALENDARS
from models.calls.calendars.store import drop_titles
from models.calls.edit import Edit, check_may_change, check_version, editing_of
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.outside.transport import OutsideTransport

_ACTION = "change calendars"
_LOCK = """SELECT version, url IS NOT NULL AS feed, use_titles, tentative_counts, asked_at, employee_id
    FROM employee_calendar WHERE id = $1 FOR NO KEY UPDATE"""
# What was read from another address, or otherwise, says nothing about what is read next.
_READ_ANEW = """etag = NULL, last_modified = NULL, digest = NULL, next_at = $2, failures = 0, problem = NULL,
    failing_since = NULL, stale_since = NULL"""


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """What is set; None leaves it as it is."""

    url: str | None = None
    use_titles: bool | None = None
    tentative_counts: bool | None = None


async def create_calendar(
    viewer: Viewer,
    sealer: Sealer,
    outside: OutsideTransport,
    *,
    employee_id: UUID,
    changes: CalendarChanges,
    idempotency_key: str | None,
    given: dict[str, object],
) -> UUID:
    """Add a feed, which is read within a minute. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    if changes.url is None:
        raise CallRefusal.CALENDAR_URL_MISSING.at("url")
    url = await check_address(outside, changes.url)
    calendar_id = new_id()
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        earlier = await edit.first("employeeCalendarSet", idempotency_key, given, calendar_id)
        if earlier is not None:
            return earlier
        await insert_calendar(
            edit,
            calendar_id,
            employee_id,
            use_titles=changes.use_titles or False,
            tentative_counts=changes.tentative_counts or False,
        )
        await _store_address(edit, sealer, calendar_id, url)
    return calendar_id


async def insert_calendar(
    edit: Edit, calendar_id: UUID, employee_id: UUID, *, use_titles: bool, tentative_counts: bool
) -> None:
    """Add a calendar without an address. Raises `Refusal` LIMIT_EXCEEDED."""
    row = await fetch_one(
        edit.conn, "SELECT count(*) AS n FROM employee_calendar WHERE employee_id = $1", employee_id
    )
    if row is not None and row["n"] >= MOST_CALENDARS:
        raise CallRefusal.TOO_MANY_CALENDARS.at("employeeId", most=MOST_CALENDARS)
    await fetch(
        edit.conn,
        """INSERT INTO employee_calendar (id, employee_id, version, use_titles, tentative_counts, failures,
                                          warnings, made_at)
           VALUES ($1, $2, 1, $3, $4, 0, '{}', $5)""",
        calendar_id,
        employee_id,
        use_titles,
        tentative_counts,
        edit.now,
    )
    await edit.note(ChangeSubject.CALENDAR, calendar_id, ["created"])


async def update_calendar(
    viewer: Viewer,
    sealer: Sealer,
    outside: OutsideTransport,
    *,
    calendar_id: UUID,
    expected_version: int | None,
    changes: CalendarChanges,
) -> UUID:
    """Change a calendar. Titles that may no longer be told are gone at once. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, ChangeSubject.CALENDAR, calendar_id, "calendarId") as edit:
        await _locked(edit.conn, calendar_id, expected_version)  # before anybody's address is resolved
    url = None if changes.url is None else await check_address(outside, changes.url)
    async with editing_of(viewer, ChangeSubject.CALENDAR, calendar_id, "calendarId") as edit:
        row = await _locked(edit.conn, calendar_id, expected_version)
        titles = row["use_titles"] if changes.use_titles is None else changes.use_titles
        tentative = row["tentative_counts"] if changes.tentative_counts is None else changes.tentative_counts
        read_anew = url is not None or tentative != row["tentative_counts"] or titles > row["use_titles"]
        if read_anew and not row["feed"]:
            raise CallRefusal.CALENDAR_IS_A_FILE.at(_field_of(url, titles=titles > row["use_titles"]))
        changed = [
            name
            for name, differs in (
                ("url", url is not None),
                ("useTitles", titles != row["use_titles"]),
                ("tentativeCounts", tentative != row["tentative_counts"]),
            )
            if differs
        ]
        if not changed:
            return calendar_id
        await fetch(
            edit.conn,
            """UPDATE employee_calendar SET version = version + 1, use_titles = $2, tentative_counts = $3
               WHERE id = $1""",
            calendar_id,
            titles,
            tentative,
        )
        if url is not None:
            await _store_address(edit, sealer, calendar_id, url)
        elif read_anew:
            await fetch(
                edit.conn, f"UPDATE employee_calendar SET {_READ_ANEW} WHERE id = $1", calendar_id, edit.now
            )
        if titles < row["use_titles"]:
            made = edit.secretariat
            await drop_titles(edit.conn, calendar_id, language=made.language, zone=ZoneInfo(made.time_zone))
        await edit.note(ChangeSubject.CALENDAR, calendar_id, changed)
    return calendar_id


async def refresh_calendar(viewer: Viewer, *, calendar_id: UUID) -> UUID:
    """Have a feed read at once, at most once a minute. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, ChangeSubject.CALENDAR, calendar_id, "calendarId") as edit:
        row = await fetch_one(edit.conn, _LOCK, calendar_id)
        if row is None:
            raise CallRefusal.CALENDAR_NOT_FOUND.at("calendarId")
        if not row["feed"]:
            raise CallRefusal.CALENDAR_IS_A_FILE.at("calendarId")
        if row["asked_at"] is not None and edit.now - row["asked_at"] < timedelta(seconds=ASK_SECONDS):
            raise CallRefusal.CALENDAR_ASKED_TOO_SOON.at("calendarId", seconds=ASK_SECONDS)
        await fetch(
            edit.conn,
            "UPDATE employee_calendar SET next_at = $2, asked_at = $2 WHERE id = $1",
            calendar_id,
            edit.now,
        )
    return calendar_id


async def delete_calendar(viewer: Viewer, *, calendar_id: UUID, expected_version: int) -> UUID:
    """Delete a calendar with its appointments and hours; return the employee. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, ChangeSubject.CALENDAR, calendar_id, "calendarId") as edit:
        row = await _locked(edit.conn, calendar_id, expected_version)
        await fetch(edit.conn, "DELETE FROM employee_calendar WHERE id = $1", calendar_id)
        await edit.note(ChangeSubject.CALENDAR, calendar_id, ["deleted"])
        employee_id: UUID = row["employee_id"]
    return employee_id


async def _locked(conn: Connection, calendar_id: UUID, expected_version: int | None) -> Record:
    row = await fetch_one(conn, _LOCK, calendar_id)
    if row is None:  # deleted while this one waited
        raise CallRefusal.CALENDAR_NOT_FOUND.at("calendarId")
    check_version(row["version"], expected_version)
    return row


async def _store_address(edit: Edit, sealer: Sealer, calendar_id: UUID, url: Address) -> None:
    await fetch(
        edit.conn,
        f"UPDATE employee_calendar SET url = $3, host = $4, {_READ_ANEW} WHERE id = $1",
        calendar_id,
        edit.now,
        seal_address(sealer, calendar_id, url),
        url.host,
    )


def _field_of(url: Address | None, *, titles: bool) -> str:
    if url is not None:
        return "url"
    return "useTitles" if titles else "tentativeCounts"
