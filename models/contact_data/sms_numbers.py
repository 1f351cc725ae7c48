"""Which numbers may be sent an SMS."""

import phonenumbers
from phonenumbers import PhoneNumberType

_REFUSED = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    }
)


def may_receive(e164: str) -> bool:
    """Return whether a number in E.164 may be sent an SMS.

    A number of a possible length may, even if its range is not known to be in use: numbering plans change.
    Premium-rate numbers, for which the sender pays, and short numbers may not.
    """
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_possible_number(number) or phonenumbers.is_valid_short_number(number):
        return False
    return phonenumbers.number_type(number) not in _REFUSED
