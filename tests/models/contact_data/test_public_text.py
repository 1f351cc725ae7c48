"""What the search for identity in public text finds, and what passes (S1)."""

import pytest

from models.contact_data import ContactData, FindingKind, find_identity, finding_refusal
from models.contact_data.channel import Channel
from tests.models.contact_data.support import ANNA


def _kinds(text: str, contact: ContactData | None = ANNA, region: str | None = "DE") -> list[FindingKind]:
    return [finding.kind for finding in find_identity(text, contact, region)]


def _named(name: str, organisation: str | None = None) -> ContactData:
    return ContactData(name, Channel.CHAT, "UTC", organisation, "x@y.example")


@pytest.mark.parametrize(
    "text",
    [
        "mail me: a.b@acme.com",
        "A.B+C@ACME.CO.UK",
        "name (at) host dot com",
        "name [at] host [dot] com",
        "name{at}host{.}com",
        "name(at)host.com",
        "name <at> host punkt de",
        "john at acme dot com",
        "write to john at acme.com",
        "a\uff20b.de",
        "a\ufe6bb.de",
        "a@b\u3002de",
        "j\u200bohn@ac\u200bme.com",
        "j\u00adohn\u2060@acme.com",
        "name @ host.com",
        "bob@intranet",
        "foo.bar at gmail",
        "foo.bar(at)gmail",
        "p a r k e r @ a c m e . c o m",
        "anna_at_acme_dot_com",
        "anna@m\u00fcller.de",
        "\u0430nn\u0430@acme.com",  # Cyrillic a
    ],
)
def test_email_addresses_are_found_disguised_or_not(text: str) -> None:
    assert FindingKind.EMAIL in _kinds(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "call 0170 1234567",
        "0 1 7 0 1 2 3 4 5 6 7",
        "0-1-7-0-1-2-3-4-5-6-7",
        "0, 1, 7, 0, 1, 2, 3, 4",
        "+49 (0)30 123456",
        "+ 49 30 123456",
        "0049 30 123456",
        "(584) 687-4526",
        "584.687.4526",
        "5846874526",
        "555-1234",
        "601 234 567",
        "01.70.12.34.56",
        "030/12345678",
        "Tel. 1234567",
        "phone: 123456 7",
        "zero one seven zero one two three four",
        "null eins sieben null, 123 vier",
        "\uff10\uff11\uff17\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17",
        "0\ufe0f\u20e31\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3",
        "\u0660\u0661\u0667\u0660\u0661\u0662\u0663\u0664\u0665",
        "01\u200b70\u200b12\u200b34\u200b567",
        "0170_123_4567",
        "call 0170\n1234567",
        "+49\n170\n1234567",
        "budget 10,000 EUR, 0170 1234567",
        "2026-11-22 0170 1234567",
        "0170 123 456 EUR",
    ],
)
def test_phone_numbers_are_found_disguised_or_not(text: str) -> None:
    assert _kinds(text, None) == [FindingKind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "see https://x.y",
        "hxxp://acme",
        "mailto:anna",
        "www.acme.unknown",
        "acme.com",
        "Acme.Com",
        "ACME.DE",
        "acme.io/path",
        "t.me/foo",
        "wa.me/49",
        "shop.acme.co.uk",
        "acme dot com",
        "acme (dot) com",
        "acme[.]com",
        "acme . com",
        "m\u00fcller.de",
        "ac\u200bme.com",
        "acme\uff0ecom",
    ],
)
def test_links_are_found(text: str) -> None:
    assert FindingKind.LINK in _kinds(text, None)


@pytest.mark.parametrize("text", ["@joebloggs", "Telegram: joe", "my Skype name: live", "WhatsApp: +x"])
def test_messenger_names_are_found(text: str) -> None:
    assert _kinds(text, None) == [FindingKind.HANDLE]


@pytest.mark.parametrize(
    "text",
    [
        "J\u00fcrgen M\u00fcller-L\u00fcdenscheidt",
        "JURGEN MULLER LUDENSCHEIDT",
        "Juergen Mueller-Luedenscheidt",
        "ju\u0308rgen mu\u0308ller lu\u0308denscheidt",  # decomposed
        "M\u00fcller-L\u00fcdenscheidt, J\u00fcrgen",
        "J\u00fcrgen K. L\u00fcdenscheidt",
        "J. L\u00fcdenscheidt",
        "Herr M\u00fcller-L\u00fcdenscheidt",
        "ask for Dr. L\u00fcdenscheidt",
        "Gr\u00fc\u00dfe, L\u00fcdenscheidt",
    ],
)
def test_the_contacts_own_name_is_found(text: str) -> None:
    assert FindingKind.NAME in _kinds(text)
    assert FindingKind.NAME not in _kinds(text, None)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("call Brennan, P. today", _named("Parker Brennan")),
        ("follow ParkerBrennan", _named("Parker Brennan")),
        ("Ali Ali speaking", _named("Ali Ali")),
        ("it is Cher", _named("Cher")),
        ("\u79c1\u306f\u5c71\u7530\u592a\u90ce\u3067\u3059", _named("\u5c71\u7530\u592a\u90ce")),
        ("\u0141ukasz wo\u0142a", _named("Lukasz Wola")),
        ("Sinead OBrien and sin\u00e9ad o'brien", _named("Sin\u00e9ad O\u2019Brien")),
    ],
)
def test_names_of_many_forms_are_found(text: str, contact: ContactData) -> None:
    assert FindingKind.NAME in _kinds(text, contact)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("we are ACME GARTEN", "Acme Garten GmbH"),
        ("we are Acme-Garten GmbH", "Acme Garten GmbH"),
        ("for Macdonald-Parrish only", "Macdonald-Parrish"),
        ("for Pope in Rome", "Pope PLC"),
        ("for Griffin and Sons", "Griffin and Sons"),
        ("for IBM Corp. only", "IBM Corp"),
        ("f\u00fcr M\u00dcLLER", "Mueller"),
    ],
)
def test_the_contacts_organisation_is_found(text: str, organisation: str) -> None:
    assert _kinds(text, _named("Xu Yz", organisation)) == [FindingKind.ORGANISATION]


def test_the_contacts_domain_and_number_are_found_in_any_notation() -> None:
    assert _kinds("our page: loriot.museum") == [FindingKind.LINK]
    assert _kinds("30 / 123 - 45 67") == [FindingKind.PHONE]
    assert _kinds("301,234,567 EUR") == [FindingKind.PHONE]
    assert _kinds("301,234,567 EUR", None) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Budget 10,000 EUR",
        "10.000 - 20.000 \u20ac",
        "10 000 to 20 000 PLN",
        "between 10000-20000",
        "Umsatz 100 000 000 EUR",
        "\u20ac 10 000 - 20 000",
        "$1,000,000",
        "budget: 15000000",
        "we need 5.000 bis 7.500 Euro",
        "until 2026-11-22",
        "2026-11-22 10:00 to 2026-12-01 12:00",
        "01.10.2026 - 17.10.2026",
        "from 9:00-17:00 on 01.02.2026",
        "years 2024 2025 2026",
        "1, 2, 3, 4, 5, 6, 7",
        "120 m2 flat, 120 m\u00b2",
        "1.500.000 page views, 1,500,000 rows",
        "ISO 27001, ISO 9001, DIN 276",
        "size 1920x1080, version 3.11.7, 24/7 support, 365 days",
        "10115 Berlin, 80331-80339, 01067-01069",
        "10115\n20095\n80331",
        "200 pieces a month (2026/27)",
        "24 000 sq ft, 3 floors of 240 m\u00b2, from 1 to 2 3 4 weeks",
        "phone system for 250 employees, 100000 users on mobile",
        "ASP.NET and node.js with Vue.js",
        "e.g. this, i.e. that, z.B. dies, d.h. jenes",
        "We finished.It works, done.in time",
        "5 apples @ 3.50 EUR",
        "meet at the office. Come early. We are at home.",
        "a red dot in the middle, a dot on the i",
        "Mrs campaign interesting off.",
        "a garden (Garten) near L\u00fcdenscheid",
        "M\u00fcller Milch is not me",
        "J\u00fcrgen is a name",
        "one or two rooms, three at most",
    ],
)
def test_ordinary_briefs_pass(text: str) -> None:
    assert find_identity(text, ANNA, "DE") == []


def test_a_common_word_in_lower_case_is_not_the_organisation() -> None:
    assert _kinds("my garden needs care", _named("Xu Yz", "Garden Ltd")) == []
    assert _kinds("no name here", _named("Xu Yz", "AB")) == []


def test_findings_point_into_the_original_text() -> None:
    text = "\u200b\u200bWrite: J\u200bohn@acme.com, or call 0170 1234567!"
    first, second = find_identity(text, None, "DE")
    assert text[first.start : first.end] == "J\u200bohn@acme.com"
    assert text[second.start : second.end] == "0170 1234567"


def test_the_message_has_field_place_and_remedy_but_not_the_words() -> None:
    text = "Please mail a@b.example"
    message = finding_refusal("brief", find_identity(text, None, None)[0]).message
    assert message == (
        "brief: contains what looks like an email address at character 13; "
        "put it into the contact data, where it stays hidden until it is revealed"
    )
