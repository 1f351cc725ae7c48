"""Rows: what becomes a lead, what is corrected with a warning, what is refused and why."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contact_data import FieldProblem, Phone
from models.contact_data.channel import Channel
from models.contact_data.refusals import ContactDataRefusal
from models.leads.file import (
    ImportDefaults,
    LeadDraft,
    LeadField,
    RefusedRow,
    check_defaults,
    map_columns,
    parse_row,
    parse_source,
)
from models.leads.tables import LeadSource
from models.tabular.headed import FileRow
from models.tabular.refusals import TableRefusal
from models.tabular.tables import UnreadableRow

GIVEN = {"full_name": "Anna Berg", "email": "anna@berg.example", "phone": "030 123456"}
DEFAULTS = ImportDefaults(market="demo", category="Roofing", country="DE", region="DE")


TOO_WIDE = TableRefusal.ROW_TOO_WIDE.sentence(row=9, columns=3, headings=2)


def _said(draft: LeadDraft) -> tuple[str, ...]:
    """The warnings in English."""
    return tuple(map(str, draft.warnings))


def _parse(defaults: ImportDefaults = DEFAULTS, **row: str | None) -> LeadDraft | RefusedRow:
    values = {name: value for name, value in {**GIVEN, **row}.items() if value is not None}
    mapping = map_columns(tuple(values), {name: name for name in values})
    return parse_row(FileRow(2, tuple(values.values())), mapping, defaults)


def _draft(defaults: ImportDefaults = DEFAULTS, **row: str | None) -> LeadDraft:
    draft = _parse(defaults, **row)
    assert isinstance(draft, LeadDraft), draft
    return draft


def test_a_full_row_becomes_a_lead() -> None:
    draft = _draft(
        external_id="A1",
        organisation="Berg GmbH",
        other_phone="030 123457 x9",
        other_email="info@berg.example",
        linkedin_url="linkedin.com/in/annaberg",
        registration_number="HRB 1",
        preferred_channel="phone",
        time_zone="Europe/Vienna",
        source="Newsletter",
        title="New roof",
        brief="A roof of 120 m2 for 10,000 EUR\r\nuntil 2026-11-22.",
        category="Roofs",
        city="K\u00f6ln",
        country="Austria",
        region="DE",
        budget_min="10.000",
        budget_max="20,000.00",
        currency="chf",
        fee="12",
    )
    assert (draft.row, draft.title, draft.brief) == (
        2,
        "New roof",
        "A roof of 120 m2 for 10,000 EUR\nuntil 2026-11-22.",
    )
    assert (draft.category, draft.city, draft.country, draft.fee) == ("Roofs", "K\u00f6ln", "AT", 12)
    assert (draft.budget_min, draft.budget_max, draft.currency) == (10_000, 20_000, "CHF")
    assert (draft.source, draft.source_text, draft.warnings) == (LeadSource.NEWSLETTER, None, ())
    contact = draft.contact
    assert (contact.full_name, contact.organisation, contact.email) == (
        "Anna Berg",
        "Berg GmbH",
        "anna@berg.example",
    )
    assert (contact.phone, contact.other_phones) == (Phone("+4930123456"), (Phone("+4930123457", "9"),))
    assert contact.other_emails == ("info@berg.example",)
    assert contact.linkedin_url == "https://linkedin.com/in/annaberg"
    assert contact.registration_number == "HRB 1"
    assert (contact.preferred_channel, contact.time_zone) == (Channel.PHONE, "Europe/Vienna")
    assert contact.preferred_given
    assert "Anna" not in repr(draft)


def test_defaults_fill_what_the_file_lacks() -> None:
    defaults = dataclasses.replace(
        DEFAULTS, title="{category} in {city}, {country}", city="Bonn", fee=7, currency="PLN"
    )
    draft = _draft(defaults)
    assert (draft.title, draft.brief) == ("Roofing in Bonn, DE", "Roofing in Bonn, DE")
    assert (draft.city, draft.fee, draft.currency, draft.source) == ("Bonn", 7, "PLN", LeadSource.OTHER)
    assert draft.contact.preferred_channel is Channel.EMAIL
    assert draft.contact.time_zone == "Europe/Berlin"
    assert not draft.contact.preferred_given  # a default for the whole file is nobody's choice
    assert _draft(dataclasses.replace(defaults, city=None)).title == "Roofing"
    assert (
        _draft(dataclasses.replace(defaults, title="{category.__class__} {0}")).title
        == "{category.__class__} {0}"
    )


@pytest.mark.parametrize("brief", [None, "", "n/a", "call"])
def test_an_empty_or_too_short_brief_becomes_the_title(brief: str | None) -> None:
    assert _draft(brief=brief, title="New roof").brief == "New roof"


@pytest.mark.parametrize(
    ("row", "field", "code", "reason"),
    [
        ({"email": "", "phone": "123"}, "phone", "INVALID", "phone: has no area code"),
        ({"phone": "", "email": "anna"}, "email", "INVALID", "email: is not an email address"),
        ({"phone": "123", "email": "x", "other_email": "y"}, "email", "INVALID", "email: is not"),
        ({"email": "", "phone": "", "other_phone": "1"}, "phone", "INVALID", "other_phone: is"),
        (
            {"email": "", "phone": "4.91701E+11"},
            "phone",
            "INVALID",
            "phone: lost digits because a spreadsheet rounded it",
        ),
        ({"email": "n/a", "phone": "-"}, "email", "REQUIRED", "no way to reach"),
        ({"full_name": "NULL"}, "full_name", "REQUIRED", "needs a name"),
        ({"email": "", "phone": ""}, "email", "REQUIRED", "no way to reach"),
        ({"full_name": ""}, "full_name", "REQUIRED", "needs a name"),
        ({"full_name": "A\x07"}, "full_name", "INVALID", "U+0007"),
        ({"full_name": "A" * 201}, "full_name", "INVALID", "longer than 200"),
        ({"country": "Atlantis"}, "country", "INVALID", "ISO 3166"),
        ({"fee": "-1"}, "fee", "INVALID", "points"),
        ({"fee": "1.5"}, "fee", "INVALID", "points"),
        ({"title": "x" * 201}, "title", "INVALID", "longer than 200"),
        ({"brief": "x" * 5_001}, "brief", "INVALID", "longer than 5000"),
        ({"brief": "mail a@b.example"}, "brief", "INVALID", "email address at character 6"),
        ({"brief": "call me: 0170 1234567"}, "brief", "INVALID", "phone number at character 10"),
        ({"title": "Roof for Anna Berg"}, "title", "INVALID", "the contact's name at character 10"),
        ({"brief": "Mrs Berg wants a roof"}, "brief", "INVALID", "the contact's name"),
        ({"title": "See berg.example"}, "title", "INVALID", "a link"),
    ],
)
def test_a_refused_row_has_field_and_reason(row: dict[str, str], field: str, code: str, reason: str) -> None:
    refused = _parse(DEFAULTS, **row)
    assert isinstance(refused, RefusedRow), refused
    assert (refused.row, refused.field, refused.code) == (2, field, code)
    assert reason in str(refused.reason)
    assert not any(value in str(refused.reason) for value in row.values() if len(value) > 6)


@pytest.mark.parametrize(
    ("field", "value", "warning"),
    [
        ("organisation", "A" * 201, "longer than 200"),
        ("registration_number", "1" * 51, "longer than 50"),
        ("linkedin_url", "@anna-berg", "web link|host name|LinkedIn|user name"),
        ("linkedin_url", "https://www.linkedin.com/sales/lead/ACwAAA,NAME", "LinkedIn"),
        ("time_zone", "CET", "IANA"),
        ("time_zone", "Central European Standard Time", "IANA"),
        ("preferred_channel", "pigeon", "must be one of PHONE"),
        ("city", "x" * 101, "longer than 100"),
        ("region", "TX", "ISO 3166"),
        ("region", "Bayern", "ISO 3166"),
        ("budget_min", "tbd", "only digits"),
        ("budget_min", "-5", "only digits"),
        ("budget_max", "3000000000", "from 0 to"),
        ("source", "x" * 201, "longer than 200"),
        ("external_id", "x" * 201, "longer than 200"),
        ("external_id", "5.12346E+11", "was shortened by a spreadsheet"),
        ("external_id", "5,12346e+11", "was shortened by a spreadsheet"),
    ],
)
def test_an_invalid_value_that_no_lead_needs_is_skipped_with_a_warning(
    field: str, value: str, warning: str
) -> None:
    draft = _draft(DEFAULTS, **{field: value})
    assert dataclasses.replace(draft, warnings=(), changed=()) == dataclasses.replace(_draft(), changed=())
    assert len(draft.warnings) == 1
    assert re.match(f"{field}: .*(?:{warning}).*; it was skipped$", _said(draft)[0])
    assert value not in _said(draft)[0]


def test_all_invalid_optional_values_of_a_row_are_skipped_together() -> None:
    draft = _draft(organisation="A" * 201, time_zone="CET", linkedin_url="x", other_phone="123", region="TX")
    assert (draft.contact.organisation, draft.contact.other_phones) == (None, ())
    assert [warning.partition(":")[0] for warning in _said(draft)[:4]] == [
        *("region", "linkedin_url", "time_zone", "organisation"),
    ]


def test_a_budget_in_an_unknown_currency_is_ignored() -> None:
    draft = _draft(budget_min="10", budget_max="20", currency="quid")
    assert (draft.budget_min, draft.budget_max, draft.currency) == (None, None, "EUR")
    assert _said(draft) == (
        "currency: is not a currency; use its three-letter code (ISO 4217), such as EUR; it and the budget "
        "were skipped",
    )


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("\u20ac 2.500", "EUR", 2500),
        ("2.500,00 \u20ac", "EUR", 2500),
        ("EUR 2,500", "eur", 2500),
        ("2 500 z\u0142", "PLN", 2500),
        ("$2,500", "USD", 2500),
        ("$2,500", "EUR", None),
        ("2.500 - 5.000", "EUR", None),
    ],
)
def test_a_budget_may_have_the_sign_of_its_currency(text: str, currency: str, amount: int | None) -> None:
    assert _draft(budget_min=text, currency=currency).budget_min == amount


def test_a_contradictory_budget_is_ignored() -> None:
    draft = _draft(budget_min="20", budget_max="10")
    assert (draft.budget_min, draft.budget_max) == (None, None)
    assert _said(draft) == ("budget_min: is greater than budget_max, so both were skipped; swap the two",)
    assert _draft(budget_min="0", budget_max="0").budget_max == 0


def test_a_line_break_in_a_single_line_value_becomes_a_space() -> None:
    draft = _draft(organisation="Berg\nGmbH", full_name="Anna\r\n Berg", city="Bad\nHomburg")
    assert (draft.contact.full_name, draft.contact.organisation) == ("Anna Berg", "Berg GmbH")
    assert (draft.city, draft.warnings) == ("Bad Homburg", ())
    assert _draft(brief="A roof of tiles\nin spring").brief == "A roof of tiles\nin spring"


@pytest.mark.parametrize("text", ["12", "12.0", "12,00"])
def test_an_id_from_a_column_of_numbers_is_unchanged(text: str) -> None:
    assert _draft(external_id=text).identity_key == _draft(external_id="12").identity_key


def test_a_shortened_id_is_not_used_to_identify_a_person() -> None:
    keys = {_draft(external_id="5.12346E+11", full_name=name).identity_key for name in ("A Berg", "B Berg")}
    assert len(keys) == 2


def test_a_refused_row_has_the_files_name_of_its_column() -> None:
    mapping = map_columns(("Vorname", "Telefon"))
    refused = parse_row(FileRow(7, ("Anna", "123")), mapping, DEFAULTS)
    reason = ContactDataRefusal.PHONE_AREA_CODE_MISSING.sentence().at("Telefon")
    assert refused == RefusedRow(7, "phone", "Telefon", reason)
    assert str(reason) == "Telefon: has no area code; add one"
    refused = parse_row(FileRow(7, ("", "030 123456")), mapping, DEFAULTS)
    assert isinstance(refused, RefusedRow)
    assert (refused.field, refused.column, refused.code) == ("first_name", "Vorname", "REQUIRED")


@pytest.mark.parametrize(("category", "country", "field"), [("", "DE", "category"), ("x", "", "country")])
def test_a_value_missing_from_row_and_defaults_is_required(category: str, country: str, field: str) -> None:
    defaults = dataclasses.replace(DEFAULTS, category=None, country=None)
    refused = _parse(defaults, category=category, country=country)
    assert isinstance(refused, RefusedRow)
    assert (refused.field, refused.code) == (field, "REQUIRED")


def test_an_unreadable_row_is_a_refused_row() -> None:
    refused = parse_row(UnreadableRow(9, TOO_WIDE), map_columns(("Name", "Mail")), DEFAULTS)
    assert refused == RefusedRow(9, "", None, TOO_WIDE)


def test_a_valid_second_number_replaces_an_invalid_first_one() -> None:
    draft = _draft(phone="123", other_phone="030 123457", email="x", other_email="info@berg.example")
    assert draft.contact.phone == Phone("+4930123457")
    assert draft.contact.email == "info@berg.example"
    assert (draft.contact.other_phones, draft.contact.other_emails) == ((), ())
    assert _said(draft) == (
        "email: is not an email address; write it as name@company.com; other_email is used instead",
        "phone: has no area code; add one; other_phone is used instead",
    )


def test_an_invalid_second_number_is_left_out() -> None:
    draft = _draft(other_phone="123", other_email="x")
    assert (draft.contact.other_phones, draft.contact.other_emails) == ((), ())
    assert [warning.rpartition("; ")[2] for warning in _said(draft)] == ["it was skipped"] * 2


@pytest.mark.parametrize(
    ("wish", "missing", "channel"),
    [
        ("PHONE", "phone", Channel.EMAIL),
        ("EMAIL", "email", Channel.PHONE),
        ("VIDEO_MEETING", "email", Channel.PHONE),
    ],
)
def test_a_preferred_channel_without_contact_data_is_replaced(
    wish: str, missing: str, channel: Channel
) -> None:
    draft = _draft(DEFAULTS, preferred_channel=wish, **{missing: ""})
    assert draft.contact.preferred_channel is channel
    problem = "is not possible with the row's contact data"
    assert [str(warning) for warning in draft.warnings] == [
        f"preferred_channel: {wish} {problem}; the lead has {channel} instead"
    ]


@pytest.mark.parametrize(
    ("row", "channel", "warning"),
    [
        ({"phone": "123"}, Channel.EMAIL, "phone: has no area code; add one; it was skipped"),
        ({"phone": "4.9E+11"}, Channel.EMAIL, "phone: lost digits because a spreadsheet rounded it;"),
        (
            {"phone": "492112345678"},
            Channel.EMAIL,
            "phone: could be an international or a national",
        ),
        ({"email": "anna"}, Channel.PHONE, "email: is not an email address; write it as name@company.com;"),
        ({"phone": "123", "preferred_channel": "PHONE"}, Channel.EMAIL, "phone: has no area code;"),
        ({"email": "anna", "preferred_channel": "EMAIL"}, Channel.PHONE, "email: is not an email address;"),
    ],
)
def test_an_invalid_number_or_address_is_left_out_if_another_is_valid(
    row: dict[str, str], channel: Channel, warning: str
) -> None:
    draft = _draft(DEFAULTS, **row)
    contact = draft.contact
    assert contact.preferred_channel is channel
    assert (contact.email is None) is ("email" in row)
    assert (contact.phone is None) is ("phone" in row)
    assert len(draft.warnings) == 1
    assert _said(draft)[0].startswith(warning)
    assert _said(draft)[0].endswith("; it was skipped")


@pytest.mark.parametrize(
    "nothing", ["N/A", "-", "null", "\\N", "brak", "keine", "n/v", "0", "#N/A", "necunoscut"]
)
def test_a_placeholder_is_a_blank_cell(nothing: str) -> None:
    draft = _draft(
        phone=nothing,
        organisation=nothing,
        external_id=nothing,
        city=nothing,
        time_zone=nothing,
        title=nothing,
    )
    assert (draft.contact.phone, draft.contact.email, draft.warnings) == (None, "anna@berg.example", ())
    if nothing != "0":  # which may be a name
        assert (draft.contact.organisation, draft.city, draft.title) == (None, None, "Roofing wanted")
    assert draft.identity_key == _draft(phone="", external_id="").identity_key
    assert _draft(email=nothing).contact.email is None


def test_the_parts_of_a_name_may_be_placeholders() -> None:
    assert _draft(full_name=None, first_name="#N/A", last_name="Berg").contact.full_name == "Berg"
    assert _draft(full_name="#N/A", organisation="Berg GmbH").contact.full_name == "Berg GmbH"
    assert _draft(full_name=None, first_name="Anna", last_name="Null").contact.full_name == "Anna Null"
    assert _draft(full_name=None, first_name="Anna", last_name="NULL").contact.full_name == "Anna"


def test_a_cell_may_have_several_numbers_and_addresses() -> None:
    contact = _draft(
        phone="030 123456 ::: tel. 030 123457 x9",
        other_phone="0170 1234567 oder 0171 7654321",
        email="anna@berg.example; info@berg.example",
    ).contact
    assert contact.phones == (
        Phone("+4930123456"),
        Phone("+4930123457", "9"),
        Phone("+491701234567"),
        Phone("+491717654321"),
    )
    assert contact.emails == ("anna@berg.example", "info@berg.example")


def test_one_invalid_value_of_several_is_left_out() -> None:
    draft = _draft(phone="030 123456, ask for Anna", email="anna; info@berg.example")
    assert draft.contact.phones == (Phone("+4930123456"),)
    assert draft.contact.emails == ("info@berg.example",)
    assert [warning.partition(";")[0] for warning in _said(draft)] == [
        "email: is not an email address",
        "phone: is not a phone number",
    ]
    assert all(warning.endswith("; it was skipped") for warning in _said(draft))


def test_more_numbers_than_a_contact_has_are_left_out_with_a_warning() -> None:
    draft = _draft(phone="; ".join(f"030 1234{number}" for number in range(10, 22)))
    assert len(draft.contact.phones) == 11
    assert _said(draft) == ("phone: exceeds the maximum of 11 per contact; it was skipped",)


def test_a_blank_first_number_is_filled_silently() -> None:
    draft = _draft(phone=" ", other_phone="030 123457")
    assert (draft.contact.phone, draft.warnings) == (Phone("+4930123457"), ())


def test_a_number_that_is_only_possible_is_accepted_with_a_warning() -> None:
    draft = _draft(phone="+49170123456789")
    assert draft.contact.phone == Phone("+49170123456789")
    assert _said(draft) == ("phone: has a valid length, but is not in its country's numbering plan",)


@pytest.mark.parametrize(
    ("default", "row", "channel"),
    [
        (Channel.EMAIL, {"email": ""}, Channel.PHONE),
        (Channel.VIDEO_MEETING, {"email": ""}, Channel.PHONE),
        (Channel.PHONE, {"phone": ""}, Channel.EMAIL),
        (Channel.CHAT, {"phone": ""}, Channel.CHAT),
        (Channel.PHONE, {}, Channel.PHONE),
    ],
)
def test_a_default_channel_yields_to_what_can_be_reached(
    default: Channel, row: dict[str, str], channel: Channel
) -> None:
    draft = _draft(dataclasses.replace(DEFAULTS, preferred_channel=default), **row)
    assert draft.contact.preferred_channel is channel


def test_a_company_may_stand_in_for_a_person() -> None:
    assert _draft(full_name="", organisation="Berg GmbH").contact.full_name == "Berg GmbH"


def test_the_country_of_the_row_reads_its_numbers() -> None:
    assert _draft(country="PL", phone="22 123 45 67").contact.phone == Phone("+48221234567")
    assert _draft(country="DE", region="PL", phone="22 123 45 67").contact.phone == Phone("+48221234567")


@pytest.mark.parametrize(
    ("text", "source", "note"),
    [
        ("Podcast", LeadSource.OTHER, "Podcast"),
        ("Facebook Ads", LeadSource.OTHER, "Facebook Ads"),
        ("Cold Email", LeadSource.OTHER, "Cold Email"),
        ("Purchased List", LeadSource.AGGREGATOR, "Purchased List"),
        ("Chatbot", LeadSource.CHAT, "Chatbot"),
        ("Webinars", LeadSource.WEBINAR, "Webinars"),
        ("WEBINAR", LeadSource.WEBINAR, None),
        ("free material", LeadSource.FREE_MATERIAL, None),
        ("FREE_MATERIAL", LeadSource.FREE_MATERIAL, None),
        ("Other", LeadSource.OTHER, None),
        ("", LeadSource.OTHER, None),
    ],
)
def test_sources_are_recognised(text: str, source: LeadSource, note: str | None) -> None:
    assert parse_source(text) == (source, note)


def test_the_same_row_has_the_same_key_and_another_has_not() -> None:
    key = _draft(external_id="A1").identity_key
    assert len(key) == 64
    assert _draft(external_id="A1", phone="030 999999", full_name="Anna Maria Berg").identity_key == key
    others = [
        _draft(external_id="A2"),
        _draft(external_id="a1"),
        _draft(),
        _draft(dataclasses.replace(DEFAULTS, market="x"), external_id="A1"),
        _draft(dataclasses.replace(DEFAULTS, origin="crm"), external_id="A1"),
        _draft(phone="030 123457"),
        _draft(full_name="Bert Berg"),
    ]
    assert len({key, *(draft.identity_key for draft in others)}) == len(others) + 1
    assert _draft(external_id="A1").person_key == _draft().person_key == _draft().identity_key
    assert _draft(full_name="ANNA  berg", email="Anna@BERG.example", phone="+49 30 123456").identity_key == (
        _draft().identity_key
    )


def test_defaults_are_checked_and_normalised() -> None:
    checked = check_defaults(
        ImportDefaults(market="demo", country="Germany", currency="eur", category=" Roofs ")
    )
    assert checked == ImportDefaults(
        market="demo", country="DE", region="DE", currency="EUR", category="Roofs"
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"country": "Atlantis"}, "country"),
        ({"region": "49"}, "region"),
        ({"time_zone": "Mars"}, "timeZone"),
        ({"currency": "XYZ9"}, "currency"),
        ({"title": "Call 0170 1234567"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"category": "a\x00"}, "category"),
        ({"fee": -1}, "fee"),
    ],
)
def test_wrong_defaults_are_reported_with_their_field(given: dict[str, object], field: str) -> None:
    problems = check_defaults(dataclasses.replace(ImportDefaults(market="demo"), **given))  # type: ignore[arg-type]
    assert isinstance(problems, list)
    assert [(problem.field, problem.code) for problem in problems] == [((field,), "INVALID")]
    assert isinstance(problems[0], FieldProblem)


@given(st.lists(st.text(max_size=60), min_size=len(LeadField), max_size=len(LeadField)))
def test_no_row_crashes_the_parser(values: list[str]) -> None:
    mapping = map_columns(tuple(field.value for field in LeadField))
    assert isinstance(parse_row(FileRow(2, tuple(values)), mapping, DEFAULTS), LeadDraft | RefusedRow)
