"""Owns windows of calendar days: from an instant to the exclusive end of a window.

Must not read a clock or know holidays: the caller passes the dates of its place.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.errors import PolicyError
from rules.facts import utc
from rules.policy import Policy

__all__ = ["complaint_until"]

_SATURDAY = 5


def complaint_until(
    received_at: datetime, policy: Policy, holidays: Collection[date] | None = None
) -> datetime:
    """The first instant (UTC) at which a complaint about a delivery received then is too late (S5.8).

    Calendar days in the contract's zone, the day of receipt not counted: the window ends with the end of its
    last day. With `move_holidays`, a last day that is a Saturday, a Sunday or one of `holidays` moves to the
    next day that is none (as § 193 BGB does). With elapsed days it is `window_days` times their length.

    Raises FactError for a naive instant, PolicyError when `move_holidays` is on and `holidays` is missing.
    """
    rules, received_at = policy.complaint, utc(received_at)
    if rules.window_elapsed_day_seconds:
        return received_at + timedelta(seconds=rules.window_days * rules.window_elapsed_day_seconds)
    zone = ZoneInfo(rules.zone)
    last = received_at.astimezone(zone).date() + timedelta(days=rules.window_days)
    if rules.move_holidays:
        if holidays is None:
            raise PolicyError(
                "complaint.move_holidays: on, so pass the public holidays of the contract's place"
            )
        while last.weekday() >= _SATURDAY or last in holidays:
            last += timedelta(days=1)
    return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
