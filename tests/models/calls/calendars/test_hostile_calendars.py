"""Calendars that are too large, too dense, broken or no calendars: cut at the limits, with a warning."""

from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calls.calendars.reader.lines import NotACalendar
from models.calls.calendars.reader.wanted import MOST_AWAY, MOST_DATES, MOST_EVENTS
from tests.models.calls.calendars.written import BEGIN, calendar, event, said

GOOD = event("DTSTART:20261014T080000Z", "DTEND:20261014T090000Z", uid="good")
GOOD_TIMES = [("2026-10-14T08:00:00", "2026-10-14T09:00:00")]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=SECONDLY;COUNT=100000",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
        "FREQ=HOURLY;BYMINUTE=0,15,30",
        "FREQ=YEARLY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=1,2,3,4,5,6,7",
    ],
)
def test_a_rule_with_an_occurrence_at_every_turn_is_left_out_and_told(rule: str) -> None:
    dense = event("DTSTART:20261001T000000Z", "DURATION:PT1S", f"RRULE:{rule}", uid="dense")
    found = said(calendar(*dense, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"RULES_LEFT_OUT": 1})


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=SECONDLY;COUNT=10", 10),
        ("FREQ=HOURLY;COUNT=30", 30),
        ("FREQ=DAILY;BYHOUR=8,12", 2 * 180),
        ("FREQ=HOURLY;INTERVAL=6", 4 * 180),
        ("FREQ=MINUTELY;INTERVAL=720", 2 * 180),
    ],
)
def test_a_rule_that_is_not_dense_is_expanded(rule: str, number: int) -> None:
    found = said(calendar(*event("DTSTART:20261001T000001Z", "DURATION:PT1S", f"RRULE:{rule}")))
    assert (len(found.away), found.warnings) in ((number, {}), (number + 1, {}))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=7200;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_never_has_an_occurrence_is_left_out_after_a_second_and_told(rule: str) -> None:
    never = event("DTSTART:20261001T000000Z", "DURATION:PT1S", f"RRULE:{rule}", uid="never")
    begun = process_time()
    found = said(calendar(*never, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"RULES_LEFT_OUT": 1})
    assert process_time() - begun < 8  # it would be looked for until the year 9999


def test_many_rules_without_an_occurrence_take_no_more_than_the_time_of_a_few() -> None:
    never = [
        line
        for number in range(20)
        for line in event(
            "DTSTART:20261001T000000Z",
            "DURATION:PT1S",
            "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            uid=f"never {number}",
        )
    ]
    begun = process_time()
    found = said(calendar(*never, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"RULES_LEFT_OUT": 20})
    assert process_time() - begun < 9


def test_hours_with_a_rule_without_an_occurrence_are_left_out_and_told() -> None:
    hours = [
        *("BEGIN:VAVAILABILITY", "UID:hours", "BEGIN:AVAILABLE", "UID:within", "DTSTART:20261001T000000Z"),
        *("DURATION:PT1S", "RRULE:FREQ=SECONDLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30"),
        *("END:AVAILABLE", "END:VAVAILABILITY"),
    ]
    found = said(calendar(*hours, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"RULES_LEFT_OUT": 1})


@pytest.mark.parametrize("interval", ["0", "-1", "9" * 30])
def test_a_rule_that_never_goes_on_is_left_out_and_told(interval: str) -> None:
    still = event(
        "DTSTART:20261001T000000Z", "DURATION:PT1S", f"RRULE:FREQ=DAILY;INTERVAL={interval}", uid="x"
    )
    found = said(calendar(*still, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"UNREADABLE": 1})


def zone(*lines: str, name: str = "Mine") -> list[str]:
    """Return the lines of a zone that the calendar defines, two hours ahead of UTC."""
    offsets = () if any("OFFSETTO" in line for line in lines) else ("TZOFFSETFROM:+0200", "TZOFFSETTO:+0200")
    inner = ("DTSTART:19700101T000000", *offsets, *lines)
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", *inner, "END:STANDARD", "END:VTIMEZONE"]


@pytest.mark.parametrize(
    "lines",
    [
        ("TZOFFSETFROM:+9999", "TZOFFSETTO:+9999"),
        [f"RDATE:{year}0101T0{hour}0000" for year in range(1000, 9999) for hour in range(9)],
    ],
    ids=["an offset of four days", "a clock that changes 80,000 times"],
)
def test_a_hostile_zone_does_not_take_the_events_with_it(lines: list[str]) -> None:
    using = event("DTSTART;TZID=Mine:20261015T100000", "DTEND;TZID=Mine:20261015T110000", uid="using")
    found = said(calendar(*zone(*lines), *using, *GOOD))
    of_using = ("2026-10-15T08:00:00", "2026-10-15T09:00:00")  # in the zone of the company
    assert (found.times, found.warnings) == ([*GOOD_TIMES, of_using], {"ZONE_UNKNOWN": 1})


def test_more_zones_than_the_limit_are_left_out_and_those_before_are_used() -> None:
    many = [line for number in range(3_000) for line in zone(name=f"Mine {number}")]
    using = event('DTSTART;TZID="Mine 7":20261015T100000', 'DTEND;TZID="Mine 7":20261015T110000', uid="using")
    begun = process_time()
    found = said(calendar(*many, *using, *GOOD))
    assert (found.times, found.warnings) == (
        [*GOOD_TIMES, ("2026-10-15T08:00:00", "2026-10-15T09:00:00")],
        {},
    )
    assert process_time() - begun < 9


def test_a_zone_that_names_a_folder_does_not_take_the_other_events_with_it() -> None:
    folder = event("DTSTART;TZID=Europe:20261015T100000", "DTEND;TZID=Europe:20261015T110000", uid="folder")
    found = said(calendar(*folder, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"UNREADABLE": 1})


def test_events_within_events_do_not_take_the_other_events_with_them() -> None:
    deep = [*["BEGIN:VEVENT"] * 5_000, *["END:VEVENT"] * 5_000]
    assert said(calendar(*deep, *GOOD)).times == GOOD_TIMES


def test_a_rule_from_long_ago_is_not_counted_from_there() -> None:
    old = event("DTSTART:00010101T000000Z", "DURATION:PT1S", "RRULE:FREQ=HOURLY", uid="old")
    found = said(calendar(*old, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {"RULES_LEFT_OUT": 1})


def test_a_hundred_thousand_exceptions_are_cut_and_told() -> None:
    dates = (BEGIN + timedelta(minutes=number) for number in range(100_000))
    lines = [f"EXDATE:{one:%Y%m%dT%H%M%SZ}" for one in dates]
    series = event("DTSTART:20261014T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2", *lines)
    begun = process_time()
    found = said(calendar(*series))
    assert found.warnings == {"DATES_LEFT_OUT": 100_000 - MOST_DATES}
    assert process_time() - begun < 10


def test_exceptions_of_other_times_do_not_count_towards_the_limit() -> None:
    dates = (BEGIN - timedelta(days=9, minutes=number) for number in range(20_000))
    lines = [f"EXDATE:{one:%Y%m%dT%H%M%SZ}" for one in dates]
    series = event(
        "DTSTART:20261014T080000Z",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=2",
        *lines,
        "EXDATE:20261014T080000Z",
    )
    found = said(calendar(*series))
    assert (found.times, found.warnings) == ([("2026-10-15T08:00:00", "2026-10-15T09:00:00")], {})


def test_more_events_than_the_limit_are_left_out_and_told() -> None:
    lines: list[str] = []
    for number in range(MOST_EVENTS + 3):
        lines += event("DTSTART:20261014T080000Z", "DTEND:20261014T090000Z", uid=str(number))
    found = said(calendar(*lines))
    assert len(found.away) == MOST_AWAY
    assert found.warnings == {"EVENTS_LEFT_OUT": 3, "OCCURRENCES_LEFT_OUT": MOST_EVENTS - MOST_AWAY}


def test_events_of_other_times_do_not_count_towards_the_limit() -> None:
    lines: list[str] = []
    for number in range(MOST_EVENTS + 3):
        lines += event("DTSTART:20250101T080000Z", "DTEND:20250101T090000Z", uid=str(number))
    found = said(calendar(*lines, *GOOD))
    assert (found.times, found.warnings) == (GOOD_TIMES, {})


def test_the_first_occurrences_are_kept_if_there_are_too_many() -> None:
    lines: list[str] = []
    for number in range(10):
        lines += event("DTSTART:20261001T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY", uid=str(number))
    found = said(calendar(*lines))
    assert len(found.away) == MOST_AWAY
    assert found.times[-1][0] < "2026-10-22"  # ten in each of the first 500 hours
    assert "OCCURRENCES_LEFT_OUT" in found.warnings


@pytest.mark.parametrize(
    "broken",
    [
        ["DTSTART:nonsense"],
        ["DTSTART:20261014T080000Z", "RRULE:FREQ=SOMETIMES"],
        ["DTSTART:20261014T080000Z", "RRULE:FREQ=DAILY;COUNT=many"],
        ["DTSTART:20261014T080000Z", "RRULE:FREQ=DAILY;UNTIL=never"],
        ["DTSTART:99991231T235959Z", "DURATION:P9999D", "RRULE:FREQ=YEARLY"],
        ["DTSTART;VALUE=DATE:99991231"],
    ],
)
def test_a_broken_event_does_not_take_the_others_with_it(broken: list[str]) -> None:
    assert said(calendar(*event(*broken, uid="broken"), *GOOD)).times == GOOD_TIMES


def test_a_calendar_that_was_cut_off_is_read_as_far_as_it_goes_and_told() -> None:
    content = calendar(*GOOD, *event()).rpartition(b"DTEND")[0]
    found = said(content)
    assert found.times == GOOD_TIMES
    assert found.warnings["CUT_OFF"] == 1


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"<!DOCTYPE html><html></html>", b"hello", b"BEGIN:VCARD\nEND:VCARD"]
)
def test_something_else_is_no_calendar(content: bytes) -> None:
    with pytest.raises(NotACalendar):
        said(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_titles_are_read_in_the_encodings_that_programs_use(encoding: str) -> None:
    content = calendar(*event("SUMMARY:Büro")).decode().encode(encoding)
    assert [title for *_, title in said(content, titles=True).away] == ["Büro"]


def test_folded_lines_of_any_kind_are_joined() -> None:
    content = calendar(*event("SUMMARY:Long"))
    folded = content.replace(b"SUMMARY:Long", b"SUM\r\n MARY:Lo\r\n\tng").replace(b"\r\n", b"\n")
    assert [title for *_, title in said(folded, titles=True).away] == ["Long"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_answered_with_anything_but_a_calendar_or_none(content: bytes) -> None:
    try:
        said(content)
        said(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content + b"\nEND:VEVENT\nEND:VCALENDAR")
    except NotACalendar:
        pass


_PARTS = st.sampled_from(
    [
        *(
            "DTSTART:20261014T080000Z",
            "DTSTART;VALUE=DATE:20261014",
            "DTSTART;TZID=X:20261014T080000",
            "DTSTART:",
        ),
        *(
            "DTEND:20261014T090000Z",
            "DTEND;VALUE=DATE:20261013",
            "DURATION:-PT1H",
            "DURATION:P1Y",
            "RRULE:FREQ=DAILY",
        ),
        *(
            "RRULE:FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-1",
            "RRULE:FREQ=YEARLY;BYWEEKNO=53",
            "RDATE:20261015T080000Z",
        ),
        *(
            "RDATE;VALUE=PERIOD:20261015T080000Z/PT1H",
            "EXDATE;VALUE=DATE:20261015",
            "RECURRENCE-ID:20261014T080000Z",
        ),
        *(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261015T080000Z",
            "SEQUENCE:x",
            "PRIORITY:5",
            "STATUS:",
            "UID:a",
        ),
        *(
            "BEGIN:VALARM",
            "END:VALARM",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "BEGIN:VAVAILABILITY",
            "BEGIN:AVAILABLE",
        ),
        *(
            "END:AVAILABLE",
            "END:VAVAILABILITY",
            "BEGIN:VFREEBUSY",
            "FREEBUSY:20261014T080000Z/PT1H",
            "FREEBUSY:x/y",
        ),
        *("END:VFREEBUSY", "BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE", "X-WR-TIMEZONE:Europe/Berlin"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PARTS, max_size=14))
def test_no_order_of_lines_breaks_the_reader(lines: list[str]) -> None:
    found = said(calendar("BEGIN:VEVENT", *lines, "END:VEVENT", *GOOD), tentative=True, titles=True)
    assert all(begin < end for begin, end in found.times)
