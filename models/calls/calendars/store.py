"""What a calendar says becomes the appointments and hours of its employee, in the caller's transaction.

Nothing that a person wrote is touched. An occurrence that is there again keeps its appointment.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.calls.calendar_hours import HoursSpan
from models.calls.calendars.reading import Away
from models.calls.calendars.words import said_of

# One parameter for all rows: encoding each value of 5,000 rows would hold the event loop.
_APPOINTMENTS = """WITH new AS (
        SELECT * FROM jsonb_to_recordset($1::jsonb) AS new (id uuid, uid text, starts_at timestamptz,
            ends_at timestamptz, first_day date, last_day date, text text)),
    gone AS (
        DELETE FROM appointment WHERE calendar_id = $2
            AND NOT EXISTS (SELECT FROM new WHERE new.uid = appointment.uid))
    INSERT INTO appointment (id, employee_id, version, starts_at, ends_at, first_day, last_day, text,
                             reachable, source, calendar_id, uid, made_at)
    SELECT new.id, $3, 1, starts_at, ends_at, first_day, last_day, text, false, 'CALENDAR', $2, uid, $4
    FROM new
    ON CONFLICT (calendar_id, uid) DO UPDATE SET version = appointment.version + 1,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, first_day = excluded.first_day,
        last_day = excluded.last_day, text = excluded.text
    WHERE (appointment.starts_at, appointment.ends_at, appointment.first_day, appointment.last_day,
           appointment.text)
        IS DISTINCT FROM (excluded.starts_at, excluded.ends_at, excluded.first_day, excluded.last_day,
                          excluded.text)"""
_SPANS = """INSERT INTO calendar_span (id, calendar_id, kind, starts_at, ends_at, priority)
    SELECT id, $2, kind, starts_at, ends_at, priority
    FROM jsonb_to_recordset($1::jsonb) AS new (id uuid, kind text, starts_at timestamptz,
        ends_at timestamptz, priority smallint)"""
_TIMES = """SELECT id, uid, starts_at, ends_at, first_day, last_day FROM appointment WHERE calendar_id = $1"""
_RETELL = """UPDATE appointment SET version = version + 1, text = new.text
    FROM jsonb_to_recordset($1::jsonb) AS new (id uuid, text text)
    WHERE appointment.id = new.id AND appointment.text <> new.text"""


async def store_absences(
    conn: Connection,
    calendar_id: UUID,
    employee_id: UUID,
    absences: Iterable[Away],
    *,
    language: str,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Replace the appointments of a calendar, in one statement."""
    rows = [
        {
            "id": new_id(),
            "uid": one.key,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "text": said_of(one, language, zone),
        }
        for one in absences
    ]
    await fetch(conn, _APPOINTMENTS, _json(rows), calendar_id, employee_id, now)


async def store_hours(conn: Connection, calendar_id: UUID, spans: Iterable[HoursSpan]) -> None:
    """Replace the hours of a calendar."""
    rows = [
        {
            "id": new_id(),
            "kind": one.kind,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "priority": one.priority,
        }
        for one in spans
    ]
    await fetch(conn, "DELETE FROM calendar_span WHERE calendar_id = $1", calendar_id)
    if rows:
        await fetch(conn, _SPANS, _json(rows), calendar_id)


async def drop_titles(conn: Connection, calendar_id: UUID, *, language: str, zone: ZoneInfo) -> None:
    """Tell the appointments of a calendar without their titles, from now on."""
    rows = [
        {
            "id": row["id"],
            "text": said_of(
                Away(row["uid"], row["starts_at"], row["ends_at"], row["first_day"], row["last_day"]),
                language,
                zone,
            ),
        }
        for row in await fetch(conn, _TIMES, calendar_id)
    ]
    await fetch(conn, _RETELL, _json(rows))


def _json(rows: Sequence[Mapping[str, object]]) -> str:
    # asyncpg has a class of its own for the ids that it returns.
    return orjson.dumps(rows, default=str).decode()
