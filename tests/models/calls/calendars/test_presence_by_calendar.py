"""Hours that calendars tell count instead of weekly hours, and appointments beat both (S4 R.hours)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.calendar_hours import HoursSpan, SpanKind, pieces_of, within_at
from models.calls.presence import availability, presence_at
from rules.calls.presence import Presence
from tests.models.calls.support import GERMANY, NO_HOLIDAYS, OFFICE, POLICY, entry, local, times

MICROSECOND = timedelta(microseconds=1)
BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
SPAN, WITHIN = SpanKind.SPAN, SpanKind.WITHIN


def span(kind: SpanKind, begin: str, end: str, priority: int = 0) -> HoursSpan:
    return HoursSpan(kind, local(begin), local(end), priority)


WEEK = [
    span(SPAN, "2026-10-12 00:00", "2026-10-19 00:00"),
    span(WITHIN, "2026-10-13 10:00", "2026-10-13 20:00"),
]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-10-11 23:59:59.999999", Presence.OUTSIDE_HOURS),  # a Sunday, by weekly hours
        ("2026-10-12 10:00", Presence.OUTSIDE_HOURS),  # the calendar says nothing of Monday
        ("2026-10-13 09:59:59.999999", Presence.OUTSIDE_HOURS),
        ("2026-10-13 10:00", Presence.PRESENT),
        ("2026-10-13 19:59:59.999999", Presence.PRESENT),  # beyond weekly hours
        ("2026-10-13 20:00", Presence.OUTSIDE_HOURS),
        ("2026-10-19 10:00", Presence.PRESENT),  # beyond the span, by weekly hours
    ],
)
def test_within_a_span_only_the_calendar_counts(at: str, state: Presence) -> None:
    assert presence_at(times(hours=OFFICE, told=pieces_of(WEEK)), NO_HOLIDAYS, POLICY, local(at)) is state


def test_without_weekly_hours_somebody_is_always_there_where_the_calendar_says_nothing() -> None:
    told = times(told=pieces_of(WEEK))
    assert presence_at(told, NO_HOLIDAYS, POLICY, local("2026-10-11 03:00")) is Presence.PRESENT
    assert presence_at(told, NO_HOLIDAYS, POLICY, local("2026-10-12 10:00")) is Presence.OUTSIDE_HOURS


def test_appointments_beat_the_hours_of_calendars() -> None:
    lunch = entry(local("2026-10-13 12:00"), local("2026-10-13 13:00"))
    reachable = entry(local("2026-10-12 12:00"), local("2026-10-12 13:00"), reachable=True)
    told = times(lunch, reachable, told=pieces_of(WEEK))
    assert presence_at(told, NO_HOLIDAYS, POLICY, local("2026-10-13 12:30")) is Presence.AWAY
    assert presence_at(told, NO_HOLIDAYS, POLICY, local("2026-10-12 12:30")) is Presence.REACHABLE_APPOINTMENT


def test_a_closing_holiday_closes_also_within_the_hours_of_a_calendar() -> None:
    christmas = [
        span(WITHIN, "2026-12-25 08:00", "2026-12-25 17:00"),
        span(SPAN, "2026-12-25 00:00", "2026-12-26 00:00"),
    ]
    told = times(told=pieces_of(christmas))
    assert presence_at(told, GERMANY, POLICY, local("2026-12-25 10:00")) is Presence.HOLIDAY


def test_presence_lasts_until_the_calendar_says_otherwise() -> None:
    told = times(hours=OFFICE, told=pieces_of(WEEK))
    there = availability(told, NO_HOLIDAYS, POLICY, local("2026-10-13 10:00"))
    assert there.until == local("2026-10-13 20:00")
    outside = availability(told, NO_HOLIDAYS, POLICY, local("2026-10-13 20:00"))
    assert outside.until == local("2026-10-19 08:00")


def test_who_is_away_is_back_on_the_first_day_with_hours() -> None:
    away = entry(local("2026-10-10 00:00"), local("2026-10-12 00:00"))
    gone = availability(times(away, told=pieces_of(WEEK)), NO_HOLIDAYS, POLICY, local("2026-10-11 10:00"))
    assert str(gone.back_on) == "2026-10-13"


@pytest.mark.parametrize(("high", "low"), [(1, 2), (9, 0), (1, 0), (4, 5)])
def test_the_span_of_the_higher_priority_counts(high: int, low: int) -> None:
    told = pieces_of(
        [
            span(SPAN, "2026-10-12 00:00", "2026-10-14 00:00", low),
            span(WITHIN, "2026-10-12 08:00", "2026-10-12 17:00", low),
            span(SPAN, "2026-10-12 12:00", "2026-10-12 13:00", high),
        ]
    )
    assert within_at(told, local("2026-10-12 11:59:59.999999")) is True
    assert within_at(told, local("2026-10-12 12:00")) is False
    assert within_at(told, local("2026-10-12 13:00")) is True


_SPANS = st.lists(
    st.builds(
        lambda kind, at, long, priority: HoursSpan(
            kind, BEGIN + timedelta(hours=at), BEGIN + timedelta(hours=at + long), priority
        ),
        st.sampled_from(SpanKind),
        st.integers(0, 40),
        st.integers(1, 20),
        st.integers(0, 9),
    ),
    max_size=8,
)


@given(_SPANS)
def test_pieces_say_what_the_spans_say_at_each_instant(spans: list[HoursSpan]) -> None:
    pieces = pieces_of(spans)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(pieces))
    for hour in range(62):
        at = BEGIN + timedelta(hours=hour)
        holding = [one for one in spans if one.starts_at <= at < one.ends_at]
        known = [one.priority or 10 for one in holding if one.kind is SPAN]
        expected = (
            any(one.kind is WITHIN and (one.priority or 10) == min(known) for one in holding)
            if known
            else None
        )
        assert within_at(pieces, at) is expected
