"""Quiet hours: when the product's texts and push messages wait, by the clock on the recipient's wall."""

from datetime import UTC, datetime, time, timedelta

from models.feed.wording.language import zone_for
from rules import Policy


def quiet_until(policy: Policy, time_zone: str, now: datetime) -> datetime | None:
    """Return when the quiet hours that `now` is in end, in UTC; None outside them.

    They may include midnight. An end that a change of clocks skips is up to an hour later; one that comes
    twice is the next one.
    """
    begin, end = policy.messages.quiet_from, policy.messages.quiet_until
    if begin == end:
        return None
    zone = zone_for(time_zone)
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    quiet = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not quiet:
        return None
    day = local.date() + timedelta(days=1 if end <= minute else 0)
    until = datetime.combine(day, time(*divmod(end, 60)), zone)
    if until.astimezone(UTC) <= now:
        until = until.replace(fold=1)
    return until.astimezone(UTC)
