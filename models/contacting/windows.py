"""The hours in which the law of the recipient's place allows calls and text messages, as instants.

They are computed for one UTC day at a time and cached: every zone in which the person may be has its own
hours, and a call is allowed when all of them are open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, reduce
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.base.local_time import clock_change, day_start
from models.contacting.person import Reachable
from models.contacting.place_laws import HoursLaw, applying, holidays_at, hours_law, house_week
from models.contacting.zones import Whereabouts, whereabouts
from rules import Policy
from rules.laws.calling_hours import HoursRow
from rules.laws.calling_hours.row import Spans, Week

__all__ = ["HoursLaw", "Window", "hours_law", "is_holiday", "next_window", "window_at", "windows"]

_HORIZON = timedelta(days=14)
_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1).toordinal()

_FORTNIGHT = 14  # days for which clocks are looked up at once

Stretch = tuple[int, int]  # seconds of the epoch, from and before
Clock = int | str  # the seconds that local time is ahead of UTC, or a zone whose clocks change


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which calls are allowed: from `opens_at`, before `closes_at` (both UTC)."""

    opens_at: datetime
    closes_at: datetime


def windows(where: Whereabouts, at: datetime, policy: Policy) -> Iterator[Window]:
    """Yield the windows that close after `at` (aware) in order, those that open within the next 14 days."""
    contact = policy.contact
    table, house = contact.hours_table, (contact.house_hours_from, contact.house_hours_until)
    at = at.astimezone(UTC)
    day, last = at.date() - _DAY, (at + _HORIZON).date()
    while day <= last:
        for window in _opening_on(where, table, *house, day):
            if window.closes_at > at and window.opens_at <= at + _HORIZON:
                yield window
        day += _DAY


def window_at(where: Whereabouts, at: datetime, policy: Policy) -> Window | None:
    """Return the window that is open at `at` or opens next; None if there is none within 14 days.

    There is none where the person may be in zones that share no hours: ask for the place.
    """
    at = at.astimezone(UTC)
    contact = policy.contact
    near = _around(where, contact.hours_table, contact.house_hours_from, contact.house_hours_until, at.date())
    for window in near:
        if window.closes_at > at:
            return window
    return next(windows(where, at, policy), None)


def next_window(person: Reachable, at: datetime, policy: Policy) -> Window | None:
    """Like `window_at`, for a person."""
    return window_at(whereabouts(person, policy), at, policy)


def is_holiday(where: Whereabouts, day: date) -> bool:
    """Return whether a day is a public holiday where the person may be; an unknown place has none."""
    return day in holidays_at(where.part or where.country)


@lru_cache(maxsize=16_384)
def _around(
    where: Whereabouts, table: str, house_from: int, house_until: int, day: date
) -> tuple[Window, ...]:
    """Return the windows that open from the day before a day of UTC to the day after it."""
    days = (day - _DAY, day, day + _DAY)
    return tuple(window for one in days for window in _opening_on(where, table, house_from, house_until, one))


@lru_cache(maxsize=16_384)
def _opening_on(
    where: Whereabouts, table: str, house_from: int, house_until: int, day: date
) -> tuple[Window, ...]:
    """Return the windows that open on a day of UTC.

    Whatever is open at an instant of that day began on it, the day before or the day after, by local time.
    """
    begin = (day.toordinal() - _EPOCH) * 86_400
    days = (day - _DAY, day, day + _DAY)
    house = house_week(house_from, house_until)
    hours: dict[tuple[object, ...], list[Stretch]] = {}
    for one in applying(where, table):
        spans = [_spans(one.row, house, one.place, local) for local in days]
        for clock in _clocks(one.zones, day):
            key = (clock, *spans)
            if key not in hours:
                hours[key] = list(_open(days, spans, clock))
    shared = reduce(_common, hours.values())
    return tuple(
        Window(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        for start, end in shared
        if begin <= start < begin + 86_400
    )


def _spans(row: HoursRow, house: Week, place: str | None, day: date) -> Spans:
    """Return the open minutes of a local day."""
    if row.holidays_closed:
        free = holidays_at(place)
        if day in free:
            return ()
        if row.eves is not None and day.isoweekday() <= 6 and day + _DAY in free:
            return row.eves
    return (row.week or house)[day.weekday()]


def _clocks(zones: tuple[str, ...], day: date) -> Iterable[Clock]:
    """Return the different clocks of some zones around a day."""
    steady, changing = _fortnight(zones, day.toordinal() // _FORTNIGHT)
    return steady | {_clock(name, day - 2 * _DAY, day + 3 * _DAY) for name in changing}


@lru_cache(maxsize=8_192)
def _fortnight(zones: tuple[str, ...], number: int) -> tuple[frozenset[Clock], tuple[str, ...]]:
    """Return the clocks of the zones that stay the same for two weeks, and the zones that change."""
    first = date.fromordinal(number * _FORTNIGHT)
    clocks = [_clock(name, first - 2 * _DAY, first + (_FORTNIGHT + 3) * _DAY) for name in zones]
    return (
        frozenset(clock for clock in clocks if isinstance(clock, int)),
        tuple(clock for clock in clocks if isinstance(clock, str)),
    )


@lru_cache(maxsize=16_384)
def _clock(name: str, first: date, last: date) -> Clock:
    """Return the seconds that local time is ahead of UTC over some days, or the zone if its clocks change.

    No zone's clocks change twice within three weeks and are the same again afterwards: the shortest such
    time, in Morocco, is the month of Ramadan.
    """
    zone = _zone(name)
    before, after = (
        datetime(at.year, at.month, at.day, tzinfo=UTC).astimezone(zone).utcoffset() for at in (first, last)
    )
    return int((before or timedelta()).total_seconds()) if before == after else name


def _open(days: Iterable[date], spans: Iterable[Spans], clock: Clock) -> Iterator[Stretch]:
    """Yield the open stretches of local days, in order."""
    for day, minutes in zip(days, spans, strict=True):
        if isinstance(clock, int):
            midnight = (day.toordinal() - _EPOCH) * 86_400 - clock
            yield from ((midnight + begin * 60, midnight + end * 60) for begin, end in minutes)
        else:
            yield from _open_on_change(day, minutes, _zone(clock))


def _open_on_change(day: date, minutes: Spans, zone: ZoneInfo) -> Iterator[Stretch]:
    """Yield the open stretches of a local day on which clocks may change: as a clock on the wall shows it.

    A skipped hour is never open, and both passes of a doubled one are.
    """
    start, end = day_start(day, zone), day_start(day + _DAY, zone)
    change = clock_change(day, zone)
    edges = [start, end] if change is None else [start, change, end]
    found: list[Stretch] = []
    for begin, until in pairwise(edges):
        offset = int((begin.astimezone(zone).utcoffset() or timedelta()).total_seconds())
        midnight = (day.toordinal() - _EPOCH) * 86_400 - offset
        low, high = int(begin.timestamp()), int(until.timestamp())
        for first, last in minutes:
            stretch = max(low, midnight + first * 60), min(high, midnight + last * 60)
            if stretch[0] < stretch[1]:
                found.append(stretch)
    yield from _joined(sorted(found))


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Yield stretches with those that touch made one."""
    open_one: Stretch | None = None
    for stretch in stretches:
        if open_one is not None and stretch[0] <= open_one[1]:
            open_one = (open_one[0], max(open_one[1], stretch[1]))
            continue
        if open_one is not None:
            yield open_one
        open_one = stretch
    if open_one is not None:
        yield open_one


def _common(one: list[Stretch], other: list[Stretch]) -> list[Stretch]:
    """Return the stretches that are in both of two lists, each in order."""
    shared: list[Stretch] = []
    left = right = 0
    while left < len(one) and right < len(other):
        begin, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if begin < end:
            shared.append((begin, end))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return shared


_zone = lru_cache(maxsize=1_024)(ZoneInfo)
