"""Import of a calendar from a file, which is read once and not kept; a dry run writes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.clock import database_now
from models.base.database import connection
from models.base.ids import new_id
from models.base.local_time import DAY_MINUTES, local_day, local_minute
from models.base.viewer import Viewer
from models.calls.calendar_hours import HoursPiece, pieces_of
from models.calls.calendars.change import insert_calendar
from models.calls.calendars.reading import (
    MOST_BYTES,
    Away,
    CalendarText,
    CalendarUnread,
    Reading,
    read_calendar,
)
from models.calls.calendars.refresh import store_text
from models.calls.calendars.words import said_of
from models.calls.edit import check_may_change, editing_of
from models.calls.facts import policy_now
from models.calls.list import appointments_of_calendar
from models.calls.presence import Span
from models.calls.refusals import CallRefusal
from models.calls.tables import AppointmentSource, ChangeSubject
from models.calls.views import AppointmentView
from models.files.turns import FileTurns
from models.tabular.file_threads import FileThreads

TURNS = FileTurns(2, "being imported")
_THREADS = FileThreads("import-calendars", 2)
_ACTION = "import calendars"


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What a file says: its absences as appointments, the hours of its first week, and warnings.

    Without a `calendar_id` nothing was written.
    """

    calendar_id: UUID | None
    appointments: Sequence[AppointmentView] = ()
    hours: Sequence[Span] = ()
    warnings: Mapping[str, int] = field(default_factory=dict)


async def import_calendar(
    viewer: Viewer,
    stream: IO[bytes],
    *,
    employee_id: UUID,
    use_titles: bool,
    dry_run: bool,
    idempotency_key: str,
    given: dict[str, object],
) -> CalendarImport:
    """Import a file into a new calendar of an employee. The company is not locked while it is read.

    Raises `Refusal`: FORBIDDEN and NOT_FOUND as other changes do, INVALID for the file, LIMIT_EXCEEDED on
    `file` while another file of the employee or two of others are being imported.
    """
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        made, now = edit.secretariat, edit.now
    zone = ZoneInfo(made.time_zone)
    policy = await policy_now(connection(), made.market_id)
    horizon = timedelta(days=policy.call.calendar_horizon_days)
    how = Reading(zone, now, horizon, tentative=False, titles=use_titles)
    with TURNS.take(("file",), employee_id):
        content = await _THREADS.run(lambda: stream.read(MOST_BYTES + 1))
        try:
            text = await read_calendar(content, how)
        except CalendarUnread:
            raise CallRefusal.CALENDAR_UNREADABLE.at("file") from None
        calendar_id: UUID | None = None
        if not dry_run:
            given = {**given, "file": hashlib.sha256(content).hexdigest()}
            calendar_id = await _write(viewer, employee_id, text, use_titles, idempotency_key, given)
    views: Sequence[AppointmentView] = [_view(one, employee_id, made.language, zone) for one in text.away]
    if calendar_id is not None:
        views = await appointments_of_calendar(connection(), viewer, calendar_id)
    hours = weekly_hours(pieces_of(text.hours), zone)
    return CalendarImport(calendar_id, views, hours, text.warnings)


async def _write(
    viewer: Viewer,
    employee_id: UUID,
    text: CalendarText,
    use_titles: bool,
    idempotency_key: str,
    given: dict[str, object],
) -> UUID:
    calendar_id = new_id()
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        earlier = await edit.first("employeeCalendarImport", idempotency_key, given, calendar_id)
        if earlier is not None:
            return earlier
        await insert_calendar(edit, calendar_id, employee_id, use_titles=use_titles, tentative_counts=False)
        made = edit.secretariat
        await store_text(
            edit.conn,
            calendar_id,
            employee_id,
            text,
            language=made.language,
            zone=ZoneInfo(made.time_zone),
            now=await database_now(edit.conn),
            digest=None,
        )
    return calendar_id


def _view(away: Away, employee_id: UUID, language: str, zone: ZoneInfo) -> AppointmentView:
    """Return an appointment as it would be stored; its id is its own only once it is."""
    return AppointmentView(
        new_id(),
        1,
        employee_id,
        away.starts_at,
        away.ends_at,
        away.first_day,
        away.last_day,
        said_of(away, language, zone),
        False,
        AppointmentSource.CALENDAR,
    )


def weekly_hours(pieces: Sequence[HoursPiece], zone: ZoneInfo) -> list[Span]:
    """Return the hours that a calendar tells of the seven days from its first hours on, as weekly hours."""
    within = [piece for piece in pieces if piece.within]
    if not within:
        return []
    first = local_day(within[0].starts_at, zone)
    spans: list[Span] = []
    for piece in within:
        begin, end = local_day(piece.starts_at, zone), local_day(piece.ends_at, zone)
        day = begin
        while day <= end and day < first + timedelta(days=7):
            from_minute = local_minute(piece.starts_at, zone)[1] if day == begin else 0
            until_minute = local_minute(piece.ends_at, zone)[1] if day == end else DAY_MINUTES
            if from_minute < until_minute:
                spans.append(Span(day.isoweekday(), from_minute, until_minute))
            day += timedelta(days=1)
    return sorted(spans)
