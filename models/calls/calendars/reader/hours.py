"""Hours of availability (RFC 7953): when somebody is there within the spans of VAVAILABILITY."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from models.calls.calendars.reader.away import instant_of, times_of, word
from models.calls.calendars.reader.expansion import expand, own_zone, value_of
from models.calls.calendars.reader.wanted import MOST_AWAY, Hours, Wanted

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def hours_of(calendar: icalendar.Component, wanted: Wanted) -> list[Hours]:
    """Return the spans of VAVAILABILITY within the wanted time, and when somebody is there within them."""
    found: list[Hours] = []
    for part in calendar.subcomponents:
        if part.name != "VAVAILABILITY":
            continue
        begin, end = _span(part, wanted, own_zone(calendar, wanted))
        if not begin < end:
            continue
        given = word(part, "PRIORITY")
        priority = int(given) if given.isdecimal() and len(given) == 1 else 0
        found.append(("SPAN", begin.isoformat(), end.isoformat(), priority))
        found += (
            ("WITHIN", one.isoformat(), other.isoformat(), priority)
            for one, other in _within(calendar, part, wanted, begin, end)
        )
    if len(found) > MOST_AWAY:
        wanted.warnings["HOURS_LEFT_OUT"] += len(found) - MOST_AWAY
    return found[:MOST_AWAY]


def _span(part: icalendar.Component, wanted: Wanted, zone: ZoneInfo) -> tuple[datetime, datetime]:
    begin, end, length = (value_of(part, name) for name in ("DTSTART", "DTEND", "DURATION"))
    starts = instant_of(begin, zone) if isinstance(begin, date) else wanted.begin
    ends = instant_of(end, zone) if isinstance(end, date) else wanted.end
    if isinstance(length, timedelta) and not isinstance(end, date):
        ends = starts + length
    return max(starts, wanted.begin), min(ends, wanted.end)


def _begun_in_step(event: icalendar.Event) -> icalendar.Event:
    """Begin weekly hours on one of their days: a first day that is none of them would count as well.

    The first example of RFC 7953, hours from Monday to Friday, begins on a Sunday.
    """
    rule, begin, end = event.get("RRULE"), value_of(event, "DTSTART"), value_of(event, "DTEND")
    if not isinstance(rule, icalendar.vRecur) or not isinstance(begin, date):
        return event
    days = [str(day).upper() for day in rule.get("BYDAY", ())]
    if rule.get("FREQ") != ["WEEKLY"] or rule.get("INTERVAL", [1]) != [1] or not set(days) & set(_WEEKDAYS):
        return event
    later = next(number for number in range(7) if _WEEKDAYS[(begin.weekday() + number) % 7] in days)
    if later:
        for name, moment in (("DTSTART", begin), ("DTEND", end)):
            if isinstance(moment, date):
                event[name] = icalendar.vDDDTypes(moment + timedelta(days=later))
    return event


def _within(
    calendar: icalendar.Component, part: icalendar.Component, wanted: Wanted, begin: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when AVAILABLE says that somebody is there, joined and in order.

    Each is expanded like an event, on its DTSTART with its zone: in UTC a weekly rule would shift by an hour
    when clocks change.
    """
    events = []
    for available in part.subcomponents:
        event = icalendar.Event()
        for name in ("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"):
            if name in available:
                event[name] = available[name]
        events.append(_begun_in_step(event))
    joined: list[tuple[datetime, datetime]] = []
    found: list[tuple[datetime, datetime]] = []
    for occurrences in expand(calendar, events, wanted):
        for one in occurrences:
            starts, ends = times_of(one, wanted.zone)
            if starts is not None:
                clipped = max(instant_of(starts, wanted.zone), begin), min(instant_of(ends, wanted.zone), end)
                found.append(clipped)
        if len(found) > MOST_AWAY:
            break
    for starts, ends in sorted(pair for pair in found if pair[0] < pair[1]):
        if joined and starts <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], ends)
        else:
            joined.append((starts, ends))
    return joined
