"""Default values of an import for fields that the file lacks, validated once for the whole file.

Whether the market exists is checked by the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from babel.numbers import list_currencies

from models.contact_data import FieldProblem, clean_line, find_identity, parse_country, parse_time_zone
from models.contact_data.channel import Channel
from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal
from models.leads.refusals import LeadRefusal
from models.leads.tables import LeadSource

DEFAULT_TITLE = "{category} wanted"
DEFAULT_CURRENCY = "EUR"
MAX_TITLE_CHARS = 200
MAX_CATEGORY_CHARS = 100
MAX_CITY_CHARS = 100
MAX_ORIGIN_CHARS = 100
MAX_FEE = 1_000_000


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """Default values for fields that the file lacks; created by `check_defaults`.

    `region` (ISO 3166 alpha-2) is used to read national phone numbers, and defaults to the country. `title`
    may contain {category}, {city} and {country}. `origin` is the system that issued the external ids, so that
    the ids of two files that both count from 1 do not collide. `fee` is in points; None is the market's.
    """

    market: str
    category: str | None = None
    city: str | None = None
    country: str | None = None
    region: str | None = None
    preferred_channel: Channel = Channel.EMAIL
    title: str = DEFAULT_TITLE
    currency: str = DEFAULT_CURRENCY
    fee: int | None = None
    time_zone: str | None = None
    source: LeadSource = LeadSource.OTHER
    origin: str = ""

    def titled(self, category: str, city: str | None, country: str) -> str:
        """Return the title for a row without one; the category alone if the template's city is missing."""
        if city is None and "{city}" in self.title:
            return category
        # Not str.format, which would let a template access attributes of objects.
        named = {"{category}": category, "{city}": city or "", "{country}": country}
        title = self.title
        for placeholder, value in named.items():
            title = title.replace(placeholder, value)
        return title


def check_defaults(given: ImportDefaults) -> ImportDefaults | list[FieldProblem]:
    """Return the normalised defaults, or all their problems, each with the field's name."""
    problems: list[FieldProblem] = []

    def read(field: str, text: str | None) -> str | None:
        try:
            return _READERS[field](text) if text and text.strip() else None
        except InvalidValue as error:
            problems.append(FieldProblem.of(error, field))
            return None

    country = read("country", given.country)
    title = read("title", given.title) or DEFAULT_TITLE
    checked = ImportDefaults(
        market=given.market,
        category=read("category", given.category),
        city=read("city", given.city),
        country=country,
        region=read("region", given.region) or country,
        preferred_channel=given.preferred_channel,
        title=title,
        currency=read("currency", given.currency) or DEFAULT_CURRENCY,
        fee=given.fee,
        time_zone=read("timeZone", given.time_zone),
        source=given.source,
        origin=read("origin", given.origin) or "",
    )
    public = {"title": title, "category": checked.category, "city": checked.city}
    for field, text in public.items():
        found = find_identity(text or "", None, checked.region)
        if found:
            problems.append(FieldProblem.found(field, found[0]))
    if given.fee is not None and not 0 <= given.fee <= MAX_FEE:
        too_much, values = LeadRefusal.IMPORT_FEE_OUT_OF_RANGE, {"most": MAX_FEE}
        problems.append(FieldProblem(("fee",), "INVALID", too_much.english(values), too_much, values))
    return problems or checked


def parse_currency(text: str) -> str:
    """Return the ISO 4217 code in upper case. Raises InvalidValue."""
    code = text.strip().upper()
    if code not in _currencies():
        raise InvalidValue(ContactDataRefusal.CURRENCY_UNKNOWN)
    return code


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


_READERS: dict[str, Callable[[str], str]] = {
    "country": parse_country,
    "region": parse_country,
    "timeZone": parse_time_zone,
    "currency": parse_currency,
    "title": lambda text: clean_line(text, MAX_TITLE_CHARS),
    "category": lambda text: clean_line(text, MAX_CATEGORY_CHARS),
    "city": lambda text: clean_line(text, MAX_CITY_CHARS),
    "origin": lambda text: clean_line(text, MAX_ORIGIN_CHARS),
}
