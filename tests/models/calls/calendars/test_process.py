"""The process that reads calendars: its answers, its limits, and that nothing of it is quoted."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.calls.calendar_hours import HoursSpan, SpanKind
from models.calls.calendars import reading
from models.calls.calendars.reading import (
    Away,
    CalendarProblem,
    CalendarUnread,
    Reading,
    read_calendar,
)
from tests.models.calls.calendars.test_hours_of_calendars import OFFICE
from tests.models.calls.calendars.written import BERLIN, calendar, event

NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)
HOW = Reading(BERLIN, NOW, timedelta(days=180), tentative=False, titles=False)


async def test_a_calendar_is_read_from_yesterday_to_the_horizon() -> None:
    assert HOW.begin == datetime(2026, 10, 12, 22, tzinfo=UTC)
    assert HOW.end == NOW + timedelta(days=180)
    lines = event("DTSTART:20261001T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    found = await read_calendar(calendar(*lines), HOW)
    assert found.away[0].starts_at == datetime(2026, 10, 13, 8, tzinfo=UTC)
    assert found.away[-1].starts_at == datetime(2027, 4, 12, 8, tzinfo=UTC)


async def test_whole_days_become_instants_of_the_companys_zone() -> None:
    lines = event("DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261026")
    (found,) = (await read_calendar(calendar(*lines), HOW)).away
    assert (found.first_day, found.last_day) == (date(2026, 10, 24), date(2026, 10, 25))
    assert found.starts_at == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 10, 25, 23, tzinfo=UTC)  # the clocks have changed


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20200101T000000Z", "DTEND:20300101T000000Z"),
        ("DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20300101"),
        ("DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:22000101"),
    ],
)
async def test_an_event_of_ten_years_is_cut_to_the_horizon(lines: tuple[str, str]) -> None:
    (found,) = (await read_calendar(calendar(*event(*lines)), HOW)).away
    assert (found.starts_at, found.ends_at, found.cut) == (HOW.begin, HOW.end, True)
    assert (found.first_day, found.last_day) == (None, None)


async def test_hours_and_warnings_are_part_of_the_answer() -> None:
    lines = [*event("DTSTART:20261015T100000", "DURATION:PT1H"), "BEGIN:VAVAILABILITY", "UID:v", *OFFICE]
    found = await read_calendar(calendar(*lines, "END:VAVAILABILITY"), HOW)
    assert found.hours[0] == HoursSpan(SpanKind.SPAN, HOW.begin, HOW.end, 0)
    assert found.hours[1].kind is SpanKind.WITHIN
    assert found.warnings == {"FLOATING": 1}


async def test_the_zone_is_that_of_the_company() -> None:
    there = Reading(ZoneInfo("America/New_York"), NOW, HOW.horizon, tentative=False, titles=True)
    lines = event("DTSTART:20261015T100000", "DURATION:PT1H", "SUMMARY:Budget")
    (found,) = (await read_calendar(calendar(*lines), there)).away
    assert isinstance(found, Away)
    assert (found.starts_at, found.title) == (datetime(2026, 10, 15, 14, tzinfo=UTC), "Budget")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>", CalendarProblem.NOT_A_CALENDAR),
        (b"x" * (reading.MOST_BYTES + 1), CalendarProblem.TOO_LARGE),
    ],
)
async def test_a_calendar_that_cannot_be_read_is_a_problem(content: bytes, problem: CalendarProblem) -> None:
    with pytest.raises(CalendarUnread) as caught:
        await read_calendar(content, HOW)
    assert caught.value.problem is problem


async def test_a_calendar_that_takes_too_long_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(CalendarUnread) as caught:
        await read_calendar(calendar(*event()), HOW)
    assert caught.value.problem is CalendarProblem.TOO_COMPLEX


async def test_a_calendar_that_needs_too_much_memory_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "calendar_process.py"
    small = reading.PROGRAM.read_text().replace("MEMORY = 512 *", "MEMORY = 1 *")
    program.write_text(
        small.replace("Path(__file__).parents[3]", f"Path({str(reading.PROGRAM)!r}).parents[3]")
    )
    monkeypatch.setattr(reading, "PROGRAM", program)
    lines = [line for number in range(5_000) for line in event(uid=str(number))]
    with pytest.raises(CalendarUnread) as caught:
        await read_calendar(calendar(*lines), HOW)
    assert caught.value.problem is CalendarProblem.TOO_COMPLEX
