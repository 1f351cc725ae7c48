"""Table of email addresses: normal forms and what is refused."""

import pytest

from models.contact_data import InvalidEmail, parse_email


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("katieali@arias.biz", "katieali@arias.biz"),
        (" Anna.Berg@DEMO.Example ", "Anna.Berg@demo.example"),
        ("a+tag@mail.example", "a+tag@mail.example"),
        ("info@M\u00fcller.de", "info@xn--mller-kva.de"),
        ("yesenia01@howe-mckinney.info", "yesenia01@howe-mckinney.info"),
        ("o'brien@acme.co.uk", "o'brien@acme.co.uk"),
    ],
)
def test_addresses_have_one_normal_form(text: str, address: str) -> None:
    assert parse_email(text) == address
    assert parse_email(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@",
        "@acme.com",
        "anna@acme",
        "anna@localhost",
        "anna@acme.local",
        "anna@acme.invalid",
        "anna@acme.localhost",
        "anna@acme..com",
        "anna@-acme.com",
        "anna@[192.168.0.1]",
        '"anna berg"@acme.com',
        "Anna <anna@acme.com>",
        "anna@acme.com, bert@acme.com",
        "anna@acme.com\nbcc: x@acme.com",
        "an\x00na@acme.com",
        "an\u202ena@acme.com",
        "anna\uff20acme.com",
        "\u00e4nna@acme.com",
        "\ud800@acme.com",
        "anna@\ud800.com",
        "a" * 65 + "@acme.com",
        "a@" + "b." * 130 + "com",
        "a" * 1_000_000,
    ],
)
def test_other_texts_are_refused_without_quoting_them(text: str) -> None:
    with pytest.raises(InvalidEmail) as refused:
        parse_email(text)
    assert not text or text not in str(refused.value)
    assert refused.value.__cause__ is None
