"""Zones of times in calendars: unknown, missing, of the calendar, and of Windows."""

import pytest

from tests.models.calls.calendars.written import calendar, event, said


@pytest.mark.parametrize(
    ("start", "expected", "warnings"),
    [
        ("DTSTART:20261014T100000Z", "2026-10-14T10:00:00", {}),
        ("DTSTART;TZID=America/New_York:20261014T100000", "2026-10-14T14:00:00", {}),
        ("DTSTART;TZID=W. Europe Standard Time:20261014T100000", "2026-10-14T08:00:00", {}),
        ("DTSTART:20261014T100000", "2026-10-14T08:00:00", {"FLOATING": 1}),
        ("DTSTART;TZID=Mars/Olympus:20261014T100000", "2026-10-14T08:00:00", {"ZONE_UNKNOWN": 1}),
    ],
)
def test_times_without_a_known_zone_are_the_companys_with_a_warning(
    start: str, expected: str, warnings: dict[str, int]
) -> None:
    found = said(calendar(*event(start, "DURATION:PT1H")))
    assert [begin for begin, _ in found.times] == [expected]
    assert found.warnings == warnings


def test_times_without_a_zone_are_those_of_the_calendars_zone() -> None:
    lines = event("DTSTART:20261014T100000", "DURATION:PT1H")
    found = said(calendar("X-WR-TIMEZONE:America/New_York", *lines))
    assert [begin for begin, _ in found.times] == ["2026-10-14T14:00:00"]
    assert found.warnings == {}


def test_a_weekly_rule_in_utc_follows_the_clocks_of_the_calendars_zone() -> None:
    lines = event("DTSTART:20261021T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    follows = said(calendar("X-WR-TIMEZONE:Europe/Berlin", *lines))
    assert [begin for begin, _ in follows.times] == ["2026-10-21T08:00:00", "2026-10-28T09:00:00"]
    in_utc = said(calendar(*lines))
    assert [begin for begin, _ in in_utc.times] == ["2026-10-21T08:00:00", "2026-10-28T08:00:00"]


def test_a_calendars_zone_that_does_not_exist_is_told_and_not_used() -> None:
    found = said(calendar("X-WR-TIMEZONE:Mars/Olympus", *event("DTSTART:20261014T100000", "DURATION:PT1H")))
    assert [begin for begin, _ in found.times] == ["2026-10-14T08:00:00"]
    assert found.warnings == {"CALENDAR_ZONE_UNKNOWN": 1, "FLOATING": 1}


def test_a_zone_that_the_calendar_defines_is_used() -> None:
    zone = [
        *("BEGIN:VTIMEZONE", "TZID:Office", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
        *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"),
    ]
    found = said(calendar(*zone, *event("DTSTART;TZID=Office:20261014T100000", "DURATION:PT1H")))
    assert [begin for begin, _ in found.times] == ["2026-10-14T07:00:00"]
    assert found.warnings == {}


def test_events_that_end_before_they_start_are_told() -> None:
    found = said(calendar(*event("DTSTART:20261014T110000Z", "DTEND:20261014T100000Z")))
    assert found.warnings == {"SWAPPED": 1}
