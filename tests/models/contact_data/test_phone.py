"""Table of phone numbers: written forms, normal forms, and what is refused (S4, readings)."""

import pytest

from models.contact_data import InvalidPhone, Phone, parse_phone


@pytest.mark.parametrize(
    ("text", "region", "e164", "extension"),
    [
        ("(584)687-4526x8596", "US", "+15846874526", "8596"),
        ("001-614-955-7445x965", "US", "+16149557445", "965"),
        ("+1-819-566-4073x53703", "US", "+18195664073", "53703"),
        ("+1-819-566-4073x53703", None, "+18195664073", "53703"),
        ("7066026773", "US", "+17066026773", None),
        ("783-310-1790x071", "US", "+17833101790", "071"),
        ("403.535.9747 ext. 824", "US", "+14035359747", "824"),
        ("+49 (0)170 1234567", None, "+491701234567", None),
        ("+49 30 123456 Durchwahl 12", "DE", "+4930123456", "12"),
        ("0049 (0)30 / 123456", "DE", "+4930123456", None),
        ("011 49 30 123456", "US", "+4930123456", None),
        ("+39 06 1234567", None, "+39061234567", None),
        ("tel:+49-30-1234;ext=7", None, "+49301234", "7"),
        ("+49170123456789", None, "+49170123456789", None),  # possible, not valid: the source's own example
        (
            "\uff10\uff13\uff10\uff0d\uff11\uff12\uff13\uff14\uff15\uff16",
            "DE",
            "+4930123456",
            None,
        ),  # full width
        ("\u202a+49 30 123456\u202c", None, "+4930123456", None),  # as spreadsheets paste it
        ("+49\u201330\u2013123456", None, "+4930123456", None),
        ("\u0660\u0663\u0660 123456", "DE", "+4930123456", None),  # Arabic-Indic digits
        ("  +49 30 123456\n", None, "+4930123456", None),
    ],
)
def test_written_numbers_become_e164(text: str, region: str | None, e164: str, extension: str | None) -> None:
    assert parse_phone(text, region) == Phone(e164, extension)


@pytest.mark.parametrize(
    ("text", "region", "reason"),
    [
        ("", "US", "not a phone number"),
        ("call me", "US", "not a phone number"),
        ("1-800-FLOWERS", "US", "not a phone number"),
        ("706 602 6773", None, "country code"),
        ("12345", "US", "too short"),
        ("253 0000", "US", "area code"),
        ("+1 706 602 6773 99", None, "too long"),
        ("+999 123456", None, "country code"),
        ("030 123456", "XX", "region"),
        ("030 123456", "de", "region"),
        ("9" * 65, "US", "longer than 64"),
        ("+" + "9" * 1_000_000, "US", "longer than 64"),
        ("+49\x0030 123456", "DE", "not a phone number"),
        ("+49 30\r\n123456", "DE", "not a phone number"),
        ("0301 2345\n0302 3456", "DE", "not a phone number"),
        ("a@b.example", "US", "not a phone number"),
        ("+", "US", "not a phone number"),
        ("((((((((", "US", "not a phone number"),
        ("+49 30 123456 x1234567890123456", "DE", "not a phone number"),
        ("\ud800030 123456", "DE", "not a phone number"),
    ],
)
def test_other_texts_are_refused_with_a_remedy(text: str, region: str | None, reason: str) -> None:
    with pytest.raises(InvalidPhone, match=reason) as refused:
        parse_phone(text, region)
    assert len(text) < 4 or text not in str(refused.value)  # messages end in logs


def test_possible_and_valid_are_told_apart() -> None:
    assert parse_phone("+491701234567", None).in_numbering_plan
    assert not parse_phone("+49170123456789", None).in_numbering_plan
