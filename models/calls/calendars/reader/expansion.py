"""Occurrences of events: zones of times without one, and rules that have too many occurrences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from recurring_ical_events import CalendarQuery
from recurring_ical_events.series import Series
from x_wr_timezone import UTCChangingWalker

from models.calls.calendars.reader.time_limit import TookTooLong
from models.calls.calendars.reader.wanted import (
    AT_ONCE,
    MOST_A_DAY,
    MOST_STEPS,
    MOST_STEPS_IN_ALL,
    Moment,
    Wanted,
)

_PER_DAY = {"SECONDLY": 86_400.0, "MINUTELY": 1_440.0, "HOURLY": 24.0, "DAILY": 1.0, "WEEKLY": 1.0}


def value_of(component: icalendar.Component, name: str) -> object:
    """Return a date, an instant or a duration; None without it, and if it cannot be read."""
    try:
        value = component.get(name)
        return getattr(value[0] if isinstance(value, list) and value else value, "dt", None)
    except ValueError:  # the library's broken properties raise it when they are looked at
        return None


class _Floating(UTCChangingWalker):  # type: ignore[misc]
    """Gives times without a zone one, and leaves those in UTC as they are."""

    def is_UTC(self, dt: datetime) -> bool:  # noqa: ARG002, N802 - the library's names
        return False

    def is_Floating(self, dt: datetime) -> bool:  # noqa: N802 - the library's name
        return dt.tzinfo is None  # zones that a calendar defines have no name


class _Query(CalendarQuery):  # type: ignore[misc]
    """Expands what can be expanded: one broken event must not take the others with it."""

    suppressed_errors = [Exception]  # noqa: RUF012 - the library's name


def own_zone(calendar: icalendar.Component, wanted: Wanted) -> ZoneInfo:
    """Return the zone of times without one, and remove X-WR-TIMEZONE if it is no zone."""
    named = calendar.get("X-WR-TIMEZONE")
    if named is None:
        return wanted.zone
    try:
        return ZoneInfo(str(named).strip())
    except (KeyError, ValueError, OSError):
        wanted.warnings["CALENDAR_ZONE_UNKNOWN"] += 1
        del calendar["X-WR-TIMEZONE"]
        return wanted.zone


def warn_of_times(
    events: Iterable[icalendar.Component], calendar_zone: object, warnings: Counter[str]
) -> None:
    """Count times in unknown zones and without one, and events that end before they start."""
    for event in events:
        begins, ends = value_of(event, "DTSTART"), value_of(event, "DTEND")
        if isinstance(begins, datetime) and begins.tzinfo is None:
            if event["DTSTART"].params.get("TZID") is not None:
                warnings["ZONE_UNKNOWN"] += 1
            elif calendar_zone is None:
                warnings["FLOATING"] += 1
        if isinstance(begins, date) and isinstance(ends, date) and _is_before(ends, begins):
            warnings["SWAPPED"] += 1


def _is_before(one: Moment, other: Moment) -> bool:
    try:
        return one < other
    except TypeError:  # a date and an instant, or only one of them with a zone
        return f"{one:%Y%m%d}" < f"{other:%Y%m%d}"


def per_day(rule: icalendar.vRecur) -> float:
    """Return how many occurrences of a rule a day may have, at most and on average."""
    frequency = str((rule.get("FREQ") or ["YEARLY"])[0]).upper()
    interval = max(1, int((rule.get("INTERVAL") or [1])[0]))
    each = _PER_DAY.get(frequency, 1.0)
    if frequency == "WEEKLY":
        each = min(7, max(1, len(rule.get("BYDAY") or ()))) / 7
    finer = {"SECONDLY": (), "MINUTELY": ("BYSECOND",), "HOURLY": ("BYMINUTE", "BYSECOND")}.get(
        frequency, ("BYHOUR", "BYMINUTE", "BYSECOND")
    )
    for name in finer:
        each *= max(1, len(rule.get(name) or ()))
    return each / (interval if frequency in _PER_DAY else 1)


def check_rules(
    events: Sequence[icalendar.Component], wanted: Wanted
) -> tuple[list[icalendar.Component], float]:
    """Return the events whose rules can be expanded, and how many occurrences a day may have."""
    kept: list[icalendar.Component] = []
    steps_in_all, a_day = 0.0, 0.0
    for event in events:
        start = value_of(event, "DTSTART")
        if not isinstance(start, date):
            wanted.warnings["UNREADABLE"] += 1
            continue
        try:
            steps, each = _steps(event, start, wanted)
        except (ValueError, TypeError, AttributeError, IndexError):
            wanted.warnings["UNREADABLE"] += 1
            continue
        if each > MOST_A_DAY or steps > MOST_STEPS or steps_in_all + steps > MOST_STEPS_IN_ALL:
            wanted.warnings["RULES_LEFT_OUT"] += 1
            continue
        steps_in_all += steps
        a_day += each
        kept.append(event)
    return kept, a_day


def _steps(event: icalendar.Component, start: date, wanted: Wanted) -> tuple[float, float]:
    """Return how many occurrences the rules of an event have up to the end, and how many a day may have."""
    rules = event.get("RRULE")
    each = steps = 0.0
    for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
        if int((rule.get("INTERVAL") or [1])[0]) < 1:
            raise ValueError("a rule that never goes on")
        often, count, until = (
            per_day(rule),
            (rule.get("COUNT") or [None])[0],
            (rule.get("UNTIL") or [None])[0],
        )
        last = wanted.end.date()
        if isinstance(until, date):
            last = min(last, date(until.year, until.month, until.day))
        of_rule = often * max(0, (last - date(start.year, start.month, start.day)).days + 1)
        if count is not None:
            of_rule = min(of_rule, int(count))
        steps += of_rule
        each += often if of_rule > MOST_A_DAY else 0.0
    return steps, each


def expand(
    calendar: icalendar.Component, events: Sequence[icalendar.Component], wanted: Wanted
) -> Iterator[list[icalendar.Component]]:
    """Yield the occurrences that touch the wanted time, part by part of it."""
    kept, a_day = check_rules(events, wanted)
    zone = own_zone(calendar, wanted)
    named = calendar.get("X-WR-TIMEZONE")
    warn_of_times(kept, named, wanted.warnings)
    shown = icalendar.Calendar()
    if named is not None:
        shown["X-WR-TIMEZONE"] = str(named).strip()
    for event in kept:
        event.subcomponents = []
        shown.add_component(event)
    query = recurring_ical_events.of(_Floating(zone).walk(shown), skip_bad_series=True, calendar_query=_Query)
    series = list(query.series)
    whole = {one.uid for one in series}
    named_events = {str(event["UID"]) for event in kept if "UID" in event}
    wanted.warnings["UNREADABLE"] += len(named_events - whole)
    step = timedelta(days=max(1, int(AT_ONCE / a_day))) if a_day else wanted.end - wanted.begin
    begin = wanted.begin
    while begin < wanted.end:
        end = min(begin + step, wanted.end)
        yield _occurrences(series, begin, end, wanted)
        begin = end


def _occurrences(
    series: list[Series], begin: datetime, end: datetime, wanted: Wanted
) -> list[icalendar.Component]:
    found: list[icalendar.Component] = []
    for one in tuple(series):
        try:
            with wanted.limit.of_one():
                found += [occurrence.as_component(False) for occurrence in one.between(begin, end)]
        except TookTooLong:
            wanted.warnings["RULES_LEFT_OUT"] += 1
            series.remove(one)
        except Exception:  # noqa: BLE001 - whatever the library meets in it: the others count
            wanted.warnings["UNREADABLE"] += 1
            series.remove(one)
    return found
