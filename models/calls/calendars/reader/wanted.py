"""What is read of a calendar, how much of it at most, and what is warned of."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.calls.calendars.reader.time_limit import TimeLimit

MOST_AWAY = 5_000  # occurrences
MOST_EVENTS = 6_000  # that may matter, after those of other times were dropped
MOST_DATES = 5_000  # that rules leave out or add
MOST_RULES_OF_HOURS = 100
MOST_ZONES = 200  # that a calendar defines
MOST_A_DAY = 48  # occurrences of one rule: an appointment every half an hour
MOST_STEPS, MOST_STEPS_IN_ALL = 200_000, 600_000  # of a rule, from its first occurrence on
AT_ONCE = 20_000  # occurrences that are expanded before they are sorted and cut
LONGEST_TITLE = 200
MARGIN = timedelta(days=2)  # more than the clocks of two places can differ


Moment = date | datetime
Away = tuple[str, str, str, str | None]
Hours = tuple[str, str, str, int]


@dataclass(slots=True)
class Wanted:
    """What is read of a calendar; `zone` is that of times without one."""

    zone: ZoneInfo
    begin: datetime
    end: datetime
    tentative: bool = False
    titles: bool = False
    warnings: Counter[str] = field(default_factory=Counter)
    limit: TimeLimit = field(default_factory=TimeLimit)

    @property
    def first(self) -> str:
        """The first day (yyyymmdd) on which something may matter."""
        return f"{self.begin - MARGIN:%Y%m%d}"

    @property
    def first_with_length(self) -> str:
        """The first day on which something may begin that lasts up to a year."""
        return f"{self.begin - timedelta(days=366):%Y%m%d}"

    @property
    def last(self) -> str:
        """The last one."""
        return f"{self.end + MARGIN:%Y%m%d}"
