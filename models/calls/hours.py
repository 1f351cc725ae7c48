"""Weekly hours of an employee (S4 R.hours)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from models.base.database import fetch, fetch_one
from models.base.ids import new_id
from models.base.local_time import DAY_MINUTES
from models.base.viewer import Viewer
from models.calls.edit import check_may_change, check_version, editing_of
from models.calls.presence import Span
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject

_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class SpanDraft:
    """A span as it is written: an ISO weekday, and times such as "08:00" and "24:00"."""

    weekday: int
    begin: str
    end: str


def read_spans(drafts: Sequence[SpanDraft], field: str = "hours") -> list[Span]:
    """Return the spans in order. Raises `Refusal` INVALID for a wrong one, and if two of a day overlap."""
    spans = sorted(_read(draft, field) for draft in drafts)
    for one, following in pairwise(spans):
        if one.weekday == following.weekday and following.from_minute < one.until_minute:
            raise CallRefusal.HOURS_OVERLAP.at(field)
    return spans


async def set_hours(
    viewer: Viewer, *, employee_id: UUID, expected_version: int, hours: Sequence[SpanDraft]
) -> UUID:
    """Replace an employee's weekly hours; without any, the employee is always there. Raises `Refusal`."""
    check_may_change(viewer, "set weekly hours")
    spans = read_spans(hours)
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        row = await fetch_one(
            edit.conn, "SELECT version FROM employee WHERE id = $1 FOR NO KEY UPDATE", employee_id
        )
        check_version(row["version"] if row else 0, expected_version)
        await fetch(edit.conn, "DELETE FROM weekly_hours WHERE employee_id = $1", employee_id)
        await fetch(
            edit.conn,
            """INSERT INTO weekly_hours (id, employee_id, weekday, from_minute, until_minute)
               SELECT new.id, $1, new.weekday, new.begin, new.until
               FROM unnest($2::uuid[], $3::smallint[], $4::smallint[], $5::smallint[])
                   AS new (id, weekday, begin, until)""",
            employee_id,
            [new_id() for _ in spans],
            [span.weekday for span in spans],
            [span.from_minute for span in spans],
            [span.until_minute for span in spans],
        )
        await fetch(edit.conn, "UPDATE employee SET version = version + 1 WHERE id = $1", employee_id)
        await edit.note(ChangeSubject.EMPLOYEE, employee_id, ["hours"])
    return employee_id


def _read(draft: SpanDraft, field: str) -> Span:
    begin, end = _minute(draft.begin), _minute(draft.end)
    if not 1 <= draft.weekday <= 7 or begin is None or end is None or begin >= end:
        raise CallRefusal.HOURS_INVALID.at(field)
    return Span(draft.weekday, begin, end)


def _minute(text: str) -> int | None:
    found = _TIME.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    return minute if minute <= DAY_MINUTES else None
