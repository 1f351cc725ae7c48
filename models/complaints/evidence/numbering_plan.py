"""Check of "the number does not exist" by numbering plans: impossible, possible or valid, country and type.

A valid number may still be unassigned: a plan knows ranges, not subscribers.
"""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult

from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_AT_ONCE = 50  # numbers looked up before other requests get a turn
_NOT_VALID, _MAYBE_LOCAL, _UNREADABLE = 60, 60, 50  # percent

_IMPOSSIBLE = {
    ValidationResult.INVALID_COUNTRY_CODE: Detail.UNKNOWN_COUNTRY_CODE,
    ValidationResult.TOO_SHORT: Detail.TOO_SHORT,
    ValidationResult.TOO_LONG: Detail.TOO_LONG,
    ValidationResult.INVALID_LENGTH: Detail.LENGTH_NOT_IN_USE,
}
_UNPARSED = {
    NumberParseException.INVALID_COUNTRY_CODE: Detail.UNKNOWN_COUNTRY_CODE,
    NumberParseException.TOO_SHORT_AFTER_IDD: Detail.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: Detail.TOO_SHORT,
    NumberParseException.TOO_LONG: Detail.TOO_LONG,
}
# The number of a person has none of these types; a company's may.
_TYPES = {
    PhoneNumberType.TOLL_FREE: Detail.TYPE_TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: Detail.TYPE_PREMIUM_RATE,
    PhoneNumberType.SHARED_COST: Detail.TYPE_SHARED_COST,
    PhoneNumberType.PAGER: Detail.TYPE_PAGER,
    PhoneNumberType.UAN: Detail.TYPE_COMPANY_NUMBER,
    PhoneNumberType.VOICEMAIL: Detail.TYPE_VOICEMAIL,
}


def numbering_plan(now: Now) -> Check:
    """Return the check of "the number does not exist" by the numbering plans of all countries."""
    report = EvidenceReport(EvidenceCheck.NUMBERING_PLAN, f"phonenumbers {phonenumbers.__version__}", now)

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        found: dict[UUID, Sequence[EvidenceFinding]] = {}
        for contact in contacts:
            if contact.reason is ComplaintReason.NUMBER_DOES_NOT_EXIST:
                found[contact.key] = _look(report, contact)
                if len(found) % _AT_ONCE == 0:
                    await asyncio.sleep(0)
        return found

    return check


def _look(report: EvidenceReport, contact: DisputedContact) -> list[EvidenceFinding]:
    if not contact.phone:
        return [report.notes(Detail.NO_NUMBER)]
    try:
        number = phonenumbers.parse(contact.phone, None)
    except NumberParseException as error:
        detail = _UNPARSED.get(error.error_type)
        # An unreadable number may still be a real one, written in an unusual way.
        return [report.proves(detail) if detail else report.suggests(Detail.UNREADABLE_NUMBER, _UNREADABLE)]
    result = phonenumbers.is_possible_number_with_reason(number)
    if result in _IMPOSSIBLE:
        return [report.proves(_IMPOSSIBLE[result])]
    if result == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return [report.suggests(Detail.AREA_CODE_MISSING, _MAYBE_LOCAL)]
    if not phonenumbers.is_valid_number(number):
        return [report.suggests(Detail.POSSIBLE_NOT_VALID, _NOT_VALID)]
    return [report.notes(detail) for detail in (Detail.VALID_NOT_ASSIGNED, *_particulars(number, contact))]


def _particulars(number: PhoneNumber, contact: DisputedContact) -> list[Detail]:
    """Return what is unusual about a valid number, for the operator."""
    found = []
    code = number.country_code or 0
    expected = phonenumbers.country_code_for_region(contact.country.upper())  # 0 for no country
    # "001" stands for codes of no country, such as +800.
    if expected not in {0, code} and phonenumbers.region_code_for_country_code(code) != "001":
        found.append(Detail.OTHER_COUNTRY)
    unusual = _TYPES.get(phonenumbers.number_type(number))
    return [*found, unusual] if unusual else found
