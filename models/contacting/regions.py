"""Parts of countries: the ISO 3166-2 code of a region as it was written, and the time zones of the part."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import holidays

# Countries with several clocks, by part. A part with two clocks has both: the county is not known.
_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_PARTS: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "US": {
        (_EASTERN,): "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
        (_EASTERN, _CENTRAL): "FL IN KY MI TN",
        (_CENTRAL,): "AL AR IA IL LA MN MO MS OK WI",
        (_CENTRAL, _MOUNTAIN): "KS ND NE SD TX",
        (_MOUNTAIN,): "CO MT NM UT WY",
        (_MOUNTAIN, "America/Phoenix"): "AZ",
        (_MOUNTAIN, _PACIFIC): "ID NV OR",
        (_PACIFIC,): "CA WA",
        ("America/Anchorage", "America/Adak"): "AK",
        ("Pacific/Honolulu",): "HI",
    },
    "CA": {
        ("America/St_Johns", "America/Halifax"): "NL",
        ("America/Halifax",): "NB NS PE",
        ("America/Toronto", "America/Blanc-Sablon"): "QC",
        ("America/Toronto", "America/Winnipeg", "America/Atikokan"): "ON",
        ("America/Winnipeg",): "MB",
        ("America/Regina", "America/Edmonton"): "SK",
        ("America/Edmonton",): "AB NT",
        ("America/Vancouver", "America/Edmonton", "America/Creston"): "BC",
        ("America/Whitehorse",): "YT",
        ("America/Iqaluit", "America/Rankin_Inlet", "America/Cambridge_Bay", "America/Resolute"): "NU",
    },
    "AU": {
        ("Australia/Sydney", "Australia/Broken_Hill", "Australia/Lord_Howe"): "NSW",
        ("Australia/Sydney",): "ACT",
        ("Australia/Melbourne",): "VIC",
        ("Australia/Hobart",): "TAS",
        ("Australia/Brisbane",): "QLD",
        ("Australia/Adelaide",): "SA",
        ("Australia/Darwin",): "NT",
        ("Australia/Perth", "Australia/Eucla"): "WA",
    },
}
_ZONES = {
    f"{country}-{part}": zones
    for country, parts in _PARTS.items()
    for zones, codes in parts.items()
    for part in codes.split()
}
_ENGLISH = {
    "DE": {
        "Bavaria": "BY",
        "Hesse": "HE",
        "Lower Saxony": "NI",
        "Mecklenburg-Western Pomerania": "MV",
        "North Rhine-Westphalia": "NW",
        "Rhineland-Palatinate": "RP",
        "Saxony": "SN",
        "Saxony-Anhalt": "ST",
        "Thuringia": "TH",
    },
    "US": {"Washington DC": "DC", "Washington D.C.": "DC"},
}
_OTHER = re.compile(r"[^a-z0-9]+")


def part_of(country: str | None, region: str | None) -> str | None:
    """Return the ISO 3166-2 code (US-FL) of a region as people write it; None if it is not known.

    Codes with and without the country, and names in the country's language and in English, are read.
    """
    if country is None or region is None or len(region) > 200:
        return None
    key = _key(region)
    parts = _names(country)
    return parts.get(key) or parts.get(key.removeprefix(f"{country.lower()} "))


def zones_of_part(part: str | None) -> tuple[str, ...]:
    """Return the IANA zones of a part of a country with several clocks; none for any other part."""
    return _ZONES.get(part or "", ())


@lru_cache(maxsize=256)
def _names(country: str) -> Mapping[str, str]:
    """Return the code of each known name of a country's parts."""
    known: dict[str, str] = {}
    try:
        aliases = holidays.country_holidays(country).get_subdivision_aliases()
    except NotImplementedError:
        return known
    for code, names in aliases.items():
        for name in (code, *names):
            known.setdefault(_key(name), f"{country}-{code}")
    for name, code in _ENGLISH.get(country, {}).items():
        known.setdefault(_key(name), f"{country}-{code}")
    return known


def _key(text: str) -> str:
    """Return a name without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ß", "ss"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _OTHER.sub(" ", letters).strip()
