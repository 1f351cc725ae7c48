"""Which events make somebody unavailable, and when (S4 R.hours)."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.calls.calendars.written import BEGIN, calendar, event, said

TEN_TO_ELEVEN = [("2026-10-14T08:00:00", "2026-10-14T09:00:00")]


@pytest.mark.parametrize(
    ("lines", "counts", "tentative_counts"),
    [
        ([], True, True),
        (["TRANSP:OPAQUE"], True, True),
        (["TRANSP:TRANSPARENT"], False, False),
        (["transp:transparent"], False, False),
        (["STATUS:CONFIRMED"], True, True),
        (["STATUS:CANCELLED"], False, False),
        (["STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], False, False),
        (["STATUS:TENTATIVE"], False, True),
        (["STATUS:TENTATIVE", "TRANSP:TRANSPARENT"], False, False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], True, True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], True, True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"], True, True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], False, False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"], False, False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"], False, True),
    ],
)
def test_an_event_counts_by_its_status_and_by_what_outlook_shows(
    lines: list[str], counts: bool, tentative_counts: bool
) -> None:
    content = calendar(*event(*lines))
    assert said(content).times == (TEN_TO_ELEVEN if counts else [])
    assert said(content, tentative=True).times == (TEN_TO_ELEVEN if tentative_counts else [])


@pytest.mark.parametrize(
    ("kind", "counts", "tentative_counts"),
    [
        ("", True, True),
        (";FBTYPE=BUSY", True, True),
        (";FBTYPE=BUSY-UNAVAILABLE", True, True),
        (";FBTYPE=BUSY-TENTATIVE", False, True),
        (";FBTYPE=FREE", False, False),
    ],
)
def test_busy_periods_count_by_their_type(kind: str, counts: bool, tentative_counts: bool) -> None:
    content = calendar("BEGIN:VFREEBUSY", f"FREEBUSY{kind}:20261014T080000Z/PT1H", "END:VFREEBUSY")
    assert said(content).times == (TEN_TO_ELEVEN if counts else [])
    assert said(content, tentative=True).times == (TEN_TO_ELEVEN if tentative_counts else [])


def test_one_line_may_have_several_busy_periods() -> None:
    periods = "20261014T080000Z/20261014T090000Z,20261015T080000Z/20261015T090000Z"
    assert len(said(calendar("BEGIN:VFREEBUSY", f"FREEBUSY:{periods}", "END:VFREEBUSY")).away) == 2


@pytest.mark.parametrize(
    "lines", [["CLASS:PRIVATE"], ["CLASS:CONFIDENTIAL"], ["CLASS:X-OWN"], ["class:private"]]
)
def test_titles_of_events_that_are_not_public_are_never_read(lines: list[str]) -> None:
    content = calendar(*event("SUMMARY:Heart surgery", *lines))
    assert [title for *_, title in said(content, titles=True).away] == [None]


def test_titles_are_read_only_if_they_are_wanted() -> None:
    content = calendar(*event("SUMMARY:Budget\\, part 2"))
    assert [title for *_, title in said(content).away] == [None]
    assert [title for *_, title in said(content, titles=True).away] == ["Budget, part 2"]


def test_whole_days_stay_days_in_whatever_zone_they_are_read() -> None:
    whole = event("DTSTART;VALUE=DATE:20261014", "DTEND;VALUE=DATE:20261017")
    assert said(calendar(*whole)).times == [("2026-10-14", "2026-10-17")]


def test_a_day_without_an_end_is_one_day_and_an_instant_without_an_end_is_nothing() -> None:
    assert said(calendar(*event("DTSTART;VALUE=DATE:20261014"))).times == [("2026-10-14", "2026-10-15")]
    assert said(calendar(*event("DTSTART:20261014T080000Z"))).times == []


def test_a_weekly_event_keeps_its_hour_by_the_clock_on_the_wall() -> None:
    weekly = event("DTSTART;TZID=Europe/Berlin:20261021T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert said(calendar(*weekly)).times == [
        ("2026-10-21T08:00:00", "2026-10-21T09:00:00"),  # summer time
        ("2026-10-28T09:00:00", "2026-10-28T10:00:00"),
    ]


def test_an_occurrence_that_was_excepted_moved_or_cancelled_is_not_where_it_was() -> None:
    series = event(
        "DTSTART;TZID=Europe/Berlin:20261012T100000",
        "DTEND;TZID=Europe/Berlin:20261012T110000",
        "RRULE:FREQ=DAILY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20261013T100000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261014T100000",
        "DTSTART;TZID=Europe/Berlin:20261014T150000",
        "DTEND;TZID=Europe/Berlin:20261014T160000",
    )
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261015T100000",
        "DTSTART;TZID=Europe/Berlin:20261015T100000",
        "DTEND;TZID=Europe/Berlin:20261015T110000",
        "STATUS:CANCELLED",
    )
    assert said(calendar(*series, *moved, *cancelled)).times == [
        ("2026-10-12T08:00:00", "2026-10-12T09:00:00"),
        ("2026-10-14T13:00:00", "2026-10-14T14:00:00"),
    ]


def test_a_key_is_that_of_the_occurrence_also_after_it_was_moved() -> None:
    before = said(calendar(*event())).away
    later = said(calendar(*event("DTSTART:20261020T080000Z", "DTEND:20261020T090000Z", "SEQUENCE:1"))).away
    assert before[0][2] == later[0][2]
    daily = said(
        calendar(*event("RRULE:FREQ=DAILY;COUNT=5", "DTSTART:20261020T080000Z", "DURATION:PT1H"))
    ).away
    assert len({key for _, _, key, _ in daily}) == 5


def test_what_begins_before_or_ends_after_the_wanted_time_is_part_of_it() -> None:
    begin = datetime(2026, 10, 14, 8, 30, tzinfo=UTC)
    assert said(calendar(*event()), begin=begin, days=1).times == TEN_TO_ELEVEN
    assert said(calendar(*event()), begin=begin + timedelta(minutes=30), days=1).times == []
    assert said(calendar(*event()), begin=begin - timedelta(days=1), days=1).times == TEN_TO_ELEVEN


_STARTS = st.integers(0, 365 * 1_440).map(
    lambda minutes: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
_RULES = st.sampled_from(
    [
        "",
        "FREQ=DAILY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=DAILY;UNTIL=20261101",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_STARTS, st.integers(1, 3 * 1_440), _RULES), max_size=6))
def test_what_is_dropped_before_parsing_changes_nothing(events: list[tuple[datetime, int, str]]) -> None:
    lines: list[str] = []
    for number, (start, minutes, rule) in enumerate(events):
        end = start + timedelta(minutes=minutes)
        times = [
            f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}",
        ]
        lines += event(*times, *([f"RRULE:{rule}"] if rule else []), uid=str(number))
    content = calendar(*lines)
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(
        BEGIN, timedelta(days=180)
    )
    expected = sorted((one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found)
    mine = [
        (datetime.fromisoformat(begin), datetime.fromisoformat(end))
        for begin, end, _, _ in said(content).away
    ]
    assert sorted(mine) == [pair for pair in expected if pair[0] < pair[1]]
