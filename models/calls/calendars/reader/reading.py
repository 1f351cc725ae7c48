"""Reads a calendar: bytes to absences, hours and warnings."""

from models.calls.calendars.reader.away import away_of, busy_of
from models.calls.calendars.reader.hours import hours_of
from models.calls.calendars.reader.lines import parts_of, text_of
from models.calls.calendars.reader.parsing import calendars_of
from models.calls.calendars.reader.wanted import MOST_AWAY, Away, Hours, Wanted


def read_calendar(content: bytes, wanted: Wanted) -> dict[str, object]:
    """Return what a calendar says about the wanted time. Raises NotACalendar."""
    away: list[Away] = []
    hours: list[Hours] = []
    for calendar in calendars_of(parts_of(text_of(content), wanted.warnings), wanted):
        away += away_of(calendar, wanted)
        away += busy_of(calendar, wanted)
        hours += hours_of(calendar, wanted)
    if len(away) > MOST_AWAY:
        wanted.warnings["OCCURRENCES_LEFT_OUT"] += len(away) - MOST_AWAY
        away.sort(key=lambda one: one[:2])
    return {"away": away[:MOST_AWAY], "hours": hours[:MOST_AWAY], "warnings": dict(+wanted.warnings)}
