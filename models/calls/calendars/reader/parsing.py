"""Calendars as the library parses them; one broken component does not take the others with it."""

from collections.abc import Iterator, Sequence

import icalendar

from models.calls.calendars.reader.lines import Part, thin
from models.calls.calendars.reader.time_limit import TookTooLong
from models.calls.calendars.reader.wanted import Wanted

# What the library raises for components that it cannot read: also for zones that name a folder, lengths
# beyond all calendars, and components within components within components.
_BROKEN = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError),
    *(ArithmeticError, OSError, RecursionError),
)


def calendars_of(parts: Sequence[Part], wanted: Wanted) -> Iterator[icalendar.Component]:
    """Yield the calendars; components outside of one are a calendar of their own."""
    loose = [part for part in parts if part.name != "VCALENDAR"]
    whole = [part for part in parts if part.name == "VCALENDAR"]
    if loose:
        whole.append(Part("VCALENDAR", parts=loose))
    for part in whole:
        thin(part, wanted)
        yield _parsed(part, wanted)


def _parsed(part: Part, wanted: Wanted) -> icalendar.Component:
    """Return a calendar; if one of its components is broken, without that one."""
    zones = [one for one in part.parts if one.name == "VTIMEZONE" and _readable(one, wanted)]
    part.parts = [*zones, *(one for one in part.parts if one.name != "VTIMEZONE")]
    try:
        return _read(part)
    except _BROKEN:
        pass  # one of its components: find out which
    found = icalendar.Calendar()
    for line in part.lines:
        if line[:13].upper() == "X-WR-TIMEZONE":
            found["X-WR-TIMEZONE"] = line.rpartition(":")[2]
    for one in part.parts[len(zones) :]:
        try:
            read = _read(Part("VCALENDAR", parts=[*zones, one]))
        except _BROKEN:
            wanted.warnings["UNREADABLE"] += 1
            continue
        for component in read.subcomponents:
            if component.name == one.name:
                found.add_component(component)
    return found


def _readable(zone: Part, wanted: Wanted) -> bool:
    """Return whether a zone can be read, and soon; without it, events that use it are warned of.

    The library reads it once more for all events, and for nothing if it knows a zone of this name.
    """
    if wanted.limit.used_up:
        return False
    try:
        with wanted.limit.of_one():
            _read(Part("VCALENDAR", parts=[zone]))
    except (*_BROKEN, TookTooLong):
        return False
    return True


def _read(part: Part) -> icalendar.Component:
    return icalendar.Calendar.from_ical("\r\n".join(part.written()) + "\r\n")
