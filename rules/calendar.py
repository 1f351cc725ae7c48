"""Windows of calendar days: from an instant to the exclusive end of a window.

Holidays are passed in; nothing here reads a clock.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from rules.engine.facts import utc
from rules.parameters import PolicyError
from rules.policy import Policy

__all__ = ["complaint_until", "days_after", "decide_by"]

_SATURDAY = 5


def complaint_until(
    received_at: datetime, policy: Policy, holidays: Collection[date] | None = None
) -> datetime:
    """The exclusive end (UTC) of the complaint window of a delivery received then (S5.8)."""
    return days_after(received_at, policy.complaint.window_days, policy, holidays)


def decide_by(submitted_at: datetime, policy: Policy, holidays: Collection[date] | None = None) -> datetime:
    """The exclusive deadline (UTC) for the decision on a complaint submitted then (S5.9)."""
    return days_after(submitted_at, policy.complaint.decide_days, policy, holidays)


def days_after(
    begun_at: datetime, days: int, policy: Policy, holidays: Collection[date] | None = None
) -> datetime:
    """The exclusive end (UTC) of a window of days, counted as the policy says.

    Calendar days in the contract's time zone do not include the first day: the window ends with the end of
    its last day. With `move_holidays`, a last day that is a Saturday, a Sunday or one of `holidays` moves to
    the next day that is none of these (as in § 193 BGB). Elapsed days are their number times their length.

    Raises FactError for a naive instant, PolicyError if `move_holidays` is on and `holidays` is missing.
    """
    rules, begun_at = policy.complaint, utc(begun_at)
    if rules.window_elapsed_day_seconds:
        return begun_at + timedelta(seconds=days * rules.window_elapsed_day_seconds)
    zone = ZoneInfo(rules.zone)
    last = begun_at.astimezone(zone).date() + timedelta(days=days)
    if rules.move_holidays:
        if holidays is None:
            raise PolicyError(
                "complaint.move_holidays is on: pass the public holidays of the contract's location"
            )
        while last.weekday() >= _SATURDAY or last in holidays:
            last += timedelta(days=1)
    return _end_of(last, rules.zone)


@lru_cache(maxsize=256)
def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
