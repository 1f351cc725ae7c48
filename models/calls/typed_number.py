"""Numbers that people type into a secretariat: of VIPs, of extensions, of mobiles, and blocks of numbers.

They are read generously, as `parse_phone` reads them. What a telephone system presents as a caller ID has
another reader (`models.calls.caller_id`): neither may be used for the other.
"""

import re
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, shortnumberinfo

from models.calls.caller_id import WITHHELD_CALLER, Caller, CallerKind, CallerTrust
from models.calls.refusals import CallRefusal
from models.contact_data import InvalidPhone, parse_phone
from models.contact_data.redaction import Redacted

FEWEST_BLOCK_DIGITS = 5  # after the country code
MOST_DIGITS_AFTER_BLOCK = 6

_CENTRAL_LINE = re.compile(r"\d[ \d]*-\s*0\s*\Z")  # DIN 5008: "030 90182-0" is the switchboard of 90182
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


@dataclass(frozen=True, slots=True, repr=False)
class TypedNumber(Redacted):
    """A number in E.164, and what the person who typed it should know.

    `in_plan` is false for a number of a possible length whose range is not known to be in use (S4.12 accepts
    it with a warning). `block_hint` is the block, in E.164, that would also recognise the extensions of a
    central line.
    """

    e164: str
    in_plan: bool
    block_hint: str | None = None


def read_typed_number(text: str, region: str | None) -> TypedNumber:
    """Read a number; `region` (ISO 3166 alpha-2) is the company's country and reads national forms.

    Without a region, only international forms can be read. Raises `InvalidPhone` for text that is not a
    number, for emergency and short numbers, and for a number with an extension: no caller ID has one.
    """
    _refuse_short(text, region)
    phone = parse_phone(text, region)
    if phone.extension is not None:
        raise InvalidPhone(CallRefusal.NUMBER_HAS_EXTENSION)
    central = _CENTRAL_LINE.search(text) is not None and phone.e164.endswith("0")
    return TypedNumber(phone.e164, phone.in_numbering_plan, phone.e164[:-1] if central else None)


def read_typed_caller(text: str | None, region: str) -> Caller:
    """Read a caller's number as a person types it; without a text, the number is withheld.

    Raises `InvalidPhone` as `read_typed_number` does.
    """
    if text is None or not text.strip():
        return WITHHELD_CALLER
    number = read_typed_number(text, region).e164
    return replace(
        WITHHELD_CALLER, kind=CallerKind.NUMBER, e164=number, shown=number, trust=CallerTrust.PRESENTED
    )


def read_mobile(text: str, region: str) -> TypedNumber:
    """Read a number for text messages (S4.12). Raises `InvalidPhone` for what the plan knows as another kind.

    A number of a possible length that the plan does not know is accepted: `in_plan` is false.
    """
    number = read_typed_number(text, region)
    if number.in_plan and phonenumbers.number_type(phonenumbers.parse(number.e164)) not in _MOBILE:
        raise InvalidPhone(CallRefusal.NUMBER_NOT_MOBILE)
    return number


def read_block(text: str, region: str) -> TypedNumber:
    """Read the beginning that all numbers of a company share, such as +4930901820 for +493090182017.

    Raises `InvalidPhone` as `read_typed_number` does, and for fewer than five digits after the country code.
    """
    number = read_typed_number(text, region)
    parsed = phonenumbers.parse(number.e164)
    if len(phonenumbers.national_significant_number(parsed)) < FEWEST_BLOCK_DIGITS:
        raise InvalidPhone(CallRefusal.BLOCK_TOO_SHORT, least=FEWEST_BLOCK_DIGITS)
    return TypedNumber(number.e164, number.in_plan)


def beginnings(e164: str) -> list[str]:
    """Return the caller's number and every block that it may belong to, longest first.

    A caller has at most six digits more than its block, and a block at least five after the country code.
    """
    digits = len(e164) - 1
    code = len(str(phonenumbers.parse(e164).country_code))
    fewest = max(code + FEWEST_BLOCK_DIGITS, digits - MOST_DIGITS_AFTER_BLOCK)
    return [e164[: length + 1] for length in range(digits, min(fewest, digits) - 1, -1)]


def _refuse_short(text: str, region: str | None) -> None:
    try:
        number = phonenumbers.parse(text.strip()[:64], region)
    except NumberParseException:
        return  # `parse_phone` knows more notations and says what is wrong
    if shortnumberinfo.is_valid_short_number(number) and not phonenumbers.is_valid_number(number):
        raise InvalidPhone(CallRefusal.NUMBER_IS_SHORT)
