"""Readings of a written phone number: international, national, or either with a missing character.

Where two readings are equally likely, none is taken.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from models.contact_data.phone_notation import InvalidPhone
from models.contact_data.refusals import ContactDataRefusal

_WHY_NOT_POSSIBLE = {
    ValidationResult.TOO_SHORT: ContactDataRefusal.PHONE_TOO_SHORT,
    ValidationResult.TOO_LONG: ContactDataRefusal.PHONE_TOO_MANY_DIGITS,
    ValidationResult.INVALID_LENGTH: ContactDataRefusal.PHONE_LENGTH_UNUSED,
    ValidationResult.INVALID_COUNTRY_CODE: ContactDataRefusal.PHONE_COUNTRY_CODE_UNKNOWN,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: ContactDataRefusal.PHONE_AREA_CODE_MISSING,
}
_WHY_NOT_PARSED = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: ContactDataRefusal.PHONE_COUNTRY_CODE_MISSING,
    phonenumbers.NumberParseException.TOO_LONG: ContactDataRefusal.PHONE_TOO_MANY_DIGITS,
}
_POSSIBLE, _IN_PLAN, _MOBILE = 1, 2, 3
# Mexico dials mobile numbers without these since 2019; lists and WhatsApp still have them.
_OLDER_MEXICAN = re.compile(r"\+52(?:1|01|044|045)(\d{10})")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number, or why it is not one; `rank` is 0 (not possible) to 3 (a mobile number of the plan)."""

    number: PhoneNumber | None
    reason: ContactDataRefusal | None
    rank: int


def read_number(number: str, region: str | None) -> PhoneNumber:
    """Return the number that `number` (see `Notation`) most likely is; `region` reads national forms.

    Raises InvalidPhone if it is not possible, or if two readings are equally likely.
    """
    if number.startswith("+"):
        return _taken(_international(number))
    digits = number.lstrip(" (")
    if digits.startswith("00"):  # the most common international prefix, accepted in every region
        abroad = _dialled_abroad(digits, region)
        if abroad is not None:
            return abroad
    national = _national(number, region)
    code = phonenumbers.country_code_for_region(region or "")
    with_code = re.match(rf"(0?)[ (]*{code}(?![0-9])|(0?){code}", digits) if code else None
    if with_code is None:
        return _taken(national)
    apart = with_code[2] is None  # the calling code is a group by itself
    zero = with_code[1] if apart else with_code[2]
    lost_plus = _international("+" + digits[len(zero) :].lstrip(" ("))
    return _with_own_code(lost_plus, national, zero=bool(zero), apart=apart)


def _with_own_code(international: _Reading, national: _Reading, *, zero: bool, apart: bool) -> PhoneNumber:
    """Return which of two readings of digits that begin with the region's own calling code is meant.

    `zero` says that a 0 is before the code, `apart` that the code is a group by itself. Numbers of a fixed
    length fit one reading only. Plans of variable length accept nearly everything, but where national numbers
    are written with a 0 in front, digits without one are international.
    """
    if international.number == national.number or not international.rank:
        return _taken(national)
    if national.rank < _IN_PLAN <= international.rank or not national.rank:
        return _taken(international)
    if zero:
        if international.rank >= national.rank and (apart or international.rank == _MOBILE):
            raise InvalidPhone(ContactDataRefusal.PHONE_AMBIGUOUS)
        return _taken(national)
    if international.rank > national.rank or (apart and international.rank == national.rank == _IN_PLAN):
        return _taken(international)
    if national.rank > international.rank and (national.rank == _MOBILE or not _is_prefixed(national.number)):
        return _taken(national)
    raise InvalidPhone(ContactDataRefusal.PHONE_AMBIGUOUS)


def _is_prefixed(number: PhoneNumber | None) -> bool:
    """Return whether the number has additional leading digits within its country: 030 123456."""
    if number is None:
        return False
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return len(re.findall(r"\d", written)) > len(phonenumbers.national_significant_number(number))


def _dialled_abroad(digits: str, region: str | None) -> PhoneNumber | None:
    """Return the number after "00", or None if there is none; a national number may have an extra 0."""
    abroad = _international("+" + digits[2:].lstrip(" 0)-./"))
    if abroad.number is None:
        return None
    first = re.match(r"\d+", digits)
    group = len(first[0]) - 2 if first else 0
    dialled = _read(digits, region)  # "0011" in Australia
    own_code = phonenumbers.country_code_for_region(region or "")
    if abroad.rank < _IN_PLAN <= dialled.rank and dialled.number and dialled.number.country_code != own_code:
        return dialled.number
    cuts_code = 0 < group < len(str(abroad.number.country_code))
    doubtful = (cuts_code or abroad.rank < _IN_PLAN) and abroad.number.country_code != own_code
    if doubtful and _national(digits[1:], region).rank >= _IN_PLAN:
        raise InvalidPhone(ContactDataRefusal.PHONE_AMBIGUOUS)
    return abroad.number


def _international(number: str) -> _Reading:
    """Return a number with "+", without a 0 or a second calling code in front that don't belong to it.

    Raises InvalidPhone if the second calling code may also be an area code.
    """
    as_written = _without_national_zero(_read(number, None))
    if as_written.number is None:
        return as_written
    again = re.match(rf"\+{as_written.number.country_code}[ ()./\-]*(0 ?0)?", number)
    if again is None or not number.startswith(str(as_written.number.country_code), again.end()):
        return as_written
    once = _read("+" + number[again.end() :], None)
    if again[1] and once.rank:
        return once
    if once.rank == _MOBILE > as_written.rank:
        raise InvalidPhone(ContactDataRefusal.PHONE_CODE_TWICE)
    return as_written


def _national(number: str, region: str | None) -> _Reading:
    return _without_national_zero(_read(number, region))


def _without_national_zero(reading: _Reading) -> _Reading:
    """Return the number without a 0 in front that its country doesn't use, if it is in the plan then."""
    number = reading.number
    if number is None or reading.rank >= _IN_PLAN or not number.italian_leading_zero:
        return reading
    without = _read(f"+{number.country_code}{number.national_number}", None)
    return without if without.rank >= _IN_PLAN else reading


def _read(number: str, region: str | None) -> _Reading:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        why = _WHY_NOT_PARSED.get(error.error_type, ContactDataRefusal.PHONE_INVALID)
        return _Reading(None, why, 0)
    result = phonenumbers.is_possible_number_with_reason(parsed)
    if result != ValidationResult.IS_POSSIBLE:
        older = _OLDER_MEXICAN.fullmatch(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))
        if older is not None:
            return _read(f"+52{older[1]}", None)
        why = _WHY_NOT_POSSIBLE.get(result, ContactDataRefusal.PHONE_NOT_POSSIBLE)
        return _Reading(None, why, 0)
    if not phonenumbers.is_valid_number(parsed):
        return _Reading(parsed, None, _POSSIBLE)
    mobile = phonenumbers.number_type(parsed) == PhoneNumberType.MOBILE
    return _Reading(parsed, None, _MOBILE if mobile else _IN_PLAN)


def _taken(reading: _Reading) -> PhoneNumber:
    if reading.number is None:
        raise InvalidPhone(reading.reason or ContactDataRefusal.PHONE_INVALID)
    return reading.number
