"""Good moments for calls, voicemails and emails, in the person's time: whether now is one, which is next.

Everything is found by asking the rules when they change; nothing steps through minutes. Where the person may
be in several time zones, a moment is as good as it is in the worst of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.base.local_time import day_start, local_day, minute_instants
from models.contacting.windows import is_holiday, windows
from models.contacting.zones import Whereabouts
from rules import Decision, Policy, decide
from rules.contacting.call_time import CallTimeFacts, Moment, RecipientDay, call_time
from rules.contacting.mail_time import MailTimeFacts, mail_time

HORIZON = timedelta(days=14)

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_WEEKDAYS = tuple(RecipientDay)[:5]
_BEST_LAST = (Moment.POSTPONE, Moment.FAIR, Moment.GOOD)
_MOST_DAYS = 16_384
_zone = lru_cache(maxsize=1_024)(ZoneInfo)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: from `start`, before `end` (both UTC)."""

    start: datetime
    end: datetime


# By identity of the policy: hashing one takes longer than deciding. Entries keep their policies alive.
_GOOD: dict[tuple[int, str | None, str, date], tuple[Policy, tuple[Stretch, ...]]] = {}


def call_moment(where: Whereabouts, at: datetime, policy: Policy) -> Decision:
    """Return whether an instant (aware) is a good one for a call."""
    at = at.astimezone(UTC)
    decisions = (_decide_call(where, name, local_day(at, _zone(name)), at, policy) for name in where.zones)
    return min(decisions, key=lambda decision: _BEST_LAST.index(Moment(decision.verdict)))


def mail_moment(where: Whereabouts, at: datetime, policy: Policy) -> Decision:
    """Return whether an instant (aware) is a good one for an email."""
    at = at.astimezone(UTC)
    edge = timedelta(seconds=policy.advice.hour_edge)
    decisions = (
        decide(mail_time, policy, MailTimeFacts(hour - edge, hour + edge), at)
        for hour in (_hour_around(name, at, edge) for name in where.zones)
    )
    return min(decisions, key=lambda decision: _BEST_LAST.index(Moment(decision.verdict)))


def best_for_call(where: Whereabouts, at: datetime, policy: Policy) -> Stretch | None:
    """Return the first good stretch for a call at or after an instant (aware) within the calling hours.

    A call on Monday morning is moved by the policy's days. None if there is none within 14 days.
    """
    at = at.astimezone(UTC)
    return _first(_afternoons(where, _not_on_monday_morning(where, at, policy), policy), where, at, policy)


def best_for_voicemail(where: Whereabouts, at: datetime, policy: Policy) -> Stretch | None:
    """Return the first evening of a working day, within the calling hours (S3.6), or None."""
    at = at.astimezone(UTC)
    return _first(_evenings(where, at, policy), where, at, policy)


def best_for_email(where: Whereabouts, at: datetime, policy: Policy) -> Stretch | None:
    """Return the stretch around the full hour that is not over, or the next; None if zones share none."""
    at = at.astimezone(UTC)
    edge = timedelta(seconds=policy.advice.hour_edge)
    hours = [_hour_around(name, at, edge) for name in where.zones]
    start, end = max(hours) - edge, min(hours) + edge
    return Stretch(max(at, start), end) if start < end else None


def _first(good: Iterator[Stretch], where: Whereabouts, at: datetime, policy: Policy) -> Stretch | None:
    """Return the first stretch in which a call is allowed as well."""
    allowed = windows(where, at, policy)
    window = next(allowed, None)
    for stretch in good:
        while window is not None and window.closes_at <= stretch.start:
            window = next(allowed, None)
        if window is None:
            return None
        start, end = max(stretch.start, window.opens_at), min(stretch.end, window.closes_at)
        if start < end:
            return Stretch(start, end)
    return None


def _not_on_monday_morning(where: Whereabouts, at: datetime, policy: Policy) -> datetime:
    """Return the instant from which a call is to be planned."""
    if call_moment(where, at, policy).rule_id != "monday_morning":
        return at
    zone = _zone(where.zones[0])
    later = local_day(at, zone) + timedelta(days=policy.advice.monday_days)
    return max(at, day_start(later, zone))


def _afternoons(where: Whereabouts, at: datetime, policy: Policy) -> Iterator[Stretch]:
    """Yield what is good in every zone, from an instant on."""
    return _shared(at, [_walk(where, name, at, policy) for name in where.zones])


def _evenings(where: Whereabouts, at: datetime, policy: Policy) -> Iterator[Stretch]:
    return _shared(at, [_evenings_in(where, name, at, policy) for name in where.zones])


def _shared(at: datetime, zones: list[Iterator[Stretch]]) -> Iterator[Stretch]:
    """Yield the stretches that are in all of the zones' rows, each in order, within 14 days."""
    heads = [next(zone, None) for zone in zones]
    while True:
        present = [head for head in heads if head is not None]
        if len(present) < len(heads):
            return
        start = max(at, *(head.start for head in present))
        end = min(head.end for head in present)
        if start >= at + HORIZON:
            return
        if start < end:
            yield Stretch(start, end)
        index = min(range(len(present)), key=lambda one: present[one].end)
        heads[index] = next(zones[index], None)


def _walk(where: Whereabouts, name: str, at: datetime, policy: Policy) -> Iterator[Stretch]:
    """Yield the good stretches of a zone, day by day, by walking from change to change."""
    day = local_day(at, _zone(name))
    while True:
        yield from _good_on(where, name, day, policy)
        day += _DAY


def _good_on(where: Whereabouts, name: str, day: date, policy: Policy) -> tuple[Stretch, ...]:
    """Return the good stretches of a local day."""
    key = (id(policy), where.part or where.country, name, day)
    known = _GOOD.get(key)
    if known is None:
        if len(_GOOD) >= _MOST_DAYS:
            _GOOD.clear()
        known = _GOOD[key] = (policy, _find_good(where, name, day, policy))
    return known[1]


def _find_good(where: Whereabouts, name: str, day: date, policy: Policy) -> tuple[Stretch, ...]:
    at, end = day_start(day, _zone(name)), day_start(day + _DAY, _zone(name))
    found = []
    while at < end:
        decision = _decide_call(where, name, day, at, policy)
        change = min(decision.changes_at or end, end)
        if decision.verdict is Moment.GOOD:
            found.append(Stretch(at, change))
        at = change
    return tuple(found)


def _evenings_in(where: Whereabouts, name: str, at: datetime, policy: Policy) -> Iterator[Stretch]:
    """Yield the evenings of a zone's working days."""
    zone = _zone(name)
    day = local_day(at, zone)
    while True:
        if _kind_of(where, day) in _WEEKDAYS:
            start = _instant(day, policy.advice.evening_from, zone)
            end = day_start(day + _DAY, zone)
            if start < end:
                yield Stretch(start, end)
        day += _DAY


def _decide_call(where: Whereabouts, name: str, day: date, at: datetime, policy: Policy) -> Decision:
    zone, hours = _zone(name), policy.advice
    facts = CallTimeFacts(
        day=_kind_of(where, day),
        work_begins=_instant(day, hours.business_from, zone),
        lunch_ends=_instant(day, hours.lunch_over, zone),
        work_ends=_instant(day, hours.business_until, zone),
    )
    return decide(call_time, policy, facts, at)


def _kind_of(where: Whereabouts, day: date) -> RecipientDay:
    if is_holiday(where, day):
        return RecipientDay.HOLIDAY
    weekday = day.weekday()
    return _WEEKDAYS[weekday] if weekday < len(_WEEKDAYS) else RecipientDay.WEEKEND


@lru_cache(maxsize=16_384)
def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return when a clock on the wall first shows a minute of a day."""
    return next(minute_instants(day, minute, zone))


def _hour_around(name: str, at: datetime, edge: timedelta) -> datetime:
    """Return the full hour of a zone's clock whose edges are not over, or the next one."""
    offset = at.astimezone(_zone(name)).utcoffset() or timedelta()
    past = timedelta(seconds=(at + offset).timestamp() % _HOUR.total_seconds())
    return at - past if past < edge else at - past + _HOUR
