"""Which rows of the calling hours apply where a person may be, and what they say together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.contacting.regions import zones_of_part
from models.contacting.zones import Whereabouts
from models.policies.public_holidays import holidays_of
from rules import Policy, PolicyError
from rules.laws.calling_hours import HoursRow, hours_rows
from rules.laws.calling_hours.row import Week

_NO_HOLIDAYS: frozenset[date] = frozenset()
_PROBES = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class HoursLaw:
    """The law behind the hours of a place, and when the oldest of its rows was checked.

    `law` has the citations ("" if none is known). `house`: the law names no hours, so that they are the
    marketplace's own.
    """

    law: str
    checked_on: date
    house: bool


@dataclass(frozen=True, slots=True)
class Applying:
    """A row of the law with the zones in which it applies; `place` is that of the public holidays."""

    row: HoursRow
    zones: tuple[str, ...]
    place: str | None


@lru_cache(maxsize=4_096)
def applying(where: Whereabouts, table: str) -> tuple[Applying, ...]:
    """Return the rows that apply: that of the part, else of the parts it may be, else of the country.

    A country without a row has the policy's hours.
    """
    rows, country = hours_rows(table), where.country
    others, of_country = rows.get(f"{country}-*"), rows.get(country or "") or _without_row(table)
    if where.part is not None:
        return (Applying(rows.get(where.part) or others or of_country, where.zones, where.part),)
    found = [Applying(of_country, where.zones, country)]
    if where.anywhere:
        parts = [row for place, row in rows.items() if place.startswith(f"{country}-") and row is not others]
        clocks = [(row, _shared(where.zones, zones_of_part(row.place))) for row in parts]
        found += [Applying(row, zones, row.place) for row, zones in clocks if zones]
        found += [Applying(others, where.zones, country)] if others else []
    return tuple(found)


@lru_cache(maxsize=1_024)
def holidays_at(place: str | None) -> Collection[date]:
    """Return the public holidays of a place, those of the country if its part has none of its own."""
    for name in (place, (place or "").partition("-")[0]):
        try:
            return holidays_of(name) if name else _NO_HOLIDAYS
        except PolicyError:  # a place whose holidays are unknown
            continue
    return _NO_HOLIDAYS


def house_week(begin: int, until: int) -> Week:
    """Return the policy's own hours, in minutes of the day, from Monday to Saturday."""
    day = ((begin, until),)
    return (day, day, day, day, day, day, ())


@lru_cache(maxsize=4_096)
def _law(where: Whereabouts, table: str) -> HoursLaw:
    rows = [one.row for one in applying(where, table)]
    laws = dict.fromkeys(row.law for row in rows if row.law)
    return HoursLaw(
        "; ".join(laws), min(row.checked_on for row in rows), all(row.week is None for row in rows)
    )


def hours_law(where: Whereabouts, policy: Policy) -> HoursLaw:
    """Return the law behind the hours of a place, with each citation once."""
    return _law(where, policy.contact.hours_table)


def call_limits(where: Whereabouts, policy: Policy) -> frozenset[tuple[int, int]]:
    """Return how many calls the law of a place allows within how many days, of each row that counts calls."""
    rows = (one.row for one in applying(where, policy.contact.hours_table))
    return frozenset(
        (row.most_calls, row.period_days)
        for row in rows
        if row.most_calls is not None and row.period_days is not None
    )


@lru_cache(maxsize=16)
def _without_row(table: str) -> HoursRow:
    """Return the row of a country that a table does not name."""
    checked = min(row.checked_on for row in hours_rows(table).values())
    return HoursRow("ZZ", None, holidays_closed=True, law="", source=f"table {table}", checked_on=checked)


def _shared(zones: tuple[str, ...], of_part: tuple[str, ...]) -> tuple[str, ...]:
    """Return the zones whose clocks a part has, also under another name."""
    clocks = {_clock_of(zone) for zone in of_part}
    return tuple(zone for zone in zones if _clock_of(zone) in clocks)


@lru_cache(maxsize=1_024)
def _clock_of(zone: str) -> tuple[timedelta | None, ...]:
    """Return what tells the clocks of zones apart: the offsets of a winter and a summer."""
    return tuple(probe.astimezone(ZoneInfo(zone)).utcoffset() for probe in _PROBES)
