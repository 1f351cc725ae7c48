"""Calendars as the library parses them; one broken component does not take the others with it."""

from collections.abc import Iterator, Sequence

import icalendar

from models.calls.calendars.reader.lines import Part, thin
from models.calls.calendars.reader.wanted import Wanted


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
    try:
        return _read(part)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        pass  # one of its components is broken: find out which
    zones = [one for one in part.parts if one.name == "VTIMEZONE"]
    found = icalendar.Calendar()
    for line in part.lines:
        if line[:13].upper() == "X-WR-TIMEZONE":
            found["X-WR-TIMEZONE"] = line.rpartition(":")[2]
    for one in part.parts:
        if one.name == "VTIMEZONE":
            continue
        try:
            read = _read(Part("VCALENDAR", parts=[*zones, one]))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            wanted.warnings["UNREADABLE"] += 1
            continue
        for component in read.subcomponents:
            if component.name == one.name:
                found.add_component(component)
    return found


def _read(part: Part) -> icalendar.Component:
    return icalendar.Calendar.from_ical("\r\n".join(part.written()) + "\r\n")
