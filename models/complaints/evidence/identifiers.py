"""Identifiers of businesses in registers: their kind, normal form and check digit."""

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.de import handelsregisternummer
from stdnum.exceptions import ValidationError
from stdnum.pl import nip, regon

from models.contact_data.redaction import Redacted

_SEPARATORS = re.compile(r"[\s.\-/]+")
_POLISH = re.compile(r"(NIP|REGON|KRS)?(?: ?nr)?[ :.]{0,3}(PL)? ?([0-9][0-9 .\-]{7,28}[0-9])", re.IGNORECASE)
_GERMAN = re.compile(r"\b(?:HRA|HRB|GnR|PR|VR)\b", re.IGNORECASE)
_COURT = re.compile(r"\b(?:Amtsgericht|Registergericht|AG)\b\.?:?\s*", re.IGNORECASE)


class IdentifierKind(StrEnum):
    """The register that an identifier belongs to."""

    NIP = "NIP"
    REGON = "REGON"
    KRS = "KRS"
    HANDELSREGISTER = "HANDELSREGISTER"


@dataclass(frozen=True, slots=True, repr=False)
class Identifier(Redacted):
    """An identifier in its normal form; personal data if of a sole trader. A malformed one identifies no
    business.
    """

    kind: IdentifierKind
    country: str
    number: str
    well_formed: bool


def identify(text: str, country: str) -> Identifier | None:
    """Read a registration number as people write it; None if it belongs to no register known here."""
    text = " ".join(text.split())
    if country.upper() == "DE":
        return _german(text)
    if country.upper() == "PL":
        return _polish(text)
    return None


def _polish(text: str) -> Identifier | None:
    written = _POLISH.fullmatch(text)
    if written is None:
        return None
    number = _SEPARATORS.sub("", written[3])
    kind = _polish_kind((written[1] or "").upper(), number, vat=written[2] is not None)
    if kind is None:
        return None
    if kind is IdentifierKind.KRS:
        well_formed = len(number) == 10  # it has no check digit
    else:
        well_formed = (nip if kind is IdentifierKind.NIP else regon).is_valid(number)
    return Identifier(kind, "PL", number, well_formed)


def _polish_kind(label: str, number: str, *, vat: bool) -> IdentifierKind | None:
    if label:
        return IdentifierKind(label)
    if len(number) == 10:
        # The codes of tax offices begin at 101, and the numbers of the KRS still begin with zeros.
        return IdentifierKind.KRS if number[0] == "0" and not vat else IdentifierKind.NIP
    if len(number) in {9, 14} and not vat:
        return IdentifierKind.REGON
    return None


def _german(text: str) -> Identifier | None:
    if not _GERMAN.search(text):
        return None
    kind, written = IdentifierKind.HANDELSREGISTER, _COURT.sub("", text).strip(" ,;:")
    try:
        return Identifier(kind, "DE", handelsregisternummer.validate(written), well_formed=True)
    except ValidationError:
        # Courts are spelled in many ways, and a number without one identifies no business: not malformed.
        return None
