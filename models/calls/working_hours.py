"""When employees work: weekly hours, and the hours that their calendars tell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.calls.calendar_hours import HoursPiece, HoursSpan, SpanKind, pieces_of
from models.calls.presence import Span

# One statement: presence is asked for with each call.
_HOURS = """SELECT employee_id, weekday, from_minute, until_minute, NULL AS kind,
        NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at, NULL::smallint AS priority
    FROM weekly_hours WHERE employee_id = ANY($1::uuid[])
    UNION ALL
    SELECT employee_id, NULL, NULL, NULL, kind, starts_at, ends_at, priority
    FROM employee_calendar JOIN calendar_span ON calendar_span.calendar_id = employee_calendar.id
    WHERE employee_id = ANY($1::uuid[]) AND ends_at > $2 AND starts_at < $3
    ORDER BY weekday, from_minute"""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Weekly hours, and the pieces that calendars tell, both in order."""

    weekly: Sequence[Span] = ()
    told: Sequence[HoursPiece] = ()


@dataclass(slots=True)
class _Found:
    weekly: list[Span] = field(default_factory=list)
    spans: list[HoursSpan] = field(default_factory=list)


async def working_hours_of(
    conn: Connection, ids: Collection[UUID], period: tuple[datetime, datetime]
) -> dict[UUID, WorkingHours]:
    """Return the hours of employees; those that calendars tell only of a period."""
    found = {one: _Found() for one in ids}
    for row in await fetch(conn, _HOURS, list(ids), *period):
        one = found[row["employee_id"]]
        if row["kind"] is None:
            one.weekly.append(Span(row["weekday"], row["from_minute"], row["until_minute"]))
        else:
            kind = SpanKind(row["kind"])
            one.spans.append(HoursSpan(kind, row["starts_at"], row["ends_at"], row["priority"]))
    return {key: WorkingHours(one.weekly, pieces_of(one.spans)) for key, one in found.items()}
