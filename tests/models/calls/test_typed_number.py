"""Numbers typed by people (S4.12, S4.15, S4.22): accepted forms, hints, blocks, and what is refused."""

import pytest

from models.calls.typed_number import beginnings, read_block, read_mobile, read_typed_number
from models.contact_data import InvalidPhone


def test_a_number_is_read_in_national_and_international_form() -> None:
    assert read_typed_number("030 / 901 820", "DE").e164 == read_typed_number("+4930901820", "PL").e164


@pytest.mark.parametrize("text", ["110", "112", "116117", "115", "+49110"])
def test_emergency_and_short_numbers_are_refused(text: str) -> None:
    with pytest.raises(InvalidPhone, match="emergency or short"):
        read_typed_number(text, "DE")


def test_a_number_with_an_extension_is_refused_because_no_caller_id_has_one() -> None:
    with pytest.raises(InvalidPhone, match="extension"):
        read_typed_number("+49 30 901820 ext. 17", "DE")


def test_a_central_line_is_stored_as_typed_with_the_block_that_knows_its_extensions() -> None:
    central = read_typed_number("030 90182-0", "DE")
    assert (central.e164, central.block_hint) == ("+4930901820", "+493090182")
    assert read_typed_number("030 901820", "DE").block_hint is None
    assert read_typed_number("030 90182-17", "DE").block_hint is None


def test_the_sources_own_mobile_number_is_possible_and_not_in_the_plan() -> None:
    """S4.12, reading: accepted; the caller warns."""
    mobile = read_mobile("+49170123456789", "DE")
    assert (mobile.e164, mobile.in_plan) == ("+49170123456789", False)
    assert read_mobile("0170 1234567", "DE").in_plan


@pytest.mark.parametrize("text", ["030 901820", "0900 1 234567", "0180 1 234567"])
def test_what_the_plan_knows_as_another_kind_is_no_mobile(text: str) -> None:
    with pytest.raises(InvalidPhone, match="mobile"):
        read_mobile(text, "DE")


def test_a_block_has_five_digits_after_the_country_code() -> None:
    assert read_block("030 901", "DE").e164 == "+4930901"
    with pytest.raises(InvalidPhone):
        read_block("030 90", "DE")


def test_a_caller_belongs_to_blocks_of_up_to_six_digits_less() -> None:
    assert beginnings("+493090182017") == ["+493090182017"[:length] for length in range(13, 7, -1)]
    assert beginnings("+4930901820")[-1] == "+4930901"
