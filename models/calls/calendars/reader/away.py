"""When events and busy periods of a calendar make somebody unavailable."""

import hashlib
from collections import Counter
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from models.calls.calendars.reader.expansion import expand, own_zone, value_of
from models.calls.calendars.reader.wanted import LONGEST_TITLE, MOST_AWAY, Away, Moment, Wanted

_NEVER = frozenset({"FREE", "WORKINGELSEWHERE"})
_BUSY = frozenset({"BUSY", "OOF"})


def word(component: icalendar.Component, name: str) -> str:
    """Return a property as a word in capitals, empty without it."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value).strip().upper()


def is_away(event: icalendar.Component, *, tentative: bool) -> bool:
    """Return whether an event makes somebody unavailable."""
    status, shown = word(event, "STATUS"), word(event, "X-MICROSOFT-CDO-BUSYSTATUS")
    if status == "CANCELLED" or shown in _NEVER:
        return False
    if shown == "TENTATIVE":
        return tentative
    if shown in _BUSY:
        return True
    if word(event, "TRANSP") == "TRANSPARENT":
        return False
    return tentative if status == "TENTATIVE" else True


def title_of(event: icalendar.Component) -> str | None:
    """Return the title of an event that is public; a class that nobody knows counts as private."""
    title = str(event.get("SUMMARY") or "").strip()
    if word(event, "CLASS") not in {"", "PUBLIC"} or not title:
        return None
    return title[:LONGEST_TITLE]


def away_of(calendar: icalendar.Component, wanted: Wanted) -> list[Away]:
    """Return when the events of a calendar make somebody unavailable, in order."""
    found: dict[Away, None] = {}
    keys = Counter[str]()
    events = [one for one in calendar.subcomponents if one.name == "VEVENT"]
    several = {str(one.get("UID")) for one in events if {"RRULE", "RDATE", "RECURRENCE-ID"} & set(one)}
    for occurrences in expand(calendar, events, wanted):
        part: list[tuple[datetime, Away]] = []
        for one in occurrences:
            begin, end = times_of(one, wanted.zone)
            if not is_away(one, tentative=wanted.tentative) or begin is None or not begin < end:
                continue
            title = title_of(one) if wanted.titles else None
            at = instant_of(begin, wanted.zone)
            part.append((at, (_text(begin), _text(end), _key(one, several), title)))
        for _, away in sorted(part, key=lambda pair: (pair[0], pair[1][2])):
            found.setdefault(away)
        if len(found) > MOST_AWAY:
            break
    return [
        (begin, end, key if (number := _next(keys, key)) == 1 else f"{key[:24]}+{number}", title)
        for begin, end, key, title in found
    ]


def _next(keys: Counter[str], key: str) -> int:
    keys[key] += 1
    return keys[key]


def times_of(event: icalendar.Component, zone: ZoneInfo) -> tuple[Moment | None, Moment]:
    begin, end = value_of(event, "DTSTART"), value_of(event, "DTEND")
    if not isinstance(begin, date) or not isinstance(end, date):
        return None, date.min
    if isinstance(begin, datetime) or isinstance(end, datetime):
        return instant_of(begin, zone), instant_of(end, zone)
    return begin, max(end, begin + timedelta(days=1))  # some programs end a day on itself


def instant_of(moment: Moment, zone: ZoneInfo) -> datetime:
    local = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _text(moment: Moment) -> str:
    return moment.isoformat()


def _key(event: icalendar.Component, several: Collection[str]) -> str:
    """Return what tells an occurrence apart: the event, and which of several occurrences it is."""
    named, which = str(event.get("UID") or "").strip(), None
    if not named:
        which = value_of(event, "DTSTART")
    elif named in several:
        which = value_of(event, "RECURRENCE-ID")
    at = instant_of(which, ZoneInfo("UTC")) if isinstance(which, date) else ""
    return hashlib.sha256(f"{named}\0{at}".encode()).hexdigest()[:32]


def busy_of(calendar: icalendar.Component, wanted: Wanted) -> list[Away]:
    """Return the busy periods of VFREEBUSY."""
    zone = own_zone(calendar, wanted)
    counted = {"BUSY", "BUSY-UNAVAILABLE"} | ({"BUSY-TENTATIVE"} if wanted.tentative else set())
    found: list[Away] = []
    for part in calendar.subcomponents:
        if part.name != "VFREEBUSY":
            continue
        given = part.get("FREEBUSY") or []
        for one in given if isinstance(given, list) else [given]:
            if str(one.params.get("FBTYPE", "BUSY")).upper() not in counted:
                continue
            for period in getattr(one, "dts", [one]):
                begin, end = instant_of(period.start, zone), instant_of(period.end, zone)
                if begin < end and begin < wanted.end and end > wanted.begin:
                    key = hashlib.sha256(f"free/busy {begin}".encode()).hexdigest()[:32]
                    found.append((_text(begin), _text(end), key, None))
    return sorted(set(found))
