"""What a calendar says: when somebody is away, hours, and what should be known about the reading.

Files and feeds come from anywhere, so they are read in a process of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from models.base.local_time import day_start
from models.calls.calendar_hours import HoursSpan, SpanKind
from models.calls.limits import LONGEST_APPOINTMENT
from models.process.separate import SeparateFailed, answer_of

PROGRAM = Path(__file__).with_name("calendar_process.py")
SECONDS = 10.0
MOST_BYTES = 5 * 1024 * 1024
MOST_ANSWER_BYTES = 8 * 1024 * 1024
_LAST_DAY = date(9990, 1, 1)  # further ones have no following day in every time zone


class CalendarProblem(StrEnum):
    """Why a calendar is not read; what was read of it before stays."""

    ADDRESS = "ADDRESS"
    UNREACHABLE = "UNREACHABLE"
    TOO_SLOW = "TOO_SLOW"
    REFUSED = "REFUSED"
    NOT_FOUND = "NOT_FOUND"
    REDIRECTS = "REDIRECTS"
    TOO_LARGE = "TOO_LARGE"
    COMPRESSED = "COMPRESSED"
    NOT_A_CALENDAR = "NOT_A_CALENDAR"
    TOO_COMPLEX = "TOO_COMPLEX"
    SEALED = "SEALED"


class CalendarUnread(Exception):  # noqa: N818 - named for what happened
    """The calendar was not read; the message quotes nothing of it."""

    def __init__(self, problem: CalendarProblem) -> None:
        """Take the problem."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away from `starts_at` until before `ends_at`; whole days also have their dates.

    `key` is the same whenever the same occurrence is read. `cut`: it is longer, and so has no known end.
    """

    key: str
    starts_at: datetime
    ends_at: datetime
    first_day: date | None = None
    last_day: date | None = None
    title: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class CalendarText:
    """What a calendar says; `warnings` are codes of `CalendarWarning` with numbers."""

    away: Sequence[Away]
    hours: Sequence[HoursSpan]
    warnings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a calendar is read: from yesterday on, in the company's zone."""

    zone: ZoneInfo
    now: datetime
    horizon: timedelta
    tentative: bool
    titles: bool

    @property
    def begin(self) -> datetime:
        """The start of yesterday."""
        return day_start(self.now.astimezone(self.zone).date() - timedelta(days=1), self.zone)

    @property
    def end(self) -> datetime:
        """The end of what is read."""
        return self.now + self.horizon


async def read_calendar(content: bytes, how: Reading) -> CalendarText:
    """Read a calendar of at most 5 MB in a process of its own. Raises CalendarUnread.

    The caller limits how many are read at once.
    """
    if len(content) > MOST_BYTES:
        raise CalendarUnread(CalendarProblem.TOO_LARGE)
    try:
        answer = await answer_of(
            PROGRAM,
            str(how.zone),
            how.begin.isoformat(),
            how.end.isoformat(),
            "1" if how.tentative else "0",
            "1" if how.titles else "0",
            content=content,
            seconds=SECONDS,
            most_bytes=MOST_ANSWER_BYTES,
        )
    except SeparateFailed:
        raise CalendarUnread(CalendarProblem.TOO_COMPLEX) from None
    found = orjson.loads(answer)
    if "error" in found:
        raise CalendarUnread(CalendarProblem(found["error"]))
    away = (_away(begin, end, key, title, how) for begin, end, key, title in found["away"])
    hours = (
        HoursSpan(SpanKind(kind), datetime.fromisoformat(begin), datetime.fromisoformat(end), priority)
        for kind, begin, end, priority in found["hours"]
    )
    return CalendarText([one for one in away if one is not None], list(hours), found["warnings"])


def _away(begin: str, end: str, key: str, title: str | None, how: Reading) -> Away | None:
    """Return an absence, if it is longer than an appointment may be only the part that is read."""
    if len(begin) == len("2026-01-01"):
        first, last = date.fromisoformat(begin), date.fromisoformat(end) - timedelta(days=1)
        if last < _LAST_DAY and last - first < LONGEST_APPOINTMENT and first.year > 1:
            starts, ends = day_start(first, how.zone), day_start(last + timedelta(days=1), how.zone)
            return Away(key, starts, ends, first, last, title)
        starts = max(how.begin, day_start(max(first, date(2, 1, 1)), how.zone))
        ends = min(how.end, day_start(min(last, _LAST_DAY) + timedelta(days=1), how.zone))
        return Away(key, starts, ends, title=title, cut=True) if starts < ends else None
    starts_at, ends_at = (datetime.fromisoformat(one).astimezone(UTC) for one in (begin, end))
    if ends_at - starts_at <= LONGEST_APPOINTMENT:
        return Away(key, starts_at, ends_at, title=title)
    return Away(key, max(starts_at, how.begin), min(ends_at, how.end), title=title, cut=True)
