"""What numbering plans show about "the number does not exist"."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.complaints.evidence.numbering_plan import numbering_plan
from models.complaints.tables import Speaks
from models.contact_data import InvalidPhone, parse_phone
from rules.complaint import ComplaintReason
from tests.models.complaints.evidence.contacts import clock, contact, look, said

CHECK = numbering_plan(clock)
MISSING = ComplaintReason.NUMBER_DOES_NOT_EXIST
PROOF, HINT, NOTE = ("FOR", True), ("FOR", False), ("NEITHER", False)


@pytest.mark.parametrize(
    ("phone", "country", "expected"),
    [
        ("+4930", "DE", [(*HINT, "area_code_missing")]),
        ("+493012", "DE", [(*HINT, "possible_not_valid")]),
        ("+491", "DE", [(*PROOF, "too_short")]),
        ("+4930123456789012345", "DE", [(*PROOF, "too_long")]),
        ("+12125550", "US", [(*HINT, "area_code_missing")]),
        ("+121255501", "US", [(*PROOF, "too_short")]),
        ("+4312", "AT", [(*PROOF, "too_short")]),
        ("+999123456789", "DE", [(*PROOF, "unknown_country_code")]),
        ("+49", "DE", [(*HINT, "unreadable_number")]),
        ("abc", "DE", [(*HINT, "unreadable_number")]),
        ("030 1234567", "DE", [(*PROOF, "unknown_country_code")]),
        ("+49170123456789", "DE", [(*HINT, "possible_not_valid")]),  # the example of S4.12
        ("+12125550100", "US", [(*NOTE, "valid_not_assigned")]),
        ("+493023125000", "DE", [(*NOTE, "valid_not_assigned")]),
        ("+493023125000", "de", [(*NOTE, "valid_not_assigned")]),
        ("+48221234567", "DE", [(*NOTE, "valid_not_assigned"), (*NOTE, "other_country")]),
        ("+498001234567", "DE", [(*NOTE, "valid_not_assigned"), (*NOTE, "type_toll_free")]),
        ("+80012345678", "DE", [(*NOTE, "valid_not_assigned"), (*NOTE, "type_toll_free")]),
        (None, "DE", [(*NOTE, "no_number")]),
        ("", "DE", [(*NOTE, "no_number")]),
    ],
)
async def test_only_an_impossible_number_is_proof(
    phone: str | None, country: str, expected: list[tuple[str, bool, str]]
) -> None:
    assert await said(CHECK, contact(MISSING, phone=phone, country=country)) == expected


@pytest.mark.parametrize("reason", [reason for reason in ComplaintReason if reason is not MISSING])
async def test_other_reasons_get_no_finding(reason: ComplaintReason) -> None:
    assert await look(CHECK, contact(reason, phone="+491")) == ()


async def test_the_source_includes_the_version_of_the_plans() -> None:
    [finding] = await look(CHECK, contact(MISSING, phone="+491"))
    assert finding.source == f"phonenumbers {phonenumbers.__version__}"


async def test_many_numbers_are_checked_in_one_call() -> None:
    many = [contact(MISSING, phone=f"+4930{number:07}") for number in range(120)]
    assert (await CHECK(many)).keys() == {one.key for one in many}


@settings(max_examples=300, deadline=None)
@given(text=st.text("0123456789+-() x", max_size=25) | st.from_regex(r"\A\+[1-9][0-9]{1,16}\Z"))
async def test_a_number_that_can_be_delivered_is_never_proven_not_to_exist(text: str) -> None:
    try:
        phone = parse_phone(text, "DE").e164
    except InvalidPhone:
        await said(CHECK, contact(MISSING, phone=text))  # must not raise for any value
        return
    assert not any(conclusive for _, conclusive, _ in await said(CHECK, contact(MISSING, phone=phone)))


@settings(max_examples=200, deadline=None)
@given(region=st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), kind=st.sampled_from([0, 1, 2]))
async def test_a_valid_number_is_not_evidence_either_way(region: str, kind: int) -> None:
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        return
    phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    findings = await look(CHECK, contact(MISSING, phone=phone, country=region))
    assert {finding.speaks for finding in findings} == {Speaks.NEITHER}
    assert "other_country" not in {finding.detail for finding in findings}
