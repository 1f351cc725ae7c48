"""Phone numbers: from what people write to E.164, with the extension kept apart.

Numbers are checked against numbering plans only, which can say "possible", not "in use".
"""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, ValidationResult

from models.contact_data.invalid import InvalidValue
from models.contact_data.redaction import Redacted

MAX_INPUT_CHARS = 64
MAX_EXTENSION_DIGITS = 15
REGIONS: frozenset[str] = frozenset(phonenumbers.SUPPORTED_REGIONS)

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
# Repetition is bounded and no two neighbours share a character, so matching is linear.
_WRITTEN = re.compile(
    r"(?:tel:)? ?(?P<number>\+?[0-9 ()./\-]{2,40})"
    r"(?:(?:;ext=|,? ?(?:extension|ext|durchwahl|dw|wew|int|x|#)[.:]? ?)(?P<extension>[0-9]{1,15}))?",
    re.IGNORECASE,
)
_WHY_NOT_POSSIBLE = {
    ValidationResult.TOO_SHORT: "is too short for its country",
    ValidationResult.TOO_LONG: "is too long for its country; write an extension as x123",
    ValidationResult.INVALID_LENGTH: "has a length that is not used in its country",
    ValidationResult.INVALID_COUNTRY_CODE: "has a country code that does not exist",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "has no area code; add it",
}


class InvalidPhone(InvalidValue):
    """A text is no phone number; the message says why and what helps, never the text itself."""


@dataclass(frozen=True, slots=True, repr=False)
class Phone(Redacted):
    """A phone number: `e164` as "+" and at most 15 digits (ITU-T E.164), `extension` digits or None."""

    e164: str
    extension: str | None = None

    @property
    def in_numbering_plan(self) -> bool:
        """Whether the plan knows the number's range; S4 accepts what is only possible, with a warning."""
        return phonenumbers.is_valid_number(phonenumbers.parse(self.e164))


def parse_phone(text: str, region: str | None) -> Phone:
    """Return the phone number written in `text`; `region` (ISO 3166 alpha-2) reads national forms.

    Accepts what is possible though not valid (S4, readings), "00" as "+" in every region, full-width
    digits, and invisible marks that spreadsheets paste along. Raises InvalidPhone.
    """
    if len(text) > MAX_INPUT_CHARS:
        raise InvalidPhone(f"is longer than {MAX_INPUT_CHARS} characters; enter one number per field")
    if region is not None and region not in REGIONS:
        raise InvalidPhone("cannot be read: the region is not an ISO 3166 country code, such as DE or US")
    written = _WRITTEN.fullmatch(_plain(text))
    if written is None:
        raise InvalidPhone("is not a phone number; write digits with the country code, such as +49 30 123456")
    number = written["number"]
    extension = written["extension"]
    parsed = _parse(number, region)
    return Phone(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), extension)


def _plain(text: str) -> str:
    """Return `text` with one kind of digit, dash and blank, and without invisible marks."""
    text = text.strip()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    plain = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in visible)
    return plain.strip()


def _parse(number: str, region: str | None) -> PhoneNumber:
    digits = number.lstrip(" (")
    if digits.startswith("00"):  # the prefix that most countries dial, whatever the region's own is
        abroad = _read("+" + digits[2:].lstrip(" 0)-./"), None)
        if not isinstance(abroad, str):
            return abroad
    parsed = _read(number, region)
    if isinstance(parsed, str):
        raise InvalidPhone(parsed)
    return parsed


def _read(number: str, region: str | None) -> PhoneNumber | str:
    """Return the number, or why it is none."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            return "has no valid country code; begin it with + and the country code, or specify a region"
        return "is not a phone number; write digits with the country code, such as +49 30 123456"
    result = phonenumbers.is_possible_number_with_reason(parsed)
    if result != ValidationResult.IS_POSSIBLE:
        return _WHY_NOT_POSSIBLE.get(result, "is not a valid number in its country")
    return parsed
