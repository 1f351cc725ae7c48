"""Hours from VAVAILABILITY (RFC 7953)."""

from datetime import UTC, datetime
from itertools import groupby

from tests.models.calls.calendars.written import calendar, said

OFFICE = [
    *("BEGIN:AVAILABLE", "UID:a", "DTSTART;TZID=Europe/Berlin:20261019T090000"),
    *("DTEND;TZID=Europe/Berlin:20261019T170000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "END:AVAILABLE"),
]


def test_hours_keep_their_time_by_the_clock_on_the_wall() -> None:
    content = calendar("BEGIN:VAVAILABILITY", "UID:v", *OFFICE, "END:VAVAILABILITY")
    span, *within = said(content, begin=datetime(2026, 10, 18, tzinfo=UTC), days=14).hours
    assert span == ("SPAN", "2026-10-18T00:00:00+00:00", "2026-11-01T00:00:00+00:00", 0)
    assert within == [
        ("WITHIN", "2026-10-19T07:00:00+00:00", "2026-10-19T15:00:00+00:00", 0),
        ("WITHIN", "2026-10-26T08:00:00+00:00", "2026-10-26T16:00:00+00:00", 0),
    ]


def test_hours_are_cut_to_their_span_and_carry_its_priority() -> None:
    times = ["DTSTART;TZID=Europe/Berlin:20261019T120000", "DTEND;TZID=Europe/Berlin:20261020T000000"]
    content = calendar("BEGIN:VAVAILABILITY", "UID:v", "PRIORITY:2", *times, *OFFICE, "END:VAVAILABILITY")
    assert said(content).hours == [
        ("SPAN", "2026-10-19T10:00:00+00:00", "2026-10-19T22:00:00+00:00", 2),
        ("WITHIN", "2026-10-19T10:00:00+00:00", "2026-10-19T15:00:00+00:00", 2),
    ]


def test_hours_that_touch_are_one() -> None:
    later = {"T170000": "T180000", "T090000": "T170000", "UID:a": "UID:b"}
    more = [next((line.replace(a, b) for a, b in later.items() if a in line), line) for line in OFFICE]
    content = calendar("BEGIN:VAVAILABILITY", "UID:v", *OFFICE, *more, "END:VAVAILABILITY")
    within = said(content, begin=datetime(2026, 10, 18, tzinfo=UTC), days=7).hours[1:]
    assert within == [("WITHIN", "2026-10-19T07:00:00+00:00", "2026-10-19T16:00:00+00:00", 0)]


def test_a_file_without_a_calendar_around_it_is_read() -> None:
    content = "\r\n".join(["BEGIN:VAVAILABILITY", "UID:v", *OFFICE, "END:VAVAILABILITY"]).encode()
    kinds = [kind for kind, *_ in said(content).hours]
    assert [kind for kind, _ in groupby(kinds)] == ["SPAN", "WITHIN"]
