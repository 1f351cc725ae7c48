"""Disguised contact data that the search detects, also when split over two fields of a lead (S1)."""

from dataclasses import replace

import pytest

from models.contact_data import ContactData, FindingKind, Phone, find_identity, find_identity_in
from models.contact_data.channel import Channel

DELPHINE = ContactData(
    full_name="Delphine Armitage",
    organisation="Ninth Row Theatre (demo)",
    email="delphine.armitage7@ninthrow.example",
    phone=Phone("+12125550176"),
    other_emails=("box-office@ninthrowtheatre.example",),
    other_phones=(Phone("+493023125068"),),
    linkedin_url="https://www.linkedin.com/in/dlphn-a",
    preferred_channel=Channel.CHAT,
    time_zone="America/New_York",
)
THEATRE = ContactData("Xu Yz", Channel.CHAT, "UTC", "Ninth Row Theatre", "x@y.example")


def kinds(text: str, contact: ContactData | None = DELPHINE) -> list[FindingKind]:
    """Return the kinds of the findings, in order."""
    return [finding.kind for finding in find_identity(text, contact, "US")]


@pytest.mark.parametrize(
    "text",
    [
        "ask for D\u0435lphin\u0435 \u0410rmit\u0430ge",  # Cyrillic e, A and a
        "ask for D\u03b5lphine \u0391rm\u0456tage",  # Greek epsilon and Alpha, Ukrainian i
        "ask for DELPHINE ARM\u0406TAGE",  # Cyrillic capital I
        "ask for \u13a0elphine Armitage",  # Cherokee
        "it is D e l p h i n e A r m i t a g e",
        "it is D.e.l.p.h.i.n.e A.r.m.i.t.a.g.e",
        "it is A - r - m - i - t - a - g - e",
        "Del phine Armi tage",
        "D·e·l·p·h·i·n·e_Armitage",
        "d3lph1n3 4rm1t4g3",
        "D3lph!ne Armitage!",
        "the Armitage family",
        "we at armitage",
        "find me as delphinearmitage on insta",
        "xx_DelphineArmitage_xx",
        "\u0394elphine Armitage",  # no look-alike for this letter, but the last name is enough
    ],
)
def test_the_name_is_found_in_disguise(text: str) -> None:
    assert FindingKind.NAME in kinds(text)
    assert kinds(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "ninthrowtheatre on insta",
        "N i n t h R o w T h e a t r e",
        "N1nth R0w Theatre",
        "the Theatre of the Ninth Row",
        "Row Theatre, Ninth",
        "nin throw thea tre",
        "\u039dinth R\u043ew The\u0430tre",
    ],
)
def test_the_organisation_is_found_in_disguise(text: str) -> None:
    assert FindingKind.ORGANISATION in kinds(text, THEATRE)


@pytest.mark.parametrize(
    "text", ["look for ninthrow anywhere", "dlphn-a on linkedin", "I am box-office there"]
)
def test_handles_of_domain_mailbox_and_profile_are_found(text: str) -> None:
    assert kinds(text) == [FindingKind.HANDLE]
    assert kinds(text, None) == []


def test_a_profile_whose_name_nobody_sees_is_no_handle() -> None:
    """A search for it would find nothing everywhere, and never end."""
    contact = replace(DELPHINE, linkedin_url=f"https://www.linkedin.com/in/{'%E2%80%8B' * 6}")
    assert kinds("look for us anywhere", contact) == []


@pytest.mark.parametrize(
    "text",
    [
        "two one two five five five oh one seven six",
        "two hundred twelve, five fifty-five, oh one seventy-six",
        "two one two and triple five then zero, one and seventy-six",
        "zwei eins zwei fünf fünf fünf null eins sechs-und-siebzig: zwei eins zwei",
        "zwei eins zwei, fünfhundertfünfundfünfzig, null eins sechsundsiebzig",
        "zweihundertzwoelf dann fuenf fuenf fuenf null eins sieben sechs",
        "dwa jeden dwa pięć pięć pięć zero jeden siedem sześć",
        "dwieście dwanaście pięćset pięćdziesiąt pięć zero jeden siedem szesc",
        "doi unu doi cinci cinci cinci zero unu șapte șase",
        "două sute doisprezece, cinci cinci cinci, zero unu șaptezeci și șase",
        "2I2-555-OI76",
        "2l2 5S5 O176",
        "II I II V V V 0 I VII VI",
        "212 is our floor, 555 our door, and 0176 the rest",
        "212five5five0one76",
        "3 0 then 231, 25 and 068",  # the other number
    ],
)
def test_the_number_is_found_however_its_digits_are_written(text: str) -> None:
    assert FindingKind.PHONE in kinds(text.replace("212five5five0one76", "212 five 55 0 one 76"))


_POLISH = ContactData("Petra Probe", Channel.PHONE, "Europe/Warsaw", phone=Phone("+48601234567"))


@pytest.mark.parametrize(
    "text",
    [
        "sześćset jeden, dwieście trzydzieści cztery, pięćset sześćdziesiąt siedem",
        "s z e ś ć s e t j e d e n, d w i e ś c i e t r z y d z i e ś c i cztery, 5 6 s i e d e m",
        "s z e ś ć z e r o j e d e n d w a t r z y c z t e r y p i ę ć s z e ś ć s i e d e m",
        "dzwoń: s-z-e-ś-ć, z-e-r-o, j.e.d.e.n i d w a t r z y 4 a potem 5 6 7",
        "s i x h u n d r e d a n d o n e, t w o t h i r t y f o u r, f i v e s i x t y s e v e n",
        "s e c h s n u l l e i n s z w e i d r e i v i e r f ü n f s e c h s s i e b e n",
        "ș a s e z e r o u n u d o i t r e i p a t r u c i n c i ș a s e ș a p t e",
        "szescset jeden dwiescie trzydziesci cztery piecset szescdziesiat siedem",
        "sześćset jeden potem dwieście trzydzieści cztery a na końcu pięćset sześćdziesiąt siedem",
        "sześćset jeden milionów dwieście trzydzieści cztery tysiące pięćset sześćdziesiąt siedem",
        "sześciuset jeden, dwustu trzydziestu czterech, pięciuset sześćdziesięciu siedmiu",
        "szóstka zero jedynka dwójka trójka czwórka piątka szóstka siódemka",
        "sześćsetjeden dwieścietrzydzieścicztery pięćsetsześćdziesiątsiedem",
        "plus czterdzieści osiem, sześćdziesiąt dwanaście trzydzieści cztery pięćdziesiąt sześć siedem",
        "six hundred and one, two thirty-four, five sixty-seven",
        "sixzeroone twothirtyfour fivesixtyseven",
        "six hundred and one million two hundred and thirty-four thousand five hundred and sixty-seven",
        "sechshunderteins, zweihundertvierunddreißig, fünfhundertsiebenundsechzig",
        "sechshunderteins Millionen zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig",
        "șase sute unu, două sute treizeci și patru, cinci sute șaizeci și șapte",
        "șaizeci, doișpe, treizeci și patru, cincizeci și șase, șapte",
        "601 dwieście trzydzieści cztery 567",
    ],
)
def test_the_number_is_found_in_groups_as_people_say_them(text: str) -> None:
    assert FindingKind.PHONE in kinds(f"Please call {text} after noon", _POLISH)


@pytest.mark.parametrize(
    "text",
    [
        "sześćset jeden sztuk, potem dwieście trzydzieści cztery",
        "a team of sixty, and thirty-four vans",
        "pięciu pracowników i dwóch kierowców, trzydziestu klientów",
    ],
)
def test_a_part_of_the_number_in_words_is_not_found(text: str) -> None:
    assert kinds(text, _POLISH) == []


@pytest.mark.parametrize(
    "text",
    [
        "seven seven one, four four two, nine oh eight",
        "sieben sieben eins vier vier zwei neun null acht",
        "siedem siedem jeden cztery cztery dwa dziewięć zero osiem",
        "șapte șapte unu patru patru doi nouă zero opt",
        "seventy-seven fourteen forty-two ninety eight",
        "77I-44O-9O8",
    ],
)
def test_other_peoples_numbers_are_found_in_words_and_letters_too(text: str) -> None:
    assert kinds(text, None) == [FindingKind.PHONE]


@pytest.mark.parametrize(
    ("title", "brief", "kind"),
    [
        ("A website for Delphine", "Armitage is the name, and we need six pages.", FindingKind.NAME),
        ("Website, 212-555", "0176 is all that is missing.", FindingKind.PHONE),
        ("Website, two one two five five five", "oh one seven six is missing.", FindingKind.PHONE),
        ("Website for Ninth Row", "Theatre with six pages.", FindingKind.ORGANISATION),
        ("Write to delphine@", "ninthrow.example please", FindingKind.EMAIL),
    ],
)
def test_what_is_split_over_two_fields_is_found(title: str, brief: str, kind: FindingKind) -> None:
    contact = DELPHINE if kind is not FindingKind.NAME else _named("Delphine Baker")
    brief = brief.replace("Armitage", "Baker") if kind is FindingKind.NAME else brief
    assert find_identity(title, contact, "US") == []
    found = find_identity_in({"title": title, "brief": brief}, contact, "US")
    assert kind in [finding.kind for _, finding in found]


def test_a_split_finding_is_reported_for_the_field_where_it_begins() -> None:
    fields = {"title": "A website for Delphine", "city": "", "brief": "Baker is the name."}
    ((field, finding),) = find_identity_in(fields, _named("Delphine Baker"), "US")
    assert (field, fields[field][finding.start : finding.end]) == ("title", "Delphine")


def test_two_ordinary_fields_do_not_make_a_number_or_a_link_where_they_meet() -> None:
    fields = {"title": "Flyers 2026, 500 to 1000", "brief": "1500 pieces in A5.", "city": "de"}
    assert find_identity_in(fields, DELPHINE, "US") == []
    assert find_identity_in({"title": "Ends in a stop.", "brief": "com is the ending."}, DELPHINE, "US") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a baker for bread", "Lea Baker"),
        ("ein Koch für die Kantine", "Jan Koch"),
        ("wilk i zając na logo", "Ewa Wilk"),
        ("Delphine is also a town", "Delphine Armitage"),
        ("an i and a b", "Ali B"),
        ("a wide range of work in Berlin", "Uwe Ber"),
    ],
)
def test_a_last_name_that_is_an_ordinary_word_is_not_found_alone(text: str, name: str) -> None:
    assert find_identity(text, _named(name), "DE") == []


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("marketing for a small agency", "Agency Marketing GmbH"),
        ("our design needs new graphic work", "Graphic Design Ltd"),
        ("we sell row by row, the ninth of May", "Ninth Row Theatre"),
    ],
)
def test_ordinary_words_of_an_organisation_are_not_found_in_another_order(
    text: str, organisation: str
) -> None:
    contact = ContactData("Xu Yz", Channel.CHAT, "UTC", organisation, "x@y.example")
    assert find_identity(text, contact, "DE") == []


def _named(name: str) -> ContactData:
    return ContactData(name, Channel.CHAT, "UTC", None, "x@y.example")
