"""Whether a person may be contacted: for each medium the right, the permission at an instant, and hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.base.local_time import day_start
from models.contact_data.sms_numbers import may_receive
from models.contacting.law_words import law_text
from models.contacting.person import Reachable
from models.contacting.place_laws import HoursLaw, call_limits, hours_law
from models.contacting.windows import Window, window_at
from models.contacting.zones import Whereabouts, ZoneSource, whereabouts
from rules import Decision, Policy
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

    `window` is the one that is open at the instant asked about or opens next; None if the zones share no
    hours. The rest is worked out when it is read.
    """

    window: Window | None
    where: Whereabouts
    at: datetime
    policy: Policy

    @property
    def opens_at(self) -> datetime | None:
        """When the window opens or opened (UTC)."""
        return self.window.opens_at if self.window else None

    @property
    def closes_at(self) -> datetime | None:
        """When the window closes (UTC)."""
        return self.window.closes_at if self.window else None

    @property
    def local_time(self) -> str:
        """The time at the person's place ("14:05"), or from the westernmost zone to the easternmost
        ("07:05\u201312:05").
        """
        times = sorted(self.at.astimezone(_zone(name)).replace(tzinfo=None) for name in self.where.zones)
        first, last = f"{times[0]:%H:%M}", f"{times[-1]:%H:%M}"
        return first if times[0] == times[-1] else f"{first}\u2013{last}"

    @property
    def zones(self) -> tuple[str, ...]:
        """The IANA names of the zones in which the person may be."""
        return self.where.zones

    @property
    def zone_from(self) -> ZoneSource:
        """What says where the person is."""
        return self.where.zone_from

    @property
    def basis(self) -> HoursLaw:
        """The law, for `law_text`."""
        return hours_law(self.where, self.policy)

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


class Standing(NamedTuple):
    """All that decides the permissions of a person, for one purpose at one instant (UTC).

    It does not say who the person is: many people have the same.
    """

    purpose: ContactPurpose
    at: datetime
    where: Whereabouts
    reachable: tuple[bool, ...]  # by each medium, in the order of `Medium`
    basis: ContactBasis
    erased: bool
    all_stopped: bool
    stopped: frozenset[Medium]
    listed: frozenset[Medium]
    lists_stale_from: tuple[tuple[Medium, datetime], ...]
    consents: tuple[tuple[tuple[ContactPurpose, Medium], ConsentState], ...]
    counts: _Counts


Decided = dict[tuple[int, Standing], tuple[Policy, tuple[MediumPermissionView, ...]]]


def permissions(
    person: Reachable, purpose: ContactPurpose, at: datetime, policy: Policy, decided: Decided | None = None
) -> tuple[MediumPermissionView, ...]:
    """Return the permissions of all media at `at` (aware), in the order of `Medium`.

    It reads no clock and no database, and never fails for what a person's data can hold. People with the same
    standing get the same tuple if they share `decided`, which holds what was decided for others.
    """
    standing = _standing(person, purpose, at.astimezone(UTC), policy)
    if decided is None:
        return _decide(standing, policy)
    key = id(policy), standing
    known = decided.get(key)
    if known is None:
        known = decided[key] = policy, _decide(standing, policy)
    return known[1]


def _standing(person: Reachable, purpose: ContactPurpose, at: datetime, policy: Policy) -> Standing:
    where = whereabouts(person, policy)
    number = person.number
    return Standing(
        purpose,
        at,
        where,
        (
            number is not None,
            number is not None and _may_receive(number),
            person.email,
            person.chat,
            person.meeting,
        ),
        person.basis,
        person.erased,
        person.all_stopped,
        person.stopped,
        person.listed,
        tuple(person.lists_stale_from.items()),
        tuple(person.consents.items()),
        _counts(person, where, at, policy) if person.calls else _NO_CALLS,
    )


def _decide(standing: Standing, policy: Policy) -> tuple[MediumPermissionView, ...]:
    at, where, counts = standing.at, standing.where, standing.counts
    now = window_at(where, at, policy)
    hours = CallingHoursView(now, where, at, policy)
    usable = now if counts is _NO_CALLS else _usable(where, counts, now, at, policy)
    on = at.astimezone(_zone(where.zones[0])).date()
    stale_from, consents = dict(standing.lists_stale_from), dict(standing.consents)
    rights, allowed = contact_right.for_policy(policy), contact_permission.for_policy(policy)
    views: list[MediumPermissionView] = []
    for medium, address in zip(Medium, standing.reachable, strict=True):
        consent = consents.get((standing.purpose, medium), ConsentState.NONE)
        right = rights.decide(
            ContactRightFacts(
                standing.purpose,
                medium,
                _stop(standing, medium),
                standing.basis,
                consent,
                consent_first(where.country, where.part, medium.value, on),
                medium in standing.listed,
                address,
            ),
            at,
        )
        permission = allowed.decide(
            ContactPermissionFacts(
                ContactRight(right.verdict),
                medium,
                _asked(standing, consent, policy),
                stale_from.get(medium, _NEVER),
                counts.today,
                counts.day_ends,
                counts.this_month,
                counts.month_eases,
                counts.law_eases,
                usable is not None,
                usable.opens_at if usable else _NEVER,
                usable.closes_at if usable else _NEVER,
            ),
            at,
        )
        shown = hours if medium in WITH_HOURS else None
        views.append(MediumPermissionView(medium, right, permission, shown, counts.today, counts.this_month))
    return tuple(views)


def _asked(standing: Standing, consent: ConsentState, policy: Policy) -> bool:
    """Return whether the person asked for this or consented, so that opt-out lists do not matter."""
    return consent is ConsentState.GRANTED or (
        standing.purpose is ContactPurpose.THE_LEAD
        and standing.basis is ContactBasis.OPEN_ASKED
        and policy.contact.publication_is_request
    )


def _stop(standing: Standing, medium: Medium) -> ContactStop:
    if standing.erased:
        return ContactStop.ERASED
    if standing.all_stopped:
        return ContactStop.ALL
    return ContactStop.MEDIUM if medium in standing.stopped else ContactStop.NONE


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


@lru_cache(maxsize=4_096)
def _may_receive(number: str) -> bool:
    return may_receive(number)


_zone = lru_cache(maxsize=1_024)(ZoneInfo)
