"""How sure a found value is, beside the others of its kind: nothing is merged, and disagreement is shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
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
    alone = Counter((one.about, one.kind) for one in values)
    # A value that has none of its kind beside it is not compared.
    keys = ["" if alone[one.about, one.kind] == 1 else comparable(one, region) for one in values]
    sources: dict[tuple[LookUp, FoundKind, str], set[OutsideSource]] = {}
    different: dict[tuple[LookUp, FoundKind], set[str]] = {}
    for one, key in zip(values, keys, strict=True):
        different.setdefault((one.about, one.kind), set()).add(key)
        if not one.doubtful:
            sources.setdefault((one.about, one.kind, key), set()).add(one.source)
    return [
        Weight(
            _confidence(one, len(sources.get((one.about, one.kind, key), ()))),
            one.doubtful or (one.kind in ONE_VALUE and len(different[one.about, one.kind]) > 1),
            _ORDER.get(one.source, _OTHERS),
        )
        for one, key in zip(values, keys, strict=True)
    ]


def _confidence(one: Stated, agreeing: int) -> Confidence:
    if one.doubtful:
        return Confidence.LOW
    if agreeing > 1 or one.source in _AUTHORITATIVE:
        return Confidence.HIGH
    return Confidence.MEDIUM if one.source is OutsideSource.WEBSITE else Confidence.LOW


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
