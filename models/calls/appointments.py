"""Appointments of employees: whole days, or from one instant to another (S4.21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.database import fetch, fetch_one
from models.base.ids import new_id
from models.base.local_time import day_start
from models.base.refusal import Sentence, Wording
from models.base.viewer import Viewer
from models.calls.edit import Edit, check_may_change, check_version, editing_of
from models.calls.limits import LONGEST_APPOINTMENT, LONGEST_TEXT, MOST_APPOINTMENTS, OLDEST_APPOINTMENT
from models.calls.refusals import CallRefusal
from models.calls.tables import AppointmentSource, ChangeSubject
from models.calls.warnings import CallNote
from models.contact_data import clean_line
from models.contact_data.checked_text import checked_text

APPOINTMENT = ChangeSubject.APPOINTMENT
_ACTION = "change appointments"
_LAST_DAY = date(9990, 1, 1)  # further ones have no following day in every time zone


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """An appointment as it is written: whole days, the last one included, or instants."""

    text: str
    reachable: bool
    first_day: date | None = None
    last_day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedAppointment:
    """The appointment, its employee, and what should be known about it."""

    id: UUID
    employee_id: UUID
    warnings: Sequence[Sentence[Wording]]


async def create_appointment(
    viewer: Viewer,
    *,
    employee_id: UUID,
    draft: AppointmentDraft,
    idempotency_key: str | None,
    given: dict[str, object],
) -> SavedAppointment:
    """Add an appointment; employees with a sub-account to their own row (S4.14). Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    appointment_id = new_id()
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        earlier = await edit.first("appointmentSet", idempotency_key, given, appointment_id)
        if earlier is not None:
            return SavedAppointment(earlier, employee_id, ())
        text, begin, end = _checked(edit, draft)
        await _check_number(edit, employee_id)
        await fetch(
            edit.conn,
            """INSERT INTO appointment (id, employee_id, version, starts_at, ends_at, first_day, last_day,
                                        text, reachable, source, made_at)
               VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10)""",
            appointment_id,
            employee_id,
            begin,
            end,
            draft.first_day,
            draft.last_day,
            text,
            draft.reachable,
            AppointmentSource.MANUAL,
            edit.now,
        )
        return await _saved(edit, appointment_id, ["created"])


async def update_appointment(
    viewer: Viewer, *, appointment_id: UUID, expected_version: int | None, draft: AppointmentDraft
) -> SavedAppointment:
    """Replace an appointment's times and text. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, APPOINTMENT, appointment_id, "appointmentId") as edit:
        await _check(edit, appointment_id, expected_version)
        text, begin, end = _checked(edit, draft)
        await fetch(
            edit.conn,
            """UPDATE appointment SET version = version + 1, starts_at = $2, ends_at = $3, first_day = $4,
                   last_day = $5, text = $6, reachable = $7 WHERE id = $1""",
            appointment_id,
            begin,
            end,
            draft.first_day,
            draft.last_day,
            text,
            draft.reachable,
        )
        return await _saved(edit, appointment_id, ["startsAt", "endsAt", "text", "reachable"])


async def delete_appointment(viewer: Viewer, *, appointment_id: UUID, expected_version: int) -> UUID:
    """Delete an appointment and return the employee. Raises `Refusal`."""
    check_may_change(viewer, _ACTION, own=True)
    async with editing_of(viewer, APPOINTMENT, appointment_id, "appointmentId") as edit:
        await _check(edit, appointment_id, expected_version)
        rows = await fetch(
            edit.conn, "DELETE FROM appointment WHERE id = $1 RETURNING employee_id", appointment_id
        )
        await edit.note(APPOINTMENT, appointment_id, ["deleted"])
        employee_id: UUID = rows[0]["employee_id"]
        return employee_id


async def _check(edit: Edit, appointment_id: UUID, expected_version: int | None) -> None:
    row = await fetch_one(
        edit.conn, "SELECT version, source FROM appointment WHERE id = $1 FOR NO KEY UPDATE", appointment_id
    )
    if row is None:  # deleted while this one waited
        raise CallRefusal.APPOINTMENT_NOT_FOUND.at("appointmentId")
    if row["source"] != AppointmentSource.MANUAL:
        raise CallRefusal.APPOINTMENT_OF_CALENDAR.at("appointmentId")
    check_version(row["version"], expected_version)


async def _check_number(edit: Edit, employee_id: UUID) -> None:
    row = await fetch_one(
        edit.conn,
        """SELECT count(*) AS n FROM appointment
           WHERE employee_id = $1 AND ends_at >= $2 AND source = 'MANUAL'""",
        employee_id,
        edit.now - OLDEST_APPOINTMENT,
    )
    if row is not None and row["n"] >= MOST_APPOINTMENTS:
        raise CallRefusal.TOO_MANY_APPOINTMENTS.at("employeeId", most=MOST_APPOINTMENTS)


async def _saved(edit: Edit, appointment_id: UUID, changed: Sequence[str]) -> SavedAppointment:
    await edit.note(APPOINTMENT, appointment_id, changed)
    row = await fetch_one(
        edit.conn,
        """SELECT mine.employee_id,
               (SELECT count(*) FROM appointment AS other
                WHERE other.employee_id = mine.employee_id AND other.id <> mine.id
                  AND other.starts_at < mine.ends_at AND mine.starts_at < other.ends_at) AS overlaps
           FROM appointment AS mine WHERE mine.id = $1""",
        appointment_id,
    )
    assert row is not None  # noqa: S101 - written in this transaction
    warnings = [CallNote.OVERLAPS.sentence(number=row["overlaps"])] if row["overlaps"] else []
    return SavedAppointment(appointment_id, row["employee_id"], warnings)


def _checked(edit: Edit, draft: AppointmentDraft) -> tuple[str, datetime, datetime]:
    text = checked_text(
        "text", draft.text, LONGEST_TEXT, clean=clean_line, missing="enter what callers are told."
    )
    days, instants = (draft.first_day, draft.last_day), (draft.starts_at, draft.ends_at)
    whole = all(days) and not any(instants)
    if not whole and not (all(instants) and not any(days)):
        raise CallRefusal.APPOINTMENT_TIMES_MIXED.at("startsAt")
    if draft.first_day is not None and draft.last_day is not None:
        if draft.last_day < draft.first_day:
            raise CallRefusal.APPOINTMENT_ENDS_TOO_EARLY.at("lastDay")
        if draft.last_day > _LAST_DAY or draft.first_day.year < 2:
            raise CallRefusal.APPOINTMENT_LONG_OVER.at("firstDay")
        zone = ZoneInfo(edit.secretariat.time_zone)
        begin = day_start(draft.first_day, zone)
        end = day_start(draft.last_day + timedelta(days=1), zone)
    else:
        assert draft.starts_at is not None and draft.ends_at is not None  # noqa: S101, PT018 - checked above
        begin, end = draft.starts_at, draft.ends_at
    field = "lastDay" if whole else "endsAt"
    if end <= begin:
        raise CallRefusal.APPOINTMENT_ENDS_TOO_EARLY.at(field)
    if end - begin > LONGEST_APPOINTMENT:
        raise CallRefusal.APPOINTMENT_TOO_LONG.at(field)
    if end < edit.now - OLDEST_APPOINTMENT:
        raise CallRefusal.APPOINTMENT_LONG_OVER.at(field)
    return text, begin, end
