"""Table of phone numbers: written forms, normal forms, and what is refused (S4, readings)."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

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
        ("0049 (0)33203 / 123456", "DE", "+4933203123456", None),
        ("+49 33203/123456", "DE", "+4933203123456", None),
        ("030/1234567", "DE", "+49301234567", None),
        ("01/23/45/67/89", "FR", "+33123456789", None),
        ("011 49 30 123456", "US", "+4930123456", None),
        ("+39 06 1234567", None, "+39061234567", None),
        ("tel:+49-30-1234;ext=7", None, "+49301234", "7"),
        ("+49170123456789", None, "+49170123456789", None),  # possible, not valid: the source's example
        (
            "\uff10\uff13\uff10\uff0d\uff11\uff12\uff13\uff14\uff15\uff16",
            "DE",
            "+4930123456",
            None,
        ),  # full-width digits, as spreadsheets paste them
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
    assert len(text) < 4 or text not in str(refused.value)  # messages are logged


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("=+48601234567", "PL", "+48601234567"),
        ("Tel. 1: 0171 1234567", "DE", "+491711234567"),
        ("Handy2: 0171 1234567", "DE", "+491711234567"),
        ("1) 0171 1234567", "DE", "+491711234567"),
        ("(2) +48 601 234 567", "DE", "+48601234567"),
        ("0011 49 30 123456", "AU", "+4930123456"),
        *(
            (text, "MX", "+525512345678")
            for text in ("+52 1 55 1234 5678", "5215512345678", "044 55 1234 5678")
        ),
    ],
)
def test_prefixes_that_are_not_part_of_a_number_are_left_out(text: str, region: str, e164: str) -> None:
    """A place in a list, a formula, another country's way of dialling abroad, Mexico's older prefixes."""
    assert parse_phone(text, region).e164 == e164


def test_an_abbreviation_for_an_extension_needs_its_full_stop() -> None:
    assert parse_phone("22 622 12 34 w. 12", "PL") == Phone("+48226221234", "12")


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("491701234567", "DE", "+491701234567"),
        ("4915112345678", "DE", "+4915112345678"),
        ("49 170 1234567", "DE", "+491701234567"),
        ("49 30 1234567", "DE", "+49301234567"),
        ("(49) 30 1234567", "DE", "+49301234567"),
        ("49/170/1234567", "DE", "+491701234567"),
        ("48601234567", "PL", "+48601234567"),
        ("40721234567", "RO", "+40721234567"),
        ("17066026773", "US", "+17066026773"),
        ("46701234567", "SE", "+46701234567"),
        ("393312345678", "IT", "+393312345678"),
    ],
)
def test_digits_that_begin_with_the_own_calling_code_have_lost_their_plus(
    text: str, region: str, e164: str
) -> None:
    assert parse_phone(text, region) == Phone(e164)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("301234567", "DE", "+49301234567"),  # a spreadsheet removed the 0
        ("1701234567", "DE", "+491701234567"),
        ("04921 123456", "DE", "+494921123456"),  # Emden
        ("0491 7012345", "DE", "+494917012345"),  # Leer
        ("48 123 45 67", "PL", "+48481234567"),  # Radom
        ("041 123 45 67", "CH", "+41411234567"),  # Lucerne
        ("046-12 34 56", "SE", "+4646123456"),  # Lund
        ("393 123 4567", "IT", "+393931234567"),  # a mobile network
        ("36 123 456", "HU", "+3636123456"),  # Eger
        ("(55) 3221-1234", "BR", "+555532211234"),  # Santa Maria
    ],
)
def test_an_area_code_may_look_like_the_calling_code(text: str, region: str, e164: str) -> None:
    assert parse_phone(text, region) == Phone(e164)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("049 170 1234567", "DE"),
        ("0491701234567", "DE"),
        ("492112345678", "DE"),  # Leer, or D\u00fcsseldorf
        ("4921123456", "DE"),
        ("467012345678", "SE"),  # a digit too many for either
        ("004-92-58-76-11", "FR"),  # a 0 too many, or Germany
    ],
)
def test_digits_with_two_readings_are_refused(text: str, region: str) -> None:
    with pytest.raises(InvalidPhone, match=r"could be .*; begin it with \+ and the country code"):
        parse_phone(text, region)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("0601234567", "PL", "+48601234567"),  # Poland no longer has a national 0
        ("0 22 123 45 67", "PL", "+48221234567"),
        ("+48 (0)601 234 567", None, "+48601234567"),
        ("0048 (0)601 234 567", "DE", "+48601234567"),
        ("+39 (0)6 1234567", None, "+39061234567"),  # in Italy the 0 belongs to the number
        ("+49 0049 170 1234567", "DE", "+491701234567"),
        ("+49 (0049) 170 1234567", "DE", "+491701234567"),
        ("+494921 123456", "DE", "+494921123456"),
        ("+46 46 12 34 56", "SE", "+4646123456"),
        ("048601234567", "PL", "+48601234567"),
        ("040721234567", "RO", "+40721234567"),
        ("0048 601234567", "DE", "+48601234567"),
        ("00 49 30 123456", "FR", "+4930123456"),
    ],
)
def test_zeros_in_front_are_read_as_the_plan_needs_them(text: str, region: str | None, e164: str) -> None:
    assert parse_phone(text, region) == Phone(e164)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("301234567.0", "DE", "+49301234567"),
        ("4915112345678.0", "DE", "+4915112345678"),
        ("601234567.0", "PL", "+48601234567"),
        ("601234567.00", "PL", "+48601234567"),
        ("601234567,0", "PL", "+48601234567"),
        ("+48601234567.0", "PL", "+48601234567"),
        ("p:601234567.0", "PL", "+48601234567"),
        ("030.12.34.56", "DE", "+4930123456"),
        ("01.23.45.67.00", "FR", "+33123456700"),
        ('="0301234567"', "DE", "+49301234567"),
        ("'0301234567", "DE", "+49301234567"),
    ],
)
def test_what_spreadsheets_add_is_not_read_as_digits(text: str, region: str, e164: str) -> None:
    assert parse_phone(text, region) == Phone(e164)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4.91701E+11", "a spreadsheet rounded it"),
        ("4,91701E+11", "a spreadsheet rounded it"),
        ("4.91701234567e11", "a spreadsheet rounded it"),
        ("6E8", "a spreadsheet rounded it"),
        ("601234567.5", "like a decimal number"),
        ("30 1234567.0", "like a decimal number"),
        ("-301234567", "minus sign"),
        ("\u2212301234567", "minus sign"),
        ("2026-11-22", "is a date"),
        ("22.11.2026", "is a date"),
        ("11/22/2026", "is a date"),
    ],
)
def test_what_spreadsheets_made_of_a_number_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidPhone, match=reason):
        parse_phone(text, "DE")


@pytest.mark.parametrize(
    "text",
    [
        "(+48) 601 234 567",
        "[+48] 601 234 567",
        "( +48 ) 601 234 567",
        "+(48) 601 234 567",
        "(0048) 601 234 567",
        "(+48)601234567",
        "+48\t601\t234\t567",
        "+48\u00a0601\u202f234\u2009567",
        "p:+48601234567",
        "tel:+48601234567",
        "callto:+48601234567",
        "whatsapp:+48601234567",
        "Tel.: 601 234 567",
        "TEL. 601234567",
        "T: 601 234 567",
        "mobile: +48 601 234 567",
        "Phone number: 601-234-567",
        "Handy 601234567",
        "Tel. (gesch\u00e4ftlich): 601 234 567",
        "(Telefon) 601 234 567",
        "Telefon kom\u00f3rkowy: 601 234 567",
        "tel. kom. 601234567",
        "s\u0142u\u017cbowy: 601234567",
        "Telefon mobil: 601234567",
        "Num\u0103r de telefon: 601234567",
        "nr. tel. 601234567",
        "Tel./Fax: 601234567",
        "\u260e 601 234 567",
        "\U0001f4de+48601234567",
        "601234567 (kom.)",
        "+48601234567 mobile",
        "601234567 (acas\u0103)",
        "- 601 234 567",
        "601234567;",
        "601 234 567.",
        "+48 601\u00b7234\u00b7567",
    ],
)
def test_signs_and_words_around_a_number_are_not_part_of_it(text: str) -> None:
    assert parse_phone(text, "PL") == Phone("+48601234567")


@pytest.mark.parametrize(
    "word",
    [
        *("x", "x ", "x.", "ext", "ext. ", "ext: ", "Extn ", "extension ", "#", "# ", ";ext="),
        *("Durchwahl ", "Durchw. ", "DW ", "DW: ", "DW-", "App. ", "Apparat ", "Nebenstelle ", "Klappe "),
        *("wew. ", "wew ", "wewn. ", "wewn\u0119trzny ", "nr wew. ", "WEW.", "numer wewn\u0119trzny: "),
        *("int. ", "int ", "interior ", "Interior: ", "num\u0103r interior "),
    ],
)
def test_words_for_an_extension_are_recognised(word: str) -> None:
    number = Phone("+48221234567", "12")
    for text in (f"22 123 45 67 {word}12", f"22 123 45 67, {word}12", f"+48 22 123 45 67 ({word}12)"):
        if not word.startswith(";"):
            assert parse_phone(text, "PL") == number
    assert parse_phone(f"+48221234567{word}12", None) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Fax: 030 123456", "is a fax number"),
        ("Faxnummer 030 123456", "is a fax number"),
        ("030 123456 (Fax)", "is a fax number"),
        ("Anna 030 123456", "not a phone number"),
        ("030 123456 Anna", "not a phone number"),
        ("030 123456 ab 18 Uhr", "not a phone number"),
        ("030 1234567/68", "second number or ending"),
        ("030/1234567/0", "second number or ending"),
        ("030 123456 / 789012", "second number or ending"),
        ("030 1234567/7654321", "second number or ending"),
        ("+49 49 170 1234567", "country code twice"),
        ("+4949170 1234567", "country code twice"),
        ("0049 49 170 1234567", "country code twice"),
        ("030 1234567 (12)", "digits in brackets"),
        ("030 1234567\u00b2", "not a phone number"),  # a footnote
        ("\u2460\u2461\u2462 1234567", "not a phone number"),
        ("030 1234567 + 68", "not a phone number"),
        ("+49+30 1234567", "not a phone number"),
        ("030 +49 1234567", "not a phone number"),
        ("030 123456 w 12", "not a phone number"),
        ("601234567602345678", "too long"),
    ],
)
def test_text_that_may_be_more_than_a_number_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidPhone, match=reason):
        parse_phone(text, "DE")


_EXAMPLES = [
    (region, number)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
    if (number := phonenumbers.example_number_for_type(region, kind)) is not None
    and phonenumbers.is_valid_number_for_region(number, region)
]


def test_every_plan_is_read_in_all_usual_notations() -> None:
    for region, number in _EXAMPLES:
        significant = phonenumbers.national_significant_number(number)
        phone = Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164))
        for text in (
            phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
            phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
            phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
            f"(+{number.country_code}) {significant}",
            f"00{number.country_code} {significant}",
            significant,
            f"{significant}.0",
        ):
            assert parse_phone(text, region) == phone, (text, region)


def test_a_number_without_its_plus_is_never_read_as_another() -> None:
    refused = 0
    for region, number in _EXAMPLES:
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        try:
            assert parse_phone(e164.removeprefix("+"), region) == Phone(e164), (e164, region)
        except InvalidPhone:
            refused += 1
    assert refused <= 3


@given(
    st.text(alphabet="0123456789+()/.,-x:;E# \t", max_size=24),
    st.sampled_from(("DE", "PL", "RO", "US", None)),
)
def test_no_parsed_number_has_more_digits_than_written(text: str, region: str | None) -> None:
    try:
        phone = parse_phone(text, region)
    except InvalidPhone:
        return
    code = str(phonenumbers.parse(phone.e164).country_code)
    written = re.sub(r"\D", "", text)
    assert phone.e164.removeprefix(f"+{code}") in written
    assert phone.extension is None or written.endswith(phone.extension)


def test_possible_and_valid_numbers_are_distinguished() -> None:
    assert parse_phone("+491701234567", None).in_numbering_plan
    assert not parse_phone("+49170123456789", None).in_numbering_plan
