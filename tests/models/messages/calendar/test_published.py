"""The calendar that a user subscribes to."""

from datetime import UTC, datetime, timedelta

import pytest

from models.messages.calendar.document import CalendarState
from models.messages.calendar.published import MOST_ENTRIES, FeedEntry, published_calendar
from models.messages.calendar.words import WORDS
from tests.models.messages.calendar.judges import read

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
DUE = AT + timedelta(days=1)
ENTRIES = [
    FeedEntry("meeting-1", "Meeting: “Kitchen”", "https://l.example/1", AT, AT, AT + timedelta(hours=1)),
    FeedEntry("answer-1", "Answer due: “Kitchen”", "https://l.example/1", AT, DUE),
    FeedEntry(
        "meeting-2",
        "Cancelled",
        "https://l.example/2",
        AT,
        AT,
        AT + timedelta(hours=2),
        CalendarState.CANCELLED,
    ),
]


def test_meetings_block_time_and_deadlines_do_not() -> None:
    made = published_calendar(ENTRIES, language="en", domain="l.example")
    meeting, deadline, cancelled = read(made)
    assert (meeting.method, meeting.uid) == ("PUBLISH", "meeting-1@l.example")
    assert (meeting.starts, meeting.ends) == (AT, AT + timedelta(hours=1))
    assert (deadline.starts, deadline.ends) == (DUE - timedelta(minutes=15), DUE)
    assert cancelled.status == "CANCELLED"
    assert made.count(b"TRANSP:TRANSPARENT") == 1
    assert not meeting.attendees


@pytest.mark.parametrize("language", list(WORDS))
def test_it_has_a_name_and_says_how_often_to_read_it(language: str) -> None:
    made = published_calendar([], language=language, domain="l.example")
    assert made.count(f":{WORDS[language].feed}\r\n".replace(",", "\\,").encode()) == 2
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\nX-PUBLISHED-TTL:PT15M\r\n" in made


def test_the_same_entries_are_the_same_bytes() -> None:
    one, same = (published_calendar(ENTRIES, language="en", domain="l.example") for _ in range(2))
    assert one == same


def test_it_has_at_most_500_entries() -> None:
    published_calendar(ENTRIES[:1] * MOST_ENTRIES, language="en", domain="l.example")
    with pytest.raises(ValueError, match="500"):
        published_calendar(ENTRIES[:1] * (MOST_ENTRIES + 1), language="en", domain="l.example")
