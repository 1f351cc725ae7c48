"""Column mapping: which columns are recognised, mapped or refused."""

import pytest

from models.base.refusal import Refusals
from models.leads.file import LeadField, map_columns
from models.leads.refusals import LeadRefusal

SAMPLE = (
    *("Index", "Account Id", "Lead Owner", "First Name", "Last Name", "Company", "Phone 1", "Phone 2"),
    *("Email 1", "Email 2", "Website", "Source", "Deal Stage", "Notes"),
)


def _named(header: tuple[str, ...], chosen: dict[str, str] | None = None) -> dict[str, list[str]]:
    mapping = map_columns(header, chosen)
    return {field.value: [header[at] for at in places] for field, places in mapping.columns.items()}


def test_the_sample_maps_itself() -> None:
    assert _named(SAMPLE) == {
        "external_id": ["Account Id"],
        "first_name": ["First Name"],
        "last_name": ["Last Name"],
        "organisation": ["Company"],
        "phone": ["Phone 1"],
        "other_phone": ["Phone 2"],
        "email": ["Email 1"],
        "other_email": ["Email 2"],
        "source": ["Source"],
        "brief": ["Notes"],
    }
    assert map_columns(SAMPLE).ignored == ("Index", "Lead Owner", "Website", "Deal Stage")


def test_a_chosen_column_takes_precedence_over_a_recognised_one() -> None:
    named = _named(
        SAMPLE, {"phone 2": "phone", "Website": "linkedin_url", "Notes": "ignore", "Index": "external_id"}
    )
    assert named["phone"] == ["Phone 2"]
    assert named["other_phone"] == ["Phone 1"]
    assert named["linkedin_url"] == ["Website"]
    assert named["external_id"] == ["Index"]
    assert "brief" not in named


def test_several_columns_may_become_other_numbers() -> None:
    named = _named(("Name", "Telefon", "Mobil", "Fax"), {"Fax": "other_phone"})
    assert named == {"full_name": ["Name"], "phone": ["Telefon"], "other_phone": ["Mobil", "Fax"]}


def test_every_field_is_recognised_by_its_own_name() -> None:
    header = tuple(field.value for field in LeadField)
    assert _named(header) == {name: [name] for name in header}
    assert _named(tuple(name.replace("_", " ").title() for name in header)).keys() == set(header)


def test_german_headers_are_recognised() -> None:
    named = _named(
        ("Vorname", "Nachname", "Firma", "E-Mail", "Telefon", "Ort", "Land", "Beschreibung", "W\u00e4hrung")
    )
    assert list(named) == [
        *(
            "first_name",
            "last_name",
            "organisation",
            "email",
            "phone",
            "city",
            "country",
            "brief",
            "currency",
        ),
    ]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("Full Name", "Contact No.", "Email ID"), ["full_name", "phone", "email"]),
        (("Nachname, Vorname", "Telefon/Handy", "E-Mail"), ["full_name", "phone", "email"]),
        (("Kunde", "Tel. 1", "Tel. 2"), ["full_name", "phone", "other_phone"]),
        (("Klient", "Telefon stacjonarny", "Kom\u00f3rka"), ["full_name", "phone", "other_phone"]),
        (("Vor- und Zuname", "Festnetz"), ["full_name", "phone"]),
    ],
)
def test_headings_of_lists_that_people_keep_are_recognised(
    header: tuple[str, ...], fields: list[str]
) -> None:
    assert list(_named(header)) == fields


@pytest.mark.parametrize("heading", ["Title", "Titel", "Tytu\u0142", "Titlu", "Fee"])
def test_title_and_fee_are_recognised_only_next_to_our_own_headings(heading: str) -> None:
    """`Title` is a job or a form of address in other files, and would be published."""
    foreign = map_columns(("First Name", "Last Name", heading, "Email", "Notes"))
    assert foreign.ignored == (heading,)
    field = LeadField.FEE if heading == "Fee" else LeadField.TITLE
    assert map_columns(("Name", heading, "Email", "Brief")).columns[field] == (1,)
    assert map_columns(("Name", heading, "Email"), {heading: field.value}).columns[field] == (1,)


@pytest.mark.parametrize(
    ("header", "field", "column"),
    [
        (("Contact", "First Name", "Last Name", "Email"), "full_name", None),
        (("Contact", "Name", "Email"), "full_name", "Name"),
        (("Firma", "Kontakt", "E-Mail"), "full_name", "Kontakt"),
        (("Nazwa", "Imi\u0119 i nazwisko", "E-mail"), "full_name", "Imi\u0119 i nazwisko"),
        (("Name", "Ansprechpartner", "E-Mail"), "full_name", "Ansprechpartner"),
        (("Source", "Lead Source", "Name", "Email"), "source", "Lead Source"),
        (("Account ID", "Contact ID", "Name", "Email"), "external_id", "Contact ID"),
        (("Id", "Lead ID", "Name", "Email"), "external_id", "Lead ID"),
        (("Channel", "Preferred Channel", "Name", "Email"), "preferred_channel", "Preferred Channel"),
        (("Industry", "Category", "Name", "Email"), "category", "Category"),
        (("Home City", "City", "Name", "Email"), "city", "City"),
    ],
)
def test_a_clear_heading_takes_precedence_over_a_vague_one(
    header: tuple[str, ...], field: str, column: str | None
) -> None:
    mapping = map_columns(header)
    assert mapping.column(LeadField(field)) == column
    assert set(mapping.ignored) <= {header[0], header[1]}


def test_only_recognised_words_with_several_meanings_are_doubtful() -> None:
    header = ("Name", "Email", "Region", "Channel")
    assert map_columns(header).doubtful == {
        *(LeadField.FULL_NAME, LeadField.REGION, LeadField.PREFERRED_CHANNEL),
    }
    chosen = {"Name": "full_name", "Region": "region", "Channel": "preferred_channel"}
    assert map_columns(header, chosen).doubtful == frozenset()
    assert map_columns((*header, "Brief")).doubtful == {LeadField.FULL_NAME}


@pytest.mark.parametrize(
    "heading",
    [
        *("Phone 1 - Label", "E-mail 1 - Type", "Organization Title", "Job Title", "Contact owner"),
        *(
            "Lead Owner",
            "Email Opt Out",
            "Email Domain",
            "Business Fax",
            "State/Region",
            "Organization - Phone",
        ),
        *("Person - Marketing status", "Street", "Website", "Birthday", "Salutation", "Anrede", "Stanowisko"),
    ],
)
def test_what_only_resembles_a_field_is_ignored(heading: str) -> None:
    assert map_columns(("Full Name", "Email", "Phone", heading)).ignored == (heading,)


def test_headings_of_deals_and_of_customers_are_recognised() -> None:
    """Pipedrive's leads and deals; lists that have columns of the salesperson as well."""
    deals = map_columns(("Lead - Title", "Lead - Contact person", "Deal - Organization", "Person - Email"))
    assert set(deals.columns) == {LeadField.FULL_NAME, LeadField.ORGANISATION, LeadField.EMAIL}
    header = ("Sales Rep", "Sales Rep Email", "Customer Name", "Customer Email", "Telefon klienta")
    assert map_columns(header).ignored == ("Sales Rep", "Sales Rep Email")


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "E-MAIL",
            "e_mail",
            "E\u2011Mail*",
            "Email (required)",
            "Person - Email - Work",
            "E-mail 1 - Value",
        ),
        *("Adres e-mail", "Adresa de e-mail", "E-Mail-Adresse", "E-Mail (Arbeit)", "Email\u200b"),
    ],
)
def test_a_heading_is_recognised_in_many_notations(heading: str) -> None:
    assert _named(("Name", heading)) == {"full_name": ["Name"], "email": [heading]}


@pytest.mark.parametrize(
    ("header", "chosen", "problem"),
    [
        (("Name", "Mail"), {"Phone": "phone"}, 'no column "Phone"; it has: Name, Mail'),
        (("Name", "Mail"), {"Mail": "emial"}, '"emial" is not a field of a lead; choose one of: external_id'),
        (("Name", "Mail"), {"Mail": "website"}, "is not a field"),
        (("Name", "A", "B"), {"A": "email", "B": "email"}, "two columns are mapped to email"),
        (("Mail",), {}, "no column contains the prospect's name"),
        (("Name", "Ort"), {}, "no column contains a way to contact"),
        (("",), {"": "email"}, 'no column ""'),
    ],
)
def test_a_wrong_mapping_is_refused_with_a_remedy(
    header: tuple[str, ...], chosen: dict[str, str], problem: str
) -> None:
    with pytest.raises(Refusals, match=problem):
        map_columns(header, chosen)


def test_all_mapping_problems_are_reported_together() -> None:
    with pytest.raises(Refusals) as refused:
        map_columns(("Name", "Mail"), {"X": "email", "Mail": "y"})
    assert [one.reason for one in refused.value.refusals] == [
        LeadRefusal.COLUMN_NOT_IN_FILE,
        LeadRefusal.FIELD_UNKNOWN,
    ]
