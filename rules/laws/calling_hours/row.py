"""One row of a table of calling hours: when the law of a place allows calls that offer something."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

__all__ = ["CLOSED", "HoursRow", "Spans", "Week", "each_day", "weekdays"]

Spans = tuple[tuple[int, int], ...]  # minutes of the day, from and until, in order
Week = tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]  # Monday to Sunday

CLOSED: Spans = ()

_PLACE = re.compile(r"[A-Z]{2}(-([A-Z0-9]{1,3}|\*))?")
_DAY = 1_440


@dataclass(frozen=True, slots=True)
class HoursRow:
    """The hours of one place: a country or a part of it (ISO 3166), or `US-*`, the parts without a row.

    `week` has the minutes of each day; None if the law names no hours, so that the policy's own apply. `eves`
    are the hours of a day before a public holiday, where they differ. No more than `most_calls` calls are
    allowed within `period_days` times 24 hours; both are None if the law does not count. `law` is the
    citation, `source` where it was read. Raises ValueError for a row that cannot be meant.
    """

    place: str
    week: Week | None
    holidays_closed: bool
    law: str
    source: str
    checked_on: date
    eves: Spans | None = None
    most_calls: int | None = None
    period_days: int | None = None

    def __post_init__(self) -> None:
        """Finds slips in a table when it is loaded."""
        days = (*(self.week or ()), *([self.eves] if self.eves is not None else []))
        times = [[time for span in day for time in span] for day in days]
        if any(day and not (day[0] >= 0 and day[-1] <= _DAY and _rising(day)) for day in times):
            raise ValueError(f"{self.place}: spans must be within a day, in order, and not touch")
        if any(day == [0, _DAY] for day in times):
            raise ValueError(f"{self.place}: a day without a closed minute; leave the place out")
        if not _PLACE.fullmatch(self.place) or not self.source:
            raise ValueError(f"{self.place}: a row needs a place of ISO 3166 and a source")
        if (self.most_calls is None) != (self.period_days is None):
            raise ValueError(f"{self.place}: a number of calls needs a period, and a period a number")


def each_day(begin: int, until: int, *, sundays: bool = True) -> Week:
    """A week with the same hours each day, from and until full hours; without Sundays if they are closed."""
    day: Spans = ((begin * 60, until * 60),)
    return (day, day, day, day, day, day, day if sundays else CLOSED)


def weekdays(*hours: tuple[int, int], saturday: Spans = CLOSED) -> Week:
    """A week with the same hours from Monday to Friday, in full hours, and those of Saturday in minutes."""
    day: Spans = tuple((begin * 60, until * 60) for begin, until in hours)
    return (day, day, day, day, day, saturday, CLOSED)


def _rising(times: list[int]) -> bool:
    return all(one < following for one, following in pairwise(times))
