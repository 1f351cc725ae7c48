"""Coverage: when nobody would get a call, and why.

An instant is covered when at least one employee would get the call as the wanted one. Time is cut at each
employee's boundaries and decided once per piece, so the cost depends on changes, not on minutes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from uuid import UUID

from models.base.local_time import day_start, local_day, minute_instants
from models.base.pace import unhurried
from models.calls.presence import Span, boundaries, entries_over, presence_with
from models.calls.routes import Candidate, Company
from rules import Rule, decide
from rules.calls.call_route import (
    AnswerSoFar,
    CallerStanding,
    CallRoute,
    CallRouteFacts,
    call_route,
)
from rules.calls.presence import Presence

MOST_GAPS = 1_000

Window = tuple[datetime, datetime]  # from, and before


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, and how many employees it held back at some instant of a gap."""

    rule_id: str
    employees: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A longest span of expected time in which nobody would get the call."""

    begin: datetime
    end: datetime
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first gaps and expected times, and how much of the expected time is covered, in seconds."""

    gaps: Sequence[Gap]
    expected: Sequence[Window]
    reachable_seconds: int
    expected_seconds: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of time in which one employee is, or is held back by a rule."""

    employee: UUID
    begin: datetime
    end: datetime
    rule: str | None  # None: would get the call


@dataclass(slots=True)
class _Open:
    """A gap that may go on after midnight, with the employees that each rule held back."""

    begin: datetime
    end: datetime
    held: set[tuple[UUID, str]]

    def closed(self) -> Gap:
        counts = Counter(rule for _, rule in self.held)
        return Gap(self.begin, self.end, [Reason(rule, counts[rule]) for rule in sorted(counts)])


async def find_gaps(
    company: Company,
    employees: Sequence[Candidate],
    standing: CallerStanding,
    period: Window,
    expected: Sequence[Span] | None,
) -> Coverage:
    """Return the gaps of a period, day by day; lets other tasks run.

    `expected` are the weekly hours in which somebody should be reachable; None means the hours of all
    employees without the holidays that close, and the whole period if nobody has hours.
    """
    windows = await expected_windows(company, employees, period, expected)
    rules = {one.id: _rules(company, one, standing, period[0]) for one in employees}
    gaps: list[Gap] = []
    last: _Open | None = None
    uncovered_seconds = 0.0
    for today in _by_day(windows, company):
        pieces: list[_Piece] = []
        async for one in unhurried(employees, 20):
            pieces += _pieces(company, one, rules[one.id], (today[0][0], today[-1][1]))
        covered = _joined((piece.begin, piece.end) for piece in pieces if piece.rule is None)
        held_back = [piece for piece in pieces if piece.rule is not None]
        async for begin, end in unhurried(list(_without(today, covered)), 5):
            uncovered_seconds += (end - begin).total_seconds()
            held = _held(held_back, begin, end)
            if last is not None and last.end == begin:
                last.end, last.held = end, last.held | held
                continue
            if last is not None:
                gaps.append(last.closed())
            last = _Open(begin, end, held)
    if last is not None:
        gaps.append(last.closed())
    expected_seconds = sum((end - begin).total_seconds() for begin, end in windows)
    return Coverage(
        gaps[:MOST_GAPS],
        windows[:MOST_GAPS],
        round(expected_seconds - uncovered_seconds),
        round(expected_seconds),
        truncated=max(len(gaps), len(windows)) > MOST_GAPS,
    )


def _held(pieces: Iterable[_Piece], begin: datetime, end: datetime) -> set[tuple[UUID, str]]:
    return {
        (piece.employee, piece.rule)
        for piece in pieces
        if piece.rule is not None and piece.begin < end and begin < piece.end
    }


def _by_day(windows: Sequence[Window], company: Company) -> Iterator[list[Window]]:
    """Yield the windows of each day that has any, cut at midnight."""
    zone = company.time.zone
    today: list[Window] = []
    for window_begin, end in windows:
        begin = window_begin
        while begin < end:
            midnight = day_start(local_day(begin, zone) + timedelta(days=1), zone)
            if today and local_day(today[0][0], zone) != local_day(begin, zone):
                yield today
                today = []
            today.append((begin, min(end, midnight)))
            begin = min(end, midnight)
    if today:
        yield today


async def expected_windows(
    company: Company, employees: Sequence[Candidate], period: Window, expected: Sequence[Span] | None
) -> list[Window]:
    """Return the times within a period in which somebody should be reachable, joined and in order."""
    # Joined first: thousands of employees may each have hours of their own.
    by_calendar = [one for one in employees if one.times.told] if expected is None else []
    spans = _joined_spans(
        expected
        if expected is not None
        else (span for one in employees if not one.times.told for span in one.times.hours)
    )
    if expected is None and not spans and not by_calendar:
        return [period]
    zone, closes = company.time.zone, expected is None and company.policy.call.holidays_close
    found: list[Window] = []
    for day in _days(local_day(period[0], zone), local_day(period[1], zone)):
        if not (closes and day in company.time.holidays):
            async for span in unhurried([one for one in spans if one.weekday == day.isoweekday()], 20):
                found += _instants_of(day, span, company)
    async for one in unhurried(by_calendar, 20):
        found += _hours_with_calendar(one, company, period)
    clipped = ((max(begin, period[0]), min(end, period[1])) for begin, end in found)
    return _joined((begin, end) for begin, end in clipped if begin < end)


def _hours_with_calendar(one: Candidate, company: Company, period: Window) -> Iterator[Window]:
    """Yield the hours of an employee whose calendars tell some, without holidays on which nobody works."""
    zone, told = company.time.zone, [(piece.starts_at, piece.ends_at) for piece in one.times.told]
    days = list(_days(local_day(period[0], zone), local_day(period[1], zone)))
    weekly = _joined(
        window
        for day in days
        for span in one.times.hours
        if span.weekday == day.isoweekday()
        for window in _instants_of(day, span, company)
    )
    within = [(piece.starts_at, piece.ends_at) for piece in one.times.told if piece.within]
    closed = [
        (day_start(day, zone), day_start(day + timedelta(days=1), zone))
        for day in days
        if company.policy.call.holidays_close and day in company.time.holidays
    ]
    yield from _without(_joined([*_without(weekly, told), *within]), _joined(closed))


def _joined_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the same weekly minutes in as few spans as possible."""
    minutes: dict[int, int] = {}  # by weekday, one bit for each minute
    for span in spans:
        bits = (1 << span.until_minute) - (1 << span.from_minute)
        minutes[span.weekday] = minutes.get(span.weekday, 0) | bits
    return [
        Span(weekday, found.start(), found.end())
        for weekday, bits in sorted(minutes.items())
        for found in re.finditer("1+", f"{bits:b}"[::-1])
    ]


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _instants_of(day: date, span: Span, company: Company) -> Iterator[Window]:
    """Yield when a clock on the wall is within a span; twice if a part of it is in a doubled hour."""
    zone = company.time.zone
    cuts = {day_start(day, zone), day_start(day + timedelta(days=1), zone)}
    cuts.update(boundaries((), (span,), company.time, min(cuts), max(cuts)))
    cuts.update(minute_instants(day, span.from_minute, zone))
    cuts.update(minute_instants(day, span.until_minute, zone))
    moments = sorted(cuts)
    for begin, end in pairwise(moments):
        local = begin.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if local.date() == day and span.from_minute <= minute < span.until_minute:
            yield begin, end


def _pieces(
    company: Company, one: Candidate, rules: Mapping[Presence, str | None], period: Window
) -> Iterator[_Piece]:
    hours, told, (begin, end) = one.times.hours, one.times.told, period
    entries = [entry for entry in one.times.entries if entry.starts_at < end and begin < entry.ends_at]
    moments = [begin, *boundaries(entries, hours, company.time, begin, end, told)]
    pieces = groupby(
        zip(moments, entries_over(entries, moments), strict=True),
        lambda at: rules[presence_with(at[1], hours, company.time, company.policy, at[0], told)],
    )
    starts = [(next(of_piece)[0], rule) for rule, of_piece in pieces]
    for (start, rule), (until, _) in pairwise([*starts, (end, None)]):
        yield _Piece(one.id, start, until, rule)


def _rules(
    company: Company, one: Candidate, standing: CallerStanding, at: datetime
) -> Mapping[Presence, str | None]:
    """Return for each presence the rule that holds an employee back; None if the call is put through."""
    found: dict[Presence, str | None] = {}
    for presence in Presence:
        facts = CallRouteFacts(
            plan_transfers=company.transfer_included,
            confirmed=company.confirmed,
            hop=0,
            wish=one.wish,
            standing=standing,
            has_extension=one.extension is not None,
            presence=presence,
            tried=False,
            answer=AnswerSoFar.NONE,
        )
        decision = decide(call_route, company.policy, facts, at)
        found[presence] = None if decision.verdict is CallRoute.TRANSFER else decision.rule_id
    return found


def _joined(windows: Iterable[Window]) -> list[Window]:
    found: list[Window] = []
    for begin, end in sorted(windows):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _without(windows: Sequence[Window], covered: Sequence[Window]) -> Iterator[Window]:
    """Yield the parts of windows that are not covered; both are in order and disjoint."""
    at = 0
    for window_begin, end in windows:
        begin = window_begin
        while at < len(covered) and covered[at][1] <= begin:
            at += 1
        look = at
        while look < len(covered) and covered[look][0] < end:
            if begin < covered[look][0]:
                yield begin, covered[look][0]
            begin = max(begin, covered[look][1])
            look += 1
        if begin < end:
            yield begin, end


def rule_of(company: Company, rule_id: str) -> Rule | None:
    """Return a rule of the company's policy by its id."""
    return next((rule for rule in call_route.rules(company.policy) if rule.id == rule_id), None)
