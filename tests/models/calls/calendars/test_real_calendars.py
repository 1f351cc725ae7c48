"""Calendars that other programs wrote parse as their authors expect; see their README."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.models.calls.calendars.written import said

FOLDER = Path("tests/data/calendars")
PAIRS = sorted(path.name.removesuffix(".in.ics") for path in (FOLDER / "x_wr_timezone").glob("*.in.ics"))


def _on(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "begin", "number", "first", "warnings"),
    [
        (
            "Office-2012-owa",
            "2020-10-27",
            52,
            ("2020-10-28T12:30:00", "2020-10-28T14:00:00"),
            {"ZONE_UNKNOWN": 4},
        ),
        (
            "exchange-custom-tz",
            "2019-04-29",
            1,
            ("2019-04-30T02:00:00", "2019-04-30T05:00:00"),
            {},
        ),
        ("exchange_whole_day_moved_recurrence", "2026-02-18", 0, None, {}),  # shown as free
        ("outlook_cdo", "2015-07-02", 14, ("2015-07-03T08:00:00", "2015-07-03T08:30:00"), {}),
        ("ms_timezones", "2020-09-01", 2, ("2020-09-10T07:00:00", "2020-09-10T07:30:00"), {"UNREADABLE": 1}),
        ("vtimezone-year-0001-dtstart", "2024-05-31", 1, ("2024-06-01T08:00:00", "2024-06-01T09:00:00"), {}),
        ("biweekly-exdate-until", "2017-02-15", 21, ("2017-02-16T15:00:00", "2017-02-17T01:00:00"), {}),
        ("google-calendar-kiev-tz", "2016-08-24", 4, ("2016-08-25T11:00:00", "2016-08-25T12:00:00"), {}),
        ("google-recurrence-order", "2026-02-09", 3, ("2026-02-10T17:00:00", "2026-02-10T17:30:00"), {}),
        ("tentative-apple-calendar", "2022-07-03", 2, ("2022-07-05T16:00:00", "2022-07-05T17:00:00"), {}),
        ("sabredav-school-holidays", "2018-07-01", 0, None, {}),  # transparent
        ("vfreebusy-zimbra", "2014-04-14", 29, ("2014-04-16T15:15:00", "2014-04-16T19:00:00"), {}),
        ("test_date_duration", "2024-02-14", 1, ("2024-02-15", "2024-02-22"), {}),
        ("non-utc-until", "2023-12-31", 26, ("2024-01-01T09:00:00", "2024-01-01T10:00:00"), {}),
        ("whole_day_moved_over_dst_change_berlin", "2024-10-26", 0, None, {}),  # transparent
    ],
)
def test_a_calendar_of_another_program_is_read(
    name: str, begin: str, number: int, first: tuple[str, str] | None, warnings: dict[str, int]
) -> None:
    found = said((FOLDER / f"{name}.ics").read_bytes(), begin=_on(begin))
    assert (len(found.away), found.warnings) == (number, warnings)
    assert next(iter(found.times), None) == first


def test_a_whole_day_that_was_moved_over_the_clock_change_is_on_its_new_day() -> None:
    content = (FOLDER / "whole_day_moved_over_dst_change_berlin.ics").read_bytes()
    content = content.replace(b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE")
    assert [begin for begin, _ in said(content, begin=_on("2024-10-26")).times] == [
        "2024-10-27",
        "2024-10-29",
        "2024-10-30",
    ]


def test_the_pairs_are_there() -> None:
    assert len(PAIRS) == 7
    assert (
        sum(
            len(said(path.read_bytes(), begin=_on("2011-01-01"), days=5_500).away)
            for path in (FOLDER / "x_wr_timezone").glob("*.in.ics")
        )
        >= 5
    )


@pytest.mark.parametrize("name", PAIRS)
def test_a_zone_of_the_whole_calendar_counts_like_zones_of_its_times(name: str) -> None:
    before, after = (
        (FOLDER / "x_wr_timezone" / f"{name}.{kind}.ics")
        .read_bytes()
        .replace(b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE")
        for kind in ("in", "out")
    )
    begin = _on("2011-01-01")
    assert said(before, begin=begin, days=5_500).away == said(after, begin=begin, days=5_500).away


def test_the_first_example_of_rfc_7953_is_monday_to_friday_from_nine_to_five_in_montreal() -> None:
    begin = _on("2011-10-01")
    span, *within = said((FOLDER / "rfc_7953_1.ics").read_bytes(), begin=begin).hours
    assert span[:3] == ("SPAN", begin.isoformat(), (begin + timedelta(days=180)).isoformat())
    montreal = ZoneInfo("America/Montreal")
    times = [[datetime.fromisoformat(text).astimezone(montreal) for text in one[1:3]] for one in within]
    assert {(start.hour, end.hour) for start, end in times} == {(9, 17)}
    assert [start.isoweekday() for start, _ in times[:6]] == [1, 2, 3, 4, 5, 1]


def test_the_second_example_of_rfc_7953_is_open_from_monday_to_thursday_for_two_months() -> None:
    span, *within = said((FOLDER / "rfc_7953_2.ics").read_bytes(), begin=_on("2011-10-01")).hours
    assert span == ("SPAN", "2011-10-02T04:00:00+00:00", "2011-12-02T05:00:00+00:00", 0)
    montreal = ZoneInfo("America/Montreal")
    days = [[datetime.fromisoformat(text).astimezone(montreal) for text in one[1:3]] for one in within]
    # Its hours of Friday begin on a Thursday, and recur on that day.
    assert {(start.isoweekday(), start.hour, end.hour) for start, end in days} == {
        (day, 9, 17) for day in (1, 2, 3, 4)
    }
