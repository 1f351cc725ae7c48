"""Whose clock counts: the time zones in which a person may be, and the place whose law applies."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType
from phonenumbers.timezone import time_zones_for_number

from models.contact_data.place import country_of_zone, is_time_zone, zones_of_country
from models.contacting.person import Reachable
from models.contacting.regions import part_of, zones_of_part
from rules import Policy

_NORTH_AMERICA = 1
_WORLD = "001"
_IN_NO_PLACE = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
        PhoneNumberType.VOIP,
    }
)


class ZoneSource(StrEnum):
    """What says where a person is."""

    PERSON = "PERSON"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    COUNTRY = "COUNTRY"
    MARKET = "MARKET"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person may be: `zones` are IANA names, in a fixed order and at least one.

    `country` is ISO 3166-1 alpha-2, `part` ISO 3166-2 (such as US-FL), as far as they are known. `anywhere`:
    the person may be in any part of the country that lies in these zones, so that the law of any may apply.
    """

    zones: tuple[str, ...]
    zone_from: ZoneSource
    country: str | None
    part: str | None
    anywhere: bool


@dataclass(frozen=True, slots=True)
class _NumberPlace:
    """What a number says: its country, and its zones if it belongs to a place."""

    country: str | None
    zones: tuple[str, ...]
    in_place: bool


def whereabouts(person: Reachable, policy: Policy) -> Whereabouts:
    """Return where the person may be.

    The first of these that says something: the zone that the person chose, the postal address, the number
    that is called, the country of address, number or need, the market. The law is that of the address,
    otherwise of the chosen zone, the number, the need, the market.
    """
    return _find(
        person.time_zone if person.time_zone_given else None,
        person.country,
        person.region,
        person.number,
        person.lead_country,
        person.market_zone,
        policy.contact.distrust_area_codes,
    )


@lru_cache(maxsize=8_192)
def _find(
    chosen: str | None,
    address: str | None,
    region: str | None,
    number: str | None,
    need: str | None,
    market: str,
    distrust: bool,
) -> Whereabouts:
    if chosen is not None and not is_time_zone(chosen):
        chosen = None
    called = _place_of_number(number, distrust) if number is not None else _NumberPlace(None, (), True)
    country = (
        address
        or (country_of_zone(chosen) if chosen is not None else None)
        or called.country
        or need
        or country_of_zone(market)
    )
    part = part_of(address, region)
    zones, zone_from = _zones(chosen, address, part, called, need, market)
    unplaced = zone_from is ZoneSource.PHONE and not called.in_place
    return Whereabouts(zones, zone_from, country, part, part is None and not unplaced)


def _zones(
    chosen: str | None,
    address: str | None,
    part: str | None,
    called: _NumberPlace,
    need: str | None,
    market: str,
) -> tuple[tuple[str, ...], ZoneSource]:
    if chosen is not None:
        return (chosen,), ZoneSource.PERSON
    of_part, of_address = zones_of_part(part), zones_of_country(address or "")
    if of_part or len(of_address) == 1:
        return of_part or of_address, ZoneSource.ADDRESS
    if called.zones and (address is None or (called.in_place and called.country == address)):
        return called.zones, ZoneSource.PHONE
    of_country = of_address or zones_of_country(called.country or "") or zones_of_country(need or "")
    return (of_country, ZoneSource.COUNTRY) if of_country else ((market,), ZoneSource.MARKET)


def _place_of_number(e164: str, distrust: bool) -> _NumberPlace:
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return _NumberPlace(None, (), True)
    code = number.country_code or 0
    country = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(code)
    kind = phonenumbers.number_type(number)
    in_place = kind not in _IN_NO_PLACE
    zones = tuple(name for name in time_zones_for_number(number) if is_time_zone(name))
    if distrust and code == _NORTH_AMERICA and in_place:
        zones = ()  # numbers are kept when people move, and mobile numbers have area codes too
    return _NumberPlace(None if country == _WORLD else country, zones, in_place)
