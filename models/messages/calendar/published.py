"""The calendar that a user subscribes to: meetings and deadlines, without contact data.

Its address is copied into other services, so an entry has a title and a link, and nothing else to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.messages.calendar.document import CalendarState, Event, Method, calendar_document
from models.messages.calendar.words import WORDS

MOST_ENTRIES = 500
_REFRESH_MINUTES = 15
# How long a deadline is in a calendar, because readers hide events without length. It ends when the deadline
# is due: one that is due at midnight is on the last day on which something can be done.
_MOMENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A meeting, or a deadline at `starts` if it has no end; `key` is unique and never changes."""

    key: str
    title: str
    url: str
    changed_at: datetime
    starts: datetime
    ends: datetime | None = None
    state: CalendarState = CalendarState.CONFIRMED


def published_calendar(entries: Sequence[FeedEntry], *, language: str, domain: str) -> bytes:
    """Return the calendar: the same bytes for the same entries. Raises ValueError for more than 500."""
    if len(entries) > MOST_ENTRIES:
        raise ValueError(f"a calendar has at most {MOST_ENTRIES} entries")
    events = (
        Event(
            uid=f"{entry.key}@{domain}",
            sequence=0,
            stamp=entry.changed_at,
            state=entry.state,
            starts=entry.starts if entry.ends else entry.starts - _MOMENT,
            ends=entry.ends or entry.starts,
            free=entry.ends is None,
            summary=entry.title,
            url=entry.url,
            description=entry.url,
        )
        for entry in entries
    )
    return calendar_document(
        Method.PUBLISH, events, name=WORDS[language].feed, refresh_minutes=_REFRESH_MINUTES
    )
