"""What a page says about the organisation whose site it is, as plain values.

A page can describe somebody else, by mistake or on purpose: if what it describes has another site, nothing
of it is a name, and everything is doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import httpx
from babel import Locale

from models.outside.names import registrable_domain
from models.outside.plain import plain_text, plain_url
from models.outside.reading_pages import Organisation, Page
from models.outside.sources.numbers import register_numbers_in, vat_id, vat_numbers_in
from models.outside.sources.source import Found, FoundKind, LookUp

# Sites with pages of organisations; any other `sameAs` that is a whole site names another organisation.
PROFILE_SITES = frozenset(
    "linkedin.com facebook.com instagram.com x.com twitter.com youtube.com xing.com github.com gitlab.com "  # noqa: SIM905
    "tiktok.com pinterest.com wikipedia.org wikidata.org crunchbase.com threads.net bsky.app vimeo.com "
    "goldenline.pl tripadvisor.com yelp.com".split()
)
_NO_INDUSTRY = frozenset(
    {"Organization", "Corporation", "LocalBusiness", "OnlineBusiness", "OnlineStore", "Store"}
)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_EMPLOYEES = re.compile(r"[0-9]{1,7}( ?[-\u2013] ?[0-9]{1,7})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_SENTENCE_LANGUAGES = ("en", "de", "pl", "ro")
_FEWEST_DIGITS, _MOST_PHONE_CHARS = 6, 30
_MOST_PROFILES, _MOST_HOURS = 10, 7
_TEXTS = {
    "description": FoundKind.DESCRIPTION,
    "address": FoundKind.ADDRESS,
    "email": FoundKind.EMAIL,
}


def facts_of(page: Page, url: httpx.URL, domain: str) -> Iterator[Found]:
    """Yield what a page at this address says about the organisation of the domain, each kind once if it has
    one value.
    """
    facts = _Facts(str(url))
    organisation, doubtful = _subject(page.organisations, domain)
    graph = page.open_graph
    graph_domain = _domain_of(graph.get("og:url"))
    graph_is_ours = graph_domain in {None, domain}
    if organisation is not None:
        yield from facts.organisation(organisation, doubtful=doubtful)
    if graph_is_ours:
        yield from facts.once(FoundKind.NAME, graph.get("og:site_name"))
        yield from facts.once(FoundKind.DESCRIPTION, graph.get("og:description") or graph.get("description"))
    yield from facts.once(FoundKind.LANGUAGES, _languages(page))
    of_another = organisation is not None and doubtful
    for kind, numbers in (
        (FoundKind.VAT_ID, vat_numbers_in(page.text)),
        (FoundKind.REGISTER_NUMBER, register_numbers_in(page.text)),
    ):
        for number in numbers:
            yield Found(kind, LookUp.ORGANISATION, number, str(url), doubtful=of_another)


def logos_of(page: Page, url: httpx.URL, domain: str) -> list[str]:
    """Return the addresses of images that may be the logo, the best first, only of this domain."""
    organisation, doubtful = _subject(page.organisations, domain)
    given = list(organisation.values.get("logo", ())) if organisation and not doubtful else []
    addresses = []
    for text in (*given, *page.icons):
        try:
            address = plain_url(str(url.join(text.strip())))
        except httpx.InvalidURL:
            continue
        if address is not None and address.startswith("https://") and _domain_of(address) == domain:
            addresses.append(address)
    return list(dict.fromkeys(addresses))


class _Facts:
    """Facts of one page; `seen` are the kinds that have a value."""

    def __init__(self, source_url: str) -> None:
        self._source_url = source_url
        self._seen: set[FoundKind] = set()

    def once(self, kind: FoundKind, text: str | None, *, doubtful: bool = False) -> Iterator[Found]:
        """Yield a value unless it is empty or the kind has one."""
        value = plain_text(text or "")
        if value is not None and kind not in self._seen:
            self._seen.add(kind)
            yield Found(kind, LookUp.ORGANISATION, value, self._source_url, doubtful=doubtful)

    def organisation(self, one: Organisation, *, doubtful: bool) -> Iterator[Found]:
        """Yield what is said about an organisation."""
        if not doubtful:
            yield from self.once(FoundKind.NAME, one.first("name") or one.first("legalName"))
            yield from self.once(FoundKind.LEGAL_NAME, one.first("legalName"))
        texts = {kind: one.first(name) for name, kind in _TEXTS.items()}
        texts |= {
            FoundKind.COUNTRY: country_code(one.country),
            FoundKind.PHONE: _phone(one.first("telephone")),
            FoundKind.FOUNDED_ON: _whole(_DATE, one.first("foundingDate")),
            FoundKind.EMPLOYEES: _whole(_EMPLOYEES, one.first("numberOfEmployees")),
            FoundKind.INDUSTRY: _industry(one.values.get("types", ())),
            FoundKind.VAT_ID: vat_id(one.first("vatID") or one.first("taxID") or ""),
            FoundKind.OPENING_HOURS: "; ".join(_hours(one)),
        }
        for kind, text in texts.items():
            yield from self.once(kind, text, doubtful=doubtful)
        for url in _profiles(one):
            label = registrable_domain(httpx.URL(url).host) or ""
            yield Found(
                FoundKind.PROFILE, LookUp.ORGANISATION, label, self._source_url, url, doubtful=doubtful
            )


def _subject(organisations: Sequence[Organisation], domain: str) -> tuple[Organisation | None, bool]:
    """Return the organisation that a page is about, and whether that is doubtful."""
    usable = [one for one in organisations if one.origin != "HCARD" or one.first("legalName")]
    unnamed = None
    for one in usable:
        sites = _sites(one)
        if domain in sites and not sites - {domain}:
            return one, False
        if not sites and unnamed is None:
            unnamed = one
    if unnamed is not None:
        return unnamed, False
    return next(iter(usable), None), True


def _sites(one: Organisation) -> set[str]:
    """Return the domains whose whole site an organisation is said to have."""
    named = {_domain_of(text) for text in one.values.get("url", ())}
    for text in one.values.get("sameAs", ()):
        url = plain_url(text)
        if url is not None and httpx.URL(url).path in {"", "/"} and not httpx.URL(url).query:
            named.add(_domain_of(url))
    return {site for site in named if site is not None and site not in PROFILE_SITES}


def _domain_of(text: str | None) -> str | None:
    url = plain_url(text or "")
    return registrable_domain(httpx.URL(url).host) if url else None


def _profiles(one: Organisation) -> list[str]:
    urls = (plain_url(text) for text in one.values.get("sameAs", ()))
    known = (url for url in urls if url and _domain_of(url) in PROFILE_SITES)
    return list(dict.fromkeys(known))[:_MOST_PROFILES]


def _hours(one: Organisation) -> list[str]:
    given = one.values.get("openingHours") or one.values.get("openingHoursSpecification") or ()
    return list(given[:_MOST_HOURS])


def _whole(pattern: re.Pattern[str], text: str | None) -> str | None:
    match = pattern.match((text or "").strip())
    return match[0] if match else None


def _phone(text: str | None) -> str | None:
    number = plain_text((text or "").removeprefix("tel:"), _MOST_PHONE_CHARS)
    return number if number and len(_DIGITS.findall(number)) >= _FEWEST_DIGITS else None


def _industry(types: Sequence[str]) -> str | None:
    name = next((one for one in types if one not in _NO_INDUSTRY), None)
    return _CAPITAL.sub(" ", name).capitalize() if name else None


def _languages(page: Page) -> str:
    codes = (_LANGUAGE.match(text.strip()) for text in (page.language, *page.languages))
    return ", ".join(dict.fromkeys(code[0].lower() for code in codes if code))


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country that is written as a code or as a name."""
    plain = (plain_text(text) or "").strip()
    if _COUNTRY.fullmatch(plain):
        code = plain.upper()
        return code if code in _countries().values() else None
    return _countries().get(plain.casefold())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _SENTENCE_LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if _COUNTRY.fullmatch(code):
                found.setdefault(name.casefold(), code)
    return found
