"""Whether a person may be contacted: for each medium the right, the permission at an instant, and hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.base.local_time import day_start
from models.contact_data.sms_numbers import may_receive
from models.contacting.law_words import law_text
from models.contacting.person import Reachable
from models.contacting.place_laws import HoursLaw, call_limits, hours_law
from models.contacting.windows import Window, window_at
from models.contacting.zones import Whereabouts, ZoneSource, whereabouts
from rules import Decision, Policy, decide
from rules.contacting.contact_permission import ContactPermissionFacts, contact_permission
from rules.contacting.contact_right import ContactRight, ContactRightFacts, contact_right
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, ContactStop, Medium
from rules.laws.opt_in import consent_first

WITH_HOURS = (Medium.CALL, Medium.SMS)
MONTH = timedelta(days=30)

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # a fact's instant that is not reached
_PAST = datetime(1970, 1, 1, tzinfo=UTC)  # one that has always been reached


@dataclass(frozen=True, slots=True)
class CallingHoursView:
    """The hours in which a person may be called and sent text messages.

    `opens_at` and `closes_at` (UTC) are of the window that is open or opens next; both are None if the zones
    share no hours. `local_time` is the time at the person's place ("14:05"), or from the westernmost zone to
    the easternmost ("07:05\u201312:05"). `zones` are IANA names. `basis` is the law, for `law_text`;
    `checked_on` is when it was last checked.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    local_time: str
    zones: tuple[str, ...]
    zone_from: ZoneSource
    basis: HoursLaw

    @property
    def law(self) -> str:
        """A sentence about the law in English; `law_text(basis, language)` has the other languages."""
        return law_text(self.basis, "en")

    @property
    def checked_on(self) -> date:
        """The day on which the oldest row of the law was checked."""
        return self.basis.checked_on


@dataclass(frozen=True, slots=True)
class MediumPermissionView:
    """Whether a person may be contacted by one medium: at all, and at the instant asked about.

    `hours` is None for media without calling hours. `calls_today` counts the calls of the recipient's day (of
    several zones, the one with the most), `calls_this_month` those of 30 days.
    """

    medium: Medium
    right: Decision
    permission: Decision
    hours: CallingHoursView | None
    calls_today: int
    calls_this_month: int


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often the person was called, and when that allows another call; instants are in UTC."""

    today: int
    day_ends: datetime
    this_month: int
    month_eases: datetime
    law_eases: datetime


_NO_CALLS = _Counts(0, _PAST, 0, _PAST, _PAST)


def permissions(
    person: Reachable, purpose: ContactPurpose, at: datetime, policy: Policy
) -> tuple[MediumPermissionView, ...]:
    """Return the permissions of all media at `at` (aware), in the order of `Medium`.

    It reads no clock and no database, and never fails for what a person's data can hold.
    """
    at = at.astimezone(UTC)
    where = whereabouts(person, policy)
    counts = _counts(person, where, at, policy) if person.calls else _NO_CALLS
    now = window_at(where, at, policy)
    usable = _usable(where, counts, now, at, policy)
    hours = _hours(where, now, at, policy)
    reachable = {
        Medium.CALL: person.number is not None,
        Medium.SMS: person.number is not None and _may_receive(person.number),
        Medium.EMAIL: person.email,
        Medium.CHAT: person.chat,
        Medium.MEETING: person.meeting,
    }
    on = at.astimezone(_zone(where.zones[0])).date()
    views: list[MediumPermissionView] = []
    for medium in Medium:
        consent = person.consents.get((purpose, medium), ConsentState.NONE)
        right = decide(
            contact_right,
            policy,
            ContactRightFacts(
                purpose=purpose,
                medium=medium,
                stop=_stop(person, medium),
                basis=person.basis,
                consent=consent,
                opt_in_law=consent_first(where.country, where.part, medium.value, on),
                listed=medium in person.listed,
                address=reachable[medium],
            ),
            at,
        )
        asked = consent is ConsentState.GRANTED or (
            purpose is ContactPurpose.THE_LEAD
            and person.basis is ContactBasis.OPEN_ASKED
            and policy.contact.publication_is_request
        )
        permission = decide(
            contact_permission,
            policy,
            ContactPermissionFacts(
                right=ContactRight(right.verdict),
                medium=medium,
                asked=asked,
                list_stale=person.lists_stale_from.get(medium, _NEVER),
                calls_today=counts.today,
                day_ends=counts.day_ends,
                calls_this_month=counts.this_month,
                month_eases=counts.month_eases,
                law_eases=counts.law_eases,
                hours_known=usable is not None,
                hours_open=usable.opens_at if usable else _NEVER,
                hours_close=usable.closes_at if usable else _NEVER,
            ),
            at,
        )
        spoken = medium in WITH_HOURS
        views.append(
            MediumPermissionView(
                medium, right, permission, hours if spoken else None, counts.today, counts.this_month
            )
        )
    return tuple(views)


def _stop(person: Reachable, medium: Medium) -> ContactStop:
    if person.erased:
        return ContactStop.ERASED
    if person.all_stopped:
        return ContactStop.ALL
    return ContactStop.MEDIUM if medium in person.stopped else ContactStop.NONE


def _usable(
    where: Whereabouts, counts: _Counts, now: Window | None, at: datetime, policy: Policy
) -> Window | None:
    """Return the window in which the next call is possible: the present one unless enough were made."""
    eases = [counts.law_eases]
    if counts.today >= policy.contact.calls_a_day:
        eases.append(counts.day_ends)
    if counts.this_month >= policy.contact.calls_a_month:
        eases.append(counts.month_eases)
    first = max(eases)
    return now if first <= at else window_at(where, first, policy)


def _counts(person: Reachable, where: Whereabouts, at: datetime, policy: Policy) -> _Counts:
    calls = sorted(call for call in person.calls if call <= at)
    month = [call for call in calls if call > at - MONTH]
    most = policy.contact.calls_a_month
    month_eases = month[-most] + MONTH if len(month) >= most else _PAST
    laws = (_eases(calls, most, timedelta(days=days)) for most, days in call_limits(where, policy))
    days = [_day(calls, zone, at) for zone in where.zones]
    today = max(count for count, _ in days)
    full = [end for count, end in days if count >= min(today, policy.contact.calls_a_day)]
    return _Counts(today, max(full), len(month), month_eases, max(laws, default=_PAST))


def _eases(calls: list[datetime], most: int, period: timedelta) -> datetime:
    """Return when fewer than `most` of the calls are within a period; an instant in the past if it is so."""
    return calls[-most] + period if len(calls) >= most else _PAST


def _day(calls: list[datetime], name: str, at: datetime) -> tuple[int, datetime]:
    """Return the calls of a zone's day, and when that day ends."""
    zone = _zone(name)
    day = at.astimezone(zone).date()
    start, end = day_start(day, zone), day_start(day + timedelta(days=1), zone)
    return sum(call >= start for call in calls), end


def _hours(where: Whereabouts, window: Window | None, at: datetime, policy: Policy) -> CallingHoursView:
    return CallingHoursView(
        opens_at=window.opens_at if window else None,
        closes_at=window.closes_at if window else None,
        local_time=_local_time(where.zones, at),
        zones=where.zones,
        zone_from=where.zone_from,
        basis=hours_law(where, policy),
    )


def _local_time(zones: tuple[str, ...], at: datetime) -> str:
    times = sorted(_wall_clocks(zones, at))
    first, last = f"{times[0]:%H:%M}", f"{times[-1]:%H:%M}"
    return first if times[0] == times[-1] else f"{first}\u2013{last}"


def _wall_clocks(zones: tuple[str, ...], at: datetime) -> Iterator[datetime]:
    return (at.astimezone(_zone(name)).replace(tzinfo=None) for name in zones)


@lru_cache(maxsize=4_096)
def _may_receive(number: str) -> bool:
    return may_receive(number)


_zone = lru_cache(maxsize=1_024)(ZoneInfo)
