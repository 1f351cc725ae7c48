"""Countries and time zones: parsing them, and the zone in which a contact most likely lives.

Two zones are the same here if they agree in the winter and the summer of one year.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from babel import Locale
from babel.core import get_global
from phonenumbers.timezone import time_zones_for_geographical_number

from models.base.refusal import LANGUAGES
from models.contact_data.country_names import country_key, further_names
from models.contact_data.invalid import InvalidValue
from models.contact_data.phone import Phone
from models.contact_data.refusals import ContactDataRefusal

_BETWEEN_NAMES = re.compile(r"[()\[\]/|,;]|\s[-\u2013\u2014]\s")
_WRITTEN = re.compile(r"[\w\s.,;'\u2019`&/|()\[\]\u2010-\u2014-]+")  # letters, and characters between names
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_OF_FLAG = {0x1F1E6 + at: chr(ord("A") + at) for at in range(26)}
_PROBES = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))


class UnknownPlace(InvalidValue):
    """A text is not a known country or time zone; the message includes the remedy, never the text itself."""


def parse_country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code for a code of two or three letters, or a name.

    Names are those of ISO 3166 and CLDR in the languages of the product, with their usual variants; two of
    them together ("Germany (DE)", "Deutschland / Germany") must mean the same country. Raises UnknownPlace.
    """
    text = _FLAG.sub(lambda flag: f"/{flag[0].translate(_OF_FLAG)}/", text).strip().strip("/")
    if len(text) <= 100 and _WRITTEN.fullmatch(text) and any(map(str.isalpha, text)):
        code = _country(text)
        if code is not None:
            return code
        name, comma, title = text.partition(",")
        if comma and (code := _country(f"{title} {name}")) is not None:  # "Ireland, Republic of"
            return code
        parts = [part for part in _BETWEEN_NAMES.split(text) if any(map(str.isalpha, part))]
        codes = {_country(part.strip()) for part in parts}
        if len(parts) > 1 and len(codes) == 1 and (code := codes.pop()) is not None:
            return code
    raise UnknownPlace(ContactDataRefusal.COUNTRY_UNKNOWN)


def parse_time_zone(text: str) -> str:
    """Return the IANA name of a time zone, as given. Raises UnknownPlace."""
    name = text.strip()
    if name not in _zones():
        raise UnknownPlace(ContactDataRefusal.TIME_ZONE_UNKNOWN)
    return name


def country_of_zone(zone: str) -> str | None:
    """Return the country (ISO 3166 alpha-2) whose time zone this is; None for zones of no country."""
    return next((code for code, zones in _zones_by_country().items() if zone in zones), None)


def is_time_zone(name: str) -> bool:
    """Return whether this is the IANA name of a time zone."""
    return name in _zones()


def zones_of_country(country: str) -> tuple[str, ...]:
    """Return the IANA zones of a country (ISO 3166 alpha-2), the most populous first; none if unknown.

    It is one zone if all have the same time.
    """
    zones = _zones_by_country().get(country, ())
    only = _only(zones)
    return zones if only is None else (only,)


def likely_time_zone(phone: Phone | None, country: str | None) -> str:
    """Return the only zone possible for the phone number, otherwise for the country, or "UTC"."""
    if phone is not None:
        number = phonenumbers.parse(phone.e164)
        zones = time_zones_for_geographical_number(number)
        zone = _only(tuple(name for name in zones if name in _zones()))
        if zone is not None:
            return zone
        regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
        if country is not None and country not in regions:
            return "UTC"  # phone and address are in different countries: undecidable
        country = country or regions[0]
    return _only(_zones_by_country().get(country or "", ())) or "UTC"


def _country(text: str) -> str | None:
    code = text.upper()
    return code if code in countries() else _names().get(country_key(text))


@cache
def countries() -> frozenset[str]:
    """Return all country codes of ISO 3166-1, alpha-2."""
    return frozenset(row[0] for row in _table("iso3166.tab"))


@cache
def _only(zones: tuple[str, ...]) -> str | None:
    """Return the first zone (the most populous, by the order of the tables) if all have the same time."""
    offsets = {tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in _PROBES) for zone in zones}
    return zones[0] if len(offsets) == 1 else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if zone == "UTC" or "/" in zone)


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    zones: dict[str, tuple[str, ...]] = {}
    for row in _table("zone.tab"):
        zones[row[0]] = (*zones.get(row[0], ()), row[2])
    return zones


@cache
def _names() -> dict[str, str]:
    """Return the code of each name and alpha-3 code; CLDR's names take precedence over the additional
    ones.
    """
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in countries():
                names.setdefault(country_key(name), code)
    for key, code in further_names().items():
        names.setdefault(key, code)
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    for alias, codes in aliases.items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in countries():
            names.setdefault(alias.casefold(), codes[0])
    return names


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
