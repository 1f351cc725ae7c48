"""Presence of an employee at an instant, until when it lasts, and when the employee is back (S4.20, S4.21).

Nothing here reads a clock or the database: an employee's times are passed in, and presence follows from them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, tee
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.local_time import clock_change, day_start, local_day, local_minute, minute_instants
from models.calls.calendar_hours import HoursPiece, within_at
from rules import Decision, Policy, decide
from rules.calls.presence import AppointmentNow, HoursNow, Presence, PresenceFacts, presence

MOST_BOUNDARIES = 400
HORIZON = timedelta(days=400)
PUT_THROUGH = frozenset({Presence.PRESENT, Presence.REACHABLE_APPOINTMENT})


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment: from `starts_at` until before `ends_at`."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    text: str
    reachable: bool


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Weekly hours of one day: an ISO weekday, and minutes from midnight, the end exclusive."""

    weekday: int
    from_minute: int
    until_minute: int


@dataclass(frozen=True, slots=True)
class CompanyTime:
    """What all employees of a company share: its time zone and its public holidays."""

    zone: ZoneInfo
    holidays: Collection[date]


@dataclass(frozen=True, slots=True)
class EmployeeTimes:
    """One employee's appointments, weekly hours (none: always), and what callers are told without one.

    `told` are hours of calendars, which count instead of weekly hours where there are any.
    """

    entries: Sequence[Entry]
    hours: Sequence[Span]
    said: str | None  # the absence text; else, if the plan has no transfers, the sentence for that
    told: Sequence[HoursPiece] = ()


@dataclass(frozen=True, slots=True)
class Availability:
    """Presence at an instant. `until` is when it, or `said`, changes next; `back_on` follows an absence."""

    at: datetime
    decision: Decision
    said: str | None
    entry: Entry | None
    until: datetime | None
    back_on: date | None

    @property
    def state(self) -> Presence:
        """The verdict."""
        return Presence(self.decision.verdict)


def entries_over(entries: Sequence[Entry], moments: Iterable[datetime]) -> Iterator[Entry | None]:
    """Yield for each of the moments, in order, what `entry_at` returns; sorts the entries only once."""
    waiting = sorted(entries, key=_latest_start, reverse=True)
    open_entries: list[Entry] = []  # the last one holds; one below it matters again when that has ended
    for moment in moments:
        while waiting and waiting[-1].starts_at <= moment:
            open_entries.append(waiting.pop())
        while open_entries and open_entries[-1].ends_at <= moment:
            open_entries.pop()
        yield open_entries[-1] if open_entries else None


def _latest_start(entry: Entry) -> tuple[datetime, datetime, UUID]:
    return entry.starts_at, entry.made_at, entry.id


def entry_at(entries: Sequence[Entry], at: datetime) -> Entry | None:
    """Return the appointment that holds: the one that starts latest, then the newest."""
    holding = [entry for entry in entries if entry.starts_at <= at < entry.ends_at]
    return max(holding, key=_latest_start, default=None)


def presence_at(times: EmployeeTimes, company: CompanyTime, policy: Policy, at: datetime) -> Presence:
    """Return only the verdict."""
    return presence_with(entry_at(times.entries, at), times.hours, company, policy, at, times.told)


def presence_with(
    entry: Entry | None,
    hours: Sequence[Span],
    company: CompanyTime,
    policy: Policy,
    at: datetime,
    told: Sequence[HoursPiece] = (),
) -> Presence:
    """Return only the verdict, of an employee whose appointment at that instant is known."""
    facts = _facts(entry, hours, told, company, at)
    return Presence(presence.for_policy(policy).cell(facts, at).verdict)


def availability(times: EmployeeTimes, company: CompanyTime, policy: Policy, at: datetime) -> Availability:
    """Return the presence at an instant (aware), with its end, by asking again at the next boundaries."""
    entry = entry_at(times.entries, at)
    decision = decide(presence, policy, _facts(entry, times.hours, times.told, company, at), at)
    state, said = Presence(decision.verdict), _said(times, entry)
    until = back_on = None
    moments, same = tee(islice(_boundaries_after(times, company, at), MOST_BOUNDARIES))
    for later, holding in zip(moments, entries_over(times.entries, same), strict=True):
        then = presence_with(holding, times.hours, company, policy, later, times.told)
        if until is None and (then is not state or _said(times, holding) != said):
            until = later
        if until is not None and state is not Presence.AWAY:
            break
        if then in PUT_THROUGH and state is Presence.AWAY:
            back_on = local_day(later, company.zone)
            break
    return Availability(at, decision, said, entry, until, back_on)


def boundaries(
    entries: Sequence[Entry],
    hours: Sequence[Span],
    company: CompanyTime,
    begin: datetime,
    end: datetime,
    told: Sequence[HoursPiece] = (),
) -> list[datetime]:
    """Return all instants from `begin` to `end`, both excluded, at which presence may change; sorted."""
    found = set(_ends_of(entries, told))
    day, last = local_day(begin, company.zone), local_day(end, company.zone)
    while day <= last:
        found.update(_day_boundaries(day, hours, company))
        day += timedelta(days=1)
    return sorted(moment for moment in found if begin < moment < end)


def _facts(
    entry: Entry | None, hours: Sequence[Span], told: Sequence[HoursPiece], company: CompanyTime, at: datetime
) -> PresenceFacts:
    appointment = AppointmentNow.NONE
    if entry is not None:
        appointment = AppointmentNow.REACHABLE if entry.reachable else AppointmentNow.AWAY
    within = HoursNow.NOT_SET
    by_calendar = within_at(told, at) if told else None
    if by_calendar is not None:
        within = HoursNow.WITHIN if by_calendar else HoursNow.OUTSIDE
    elif hours:
        weekday, minute = local_minute(at, company.zone)
        inside = any(
            span.weekday == weekday and span.from_minute <= minute < span.until_minute for span in hours
        )
        within = HoursNow.WITHIN if inside else HoursNow.OUTSIDE
    return PresenceFacts(appointment, within, local_day(at, company.zone) in company.holidays)


def _said(times: EmployeeTimes, entry: Entry | None) -> str | None:
    return entry.text if entry is not None else times.said


def _ends_of(entries: Iterable[Entry], told: Iterable[HoursPiece]) -> Iterator[datetime]:
    """Yield when appointments, and hours that calendars tell, begin and end."""
    for entry in entries:
        yield entry.starts_at
        yield entry.ends_at
    for piece in told:
        yield piece.starts_at
        yield piece.ends_at


def _boundaries_after(times: EmployeeTimes, company: CompanyTime, at: datetime) -> Iterator[datetime]:
    """Yield the boundaries after an instant in order, day by day, so that the first ones are cheap."""
    at = at.astimezone(UTC)
    moments = sorted(moment for moment in _ends_of(times.entries, times.told) if at < moment <= at + HORIZON)
    day, last = local_day(at, company.zone), local_day(at + HORIZON, company.zone)
    while day <= last:
        end = day_start(day + timedelta(days=1), company.zone)
        due = {moment for moment in _day_boundaries(day, times.hours, company) if moment > at}
        while moments and moments[0] < end:
            due.add(moments.pop(0))
        yield from sorted(due)
        day += timedelta(days=1)


def _day_boundaries(day: date, hours: Sequence[Span], company: CompanyTime) -> set[datetime]:
    """Return the instants of a day at which hours or a holiday begin or end."""
    zone, found = company.zone, set[datetime]()
    if day in company.holidays or day - timedelta(days=1) in company.holidays:
        found.add(day_start(day, zone))
    today = [span for span in hours if span.weekday == day.isoweekday()]
    for span in today:
        found.update(minute_instants(day, span.from_minute, zone))
        found.update(minute_instants(day, span.until_minute, zone))
    changed = clock_change(day, zone) if today else None
    return found | {changed} if changed else found
