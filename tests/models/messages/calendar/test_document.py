"""Documents as other programs read them."""

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.messages.calendar.document import CalendarState, Event, Method, Party, calendar_document
from models.messages.calendar.lines import content_line, instant, mail_address, text, uri
from tests.models.messages.calendar.judges import read

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def event(**given: object) -> Event:
    """An event with what matters to a test."""
    fields: dict[str, object] = {
        "uid": "1@demo.example",
        "sequence": 0,
        "stamp": AT,
        "state": CalendarState.CONFIRMED,
        "starts": AT,
        "ends": AT + HOUR,
        "summary": "Meeting",
    }
    return Event(**(fields | given))  # type: ignore[arg-type]


def document(**given: object) -> bytes:
    """An invitation to one event."""
    return calendar_document(Method.REQUEST, [event(**given)])


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(any_text)
@example("a" * 300)
@example("\u017c\U0001f4de" * 100)
def test_lines_are_folded_at_75_octets_and_never_inside_a_character(value: str) -> None:
    line = content_line("SUMMARY", text(value))
    assert line.endswith(b"\r\n")
    parts = line[:-2].split(b"\r\n ")
    assert b"\r" not in b"".join(parts)
    assert b"\n" not in b"".join(parts)
    assert all(len(part) <= 75 - (number > 0) for number, part in enumerate(parts))
    assert all(len(part) > 70 for part in parts[:-1])  # and not needlessly short
    for part in parts:
        part.decode()


@example("\\n \\N \\, \\; \\\\ C:\\new")
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=300))
def test_readers_get_the_text_that_was_written(value: str) -> None:
    (seen,) = read(document(description=f"a{value}\nb"))
    assert seen.description == f"a{value}\nb"


@given(any_text, any_text)
def test_no_text_can_add_a_line_or_a_component(title: str, name: str) -> None:
    attack = "\r\nEND:VEVENT\r\nBEGIN:VALARM\x0bATTACH:x\u2028METHOD:CANCEL\x85SEQUENCE:9"
    made = document(
        summary=title + attack,
        description=attack + title,
        location=title + attack,
        url="https://demo.example/" + attack,
        organizer=Party(name + attack, "a@demo.example"),
        attendee=Party(name + '";X="' + attack, f"b{attack}@demo.example"),
    )
    (seen,) = read(made)
    assert (seen.method, seen.sequence, len(seen.attendees)) == ("REQUEST", 0, 1)
    assert made.decode().isascii() or len(made.decode().splitlines()) == made.count(b"\r\n")


def test_a_long_polish_title_with_every_special_character_is_read_unchanged() -> None:
    title = ("Zażółć gęślą jaźń, kuchnia; 3 m\u00b2 \\ „na wymiar” 📞👩\u200d🔧 " * 10).strip()
    (seen,) = read(document(summary=title))
    assert seen.summary == title


def test_a_title_is_one_line_and_a_text_keeps_its_lines() -> None:
    (seen,) = read(document(summary="a\nb\r\n c", description="a\r\nb\rc\nd"))
    assert (seen.summary, seen.description) == ("a b c", "a\nb\nc\nd")


def test_separators_backslashes_and_line_breaks_are_escaped() -> None:
    assert text("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


def test_characters_that_turn_text_around_are_removed() -> None:
    assert text("a\u202eb\u2066c\x00d\te") == "a b c d e"


def test_times_are_in_utc_to_the_second() -> None:
    local = datetime(2026, 3, 29, 3, 0, 0, 999_999, tzinfo=timezone(2 * HOUR))
    assert instant(local) == "20260329T010000Z"
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_the_hour_that_is_repeated_when_clocks_are_set_back_is_not_ambiguous() -> None:
    before, after = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    seen = [read(document(starts=at, ends=at + HOUR))[0].starts for at in (before, after)]
    assert seen == [before, after]


def test_whole_days_end_with_the_next_day() -> None:
    made = document(starts=date(2026, 12, 31), ends=date(2027, 1, 1))
    assert b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in made
    (seen,) = read(made)
    assert (seen.starts, seen.ends) == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(AT, AT), (AT, AT - HOUR), (AT, AT.date()), (AT.date(), AT), (AT.date(), AT.date())],
)
def test_an_event_without_a_length_or_with_mixed_times_is_refused(
    starts: datetime | date, ends: datetime | date
) -> None:
    with pytest.raises(ValueError, match="an event"):
        event(starts=starts, ends=ends)


def test_the_organiser_and_the_attendee_are_mail_addresses_with_names() -> None:
    made = document(
        organizer=Party('Leadgate, "Demo"', "mail@demo.example"),
        attendee=Party("Vera: Lindqvist", "vera+leads?x=1&y%@d\u00f6mo.example"),
    )
    found = icalendar.Calendar.from_ical(made).walk("VEVENT")[0]
    assert found["ORGANIZER"].params["CN"] == "Leadgate, 'Demo'"
    attendee = found["ATTENDEE"]
    assert attendee.params["CN"] == "Vera: Lindqvist"
    assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert attendee.params["RSVP"] == "FALSE"
    assert str(attendee) == "mailto:vera+leads%3Fx%3D1%26y%25@d%C3%B6mo.example"


def test_addresses_and_links_contain_only_printable_ascii() -> None:
    assert mail_address("a b\r\n@x.de") == "mailto:a%20b%0D%0A@x.de"
    assert uri("https://x.de/\u00fc?a=b c\r\nd#e") == "https://x.de/%C3%BC?a=b%20c%0D%0Ad#e"


def test_an_event_says_whether_it_blocks_time() -> None:
    assert b"TRANSP:TRANSPARENT\r\n" in document(free=True)
    assert b"TRANSP:OPAQUE\r\n" in document()
