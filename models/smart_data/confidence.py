"""How sure a found value is, beside the others of its kind: nothing is merged, and disagreement is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from models.contact_data import InvalidPhone, parse_phone
from models.contact_data.redaction import Redacted
from models.outside.sources.source import FoundKind, LookUp, OutsideSource
from models.smart_data.name_key import name_key


class Confidence(StrEnum):
    """How sure a value is."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


# Who says it with authority, then the organisation itself, then others; values are shown in this order.
_AUTHORITATIVE = (OutsideSource.REGISTER, OutsideSource.VIES, OutsideSource.RDAP, OutsideSource.MAIL_DNS)
_ORDER: Mapping[OutsideSource, int] = {
    **dict.fromkeys(_AUTHORITATIVE, 0),
    OutsideSource.WEBSITE: 1,
}
_OTHERS = 2
# Of these, somebody has one, so two different values contradict each other.
ONE_VALUE = frozenset(
    {
        FoundKind.NAME,
        FoundKind.LEGAL_NAME,
        FoundKind.WEBSITE,
        FoundKind.ADDRESS,
        FoundKind.COUNTRY,
        FoundKind.INDUSTRY,
        FoundKind.EMPLOYEES,
        FoundKind.FOUNDED_ON,
        FoundKind.VAT_ID,
        FoundKind.STATUS_IN_REGISTER,
        FoundKind.JOB_TITLE,
        FoundKind.LOCATION,
        FoundKind.PRONOUNS,
        FoundKind.MAIL_PROVIDER,
        FoundKind.DOMAIN_REGISTERED_ON,
        FoundKind.DOMAIN_EXPIRES_ON,
        FoundKind.REGISTRAR,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Stated(Redacted):
    """One value and who stated it. `doubtful`: the source contradicts itself about whom it describes."""

    kind: FoundKind
    about: LookUp
    value: str
    url: str | None
    source: OutsideSource
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """How sure a value is, whether others contradict it, and its place among them (the lowest first)."""

    confidence: Confidence
    conflicting: bool
    place: int


def weigh(values: Sequence[Stated], region: str | None = None) -> list[Weight]:
    """Return the weight of each value, given all current values about one subject, in the same order.

    `region` (ISO 3166 alpha-2) reads phone numbers in their national form.
    """
    places: dict[tuple[LookUp, FoundKind], list[int]] = {}
    for place, one in enumerate(values):
        places.setdefault((one.about, one.kind), []).append(place)
    weights: dict[int, Weight] = {}
    for (_, kind), of_kind in places.items():
        if len(of_kind) == 1:  # not compared
            one = values[of_kind[0]]
            weights[of_kind[0]] = _ALONE[one.source, one.doubtful]
            continue
        keys = [comparable(values[place], region) for place in of_kind]
        sources: dict[str, set[OutsideSource]] = {}
        for place, key in zip(of_kind, keys, strict=True):
            if not values[place].doubtful:
                sources.setdefault(key, set()).add(values[place].source)
        contradicted = kind in ONE_VALUE and len(set(keys)) > 1
        for place, key in zip(of_kind, keys, strict=True):
            one, agreed = values[place], len(sources.get(key, ())) > 1
            weights[place] = _weight(
                one.source, doubtful=one.doubtful, agreed=agreed, contradicted=contradicted
            )
    return [weights[place] for place in range(len(values))]


@cache
def _weight(source: OutsideSource, *, doubtful: bool, agreed: bool, contradicted: bool) -> Weight:
    """Return a weight; `agreed`: another source says the same, `contradicted`: another value differs."""
    return Weight(
        _confidence(source, doubtful=doubtful, agreed=agreed),
        doubtful or contradicted,
        _ORDER.get(source, _OTHERS),
    )


def _confidence(source: OutsideSource, *, doubtful: bool, agreed: bool) -> Confidence:
    if doubtful:
        return Confidence.LOW
    if agreed or source in _AUTHORITATIVE:
        return Confidence.HIGH
    return Confidence.MEDIUM if source is OutsideSource.WEBSITE else Confidence.LOW


_ALONE: Mapping[tuple[OutsideSource, bool], Weight] = {
    (source, doubtful): _weight(source, doubtful=doubtful, agreed=False, contradicted=False)
    for source in OutsideSource
    for doubtful in (False, True)
}


def comparable(one: Stated, region: str | None = None) -> str:
    """Return the form in which two values of a kind are compared."""
    match one.kind:
        case FoundKind.PHONE:
            key = _number(one.value, region)
        case FoundKind.NAME | FoundKind.LEGAL_NAME | FoundKind.REGISTRAR | FoundKind.MAIL_PROVIDER:
            key = name_key(one.value)
        case FoundKind.WEBSITE | FoundKind.PROFILE:
            key = _address(one.url or one.value)
        case FoundKind.VAT_ID | FoundKind.REGISTER_NUMBER:
            key = "".join(letter for letter in one.value.upper() if letter.isalnum())
        case _:
            key = _plain(one.value)
    return key


def _number(text: str, region: str | None) -> str:
    try:
        return parse_phone(text, region).e164
    except InvalidPhone:
        return _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _address(url: str) -> str:
    """Return an address without its scheme, `www.`, the last slash and what follows `#`."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return _plain(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
