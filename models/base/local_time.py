"""Local time: days, minutes of a day and clock changes as instants (UTC)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 1_440


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day; where midnight does not exist, that of the clock change."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the date of an instant."""
    return at.astimezone(zone).date()


def local_minute(at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return the ISO weekday (1 to 7) and the minute of the day that a clock on the wall shows."""
    local = at.astimezone(zone)
    return local.isoweekday(), local.hour * 60 + local.minute


def minute_instants(day: date, minute: int, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants at which a clock on the wall shows a minute of a day: two in a doubled hour.

    For a minute that a clock change skips, the instants are around the change.
    """
    if minute == DAY_MINUTES:
        yield day_start(day + timedelta(days=1), zone)
        return
    local = datetime.combine(day, time(minute // 60, minute % 60), zone)
    first = local.astimezone(UTC)
    yield first
    second = local.replace(fold=1).astimezone(UTC)
    if second != first:
        yield second


@lru_cache(maxsize=4_096)
def clock_change(day: date, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a day at which its clocks change, if they do."""
    low, high = day_start(day, zone), day_start(day + timedelta(days=1), zone)
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:
        return None
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
