"""Caller IDs as telephone systems present them: each system writes them in one form, and nothing is guessed.

A number that a person types is read generously (`models.calls.typed_number`). A caller ID must not be: the
digits 492111234567 are a number in Düsseldorf from one system and unreadable from another.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from models.contact_data.redaction import Redacted

LONGEST_SHOWN = 64  # characters of an unreadable caller ID that are stored

_WITHHELD = frozenset(
    {"", "anonymous", "restricted", "unknown", "unavailable", "private", "withheld"},
)
_SEPARATORS = re.compile(r"[ ()./\-]")
_NUMBER = re.compile(r"\+?\d{3,17}", re.ASCII)


class CallerIdForm(StrEnum):
    """How a telephone system writes caller IDs; a property of its driver."""

    E164 = "E164"  # +493012345
    INTERNATIONAL_WITHOUT_PLUS = "INTERNATIONAL_WITHOUT_PLUS"  # 493012345
    NATIONAL = "NATIONAL"  # 03012345; +… and 00… from abroad
    SIP_USER = "SIP_USER"  # +…, 00… or 0…


class CallerKind(StrEnum):
    """What a caller ID says."""

    NUMBER = "NUMBER"
    WITHHELD = "WITHHELD"
    UNREADABLE = "UNREADABLE"


class CallerTrust(StrEnum):
    """How far a caller ID can be believed: it is easily forged."""

    VERIFIED = "VERIFIED"
    PRESENTED = "PRESENTED"
    WITHHELD = "WITHHELD"
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, slots=True, repr=False)
class Caller(Redacted):
    """Who calls: `e164` only for a number; `shown` is what an agent reads, at most 64 characters."""

    kind: CallerKind
    e164: str | None
    shown: str
    trust: CallerTrust


WITHHELD_CALLER = Caller(CallerKind.WITHHELD, None, "", CallerTrust.WITHHELD)


def read_caller_id(text: str, form: CallerIdForm, region: str, *, attested: bool = False) -> Caller:
    """Read a caller ID in the form of its telephone system; `region` (ISO 3166 alpha-2) is the company's.

    `attested` says that the network vouches for the number. Never raises: what cannot be read is kept as
    text, and what is withheld has no number.
    """
    plain = text.strip()
    digits = _SEPARATORS.sub("", plain)
    if plain.casefold() in _WITHHELD or (digits and not digits.strip("0")):
        return WITHHELD_CALLER
    number = _read(digits, form, region) if _NUMBER.fullmatch(digits) else None
    if number is None or not phonenumbers.is_possible_number(number):
        return Caller(CallerKind.UNREADABLE, None, _showable(plain), CallerTrust.UNREADABLE)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    trust = CallerTrust.VERIFIED if attested else CallerTrust.PRESENTED
    return Caller(CallerKind.NUMBER, e164, e164, trust)


def _read(digits: str, form: CallerIdForm, region: str) -> PhoneNumber | None:
    if digits.startswith("+"):
        return _international(digits[1:])
    if form is CallerIdForm.INTERNATIONAL_WITHOUT_PLUS:
        return _international(digits)
    if form is CallerIdForm.E164:
        return None
    if digits.startswith("00"):
        return _international(digits[2:])
    if form is CallerIdForm.SIP_USER and not digits.startswith("0"):
        return None
    return _national(digits, region)


def _international(digits: str) -> PhoneNumber | None:
    """Return the number after "+"; none for a country code that begins with 0 or that nobody has."""
    try:
        return phonenumbers.parse("+" + digits) if not digits.startswith("0") else None
    except NumberParseException:
        return None


def _national(digits: str, region: str) -> PhoneNumber | None:
    """Return the number if these are the digits that its country dials nationally: in Germany, with the 0."""
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException:
        return None
    written = re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    return number if written == digits else None


def _showable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())[:LONGEST_SHOWN]
