"""Files of other systems: known words that mean something else there yield to the neighbouring columns."""

import csv
import io

import pytest

from models.contact_data.channel import Channel
from models.leads.file import ImportDefaults, LeadDraft, map_columns, parse_row
from tests.models.leads.file.opening import open_lead_file


def _read(*rows: tuple[str, ...], country: str = "US", channel: Channel = Channel.EMAIL) -> list[LeadDraft]:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = open_lead_file(io.BytesIO(text.getvalue().encode()))
    mapping = map_columns(file.header)
    defaults = ImportDefaults(
        market="demo", category="Roofing", country=country, region=country, preferred_channel=channel
    )
    drafts = [parse_row(row, mapping, defaults) for row in file.rows()]
    found = [draft for draft in drafts if isinstance(draft, LeadDraft)]
    assert len(found) == len(drafts), drafts
    return found


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (("Name", "Vorname"), ("Probst", "Anna"), "Anna Probst"),
        (("Vorname", "Name"), ("Anna", "Probst"), "Anna Probst"),
        (("Name", "Vorname"), ("Probst", ""), "Probst"),
        (("Name", "Vorname"), ("", "Anna"), "Anna"),
        (("Name", "Vorname"), ("Anna Probst", "Anna"), "Anna Probst"),
        (("Name", "Vorname"), ("Probst, Anna", "Anna"), "Probst, Anna"),
        (("Name", "Surname"), ("Anna", "Probst"), "Anna Probst"),
        (("Name", "Surname"), ("Anna Probst", "Probst"), "Anna Probst"),
        (("Nume", "Prenume"), ("Proba", "Ana"), "Ana Proba"),
        (("Nume",), ("Ana Proba",), "Ana Proba"),
        (("Imi\u0119", "Nazwisko"), ("Anna", "Pr\u00f3bna"), "Anna Pr\u00f3bna"),
        (("Imi\u0119 i nazwisko",), ("Anna Pr\u00f3bna",), "Anna Pr\u00f3bna"),
        (("Name", "First Name", "Last Name"), ("New site", "Ada", "Probe"), "Ada Probe"),
        (("Name", "First Name", "Last Name"), ("Ada Probe", "", "Probe"), "Ada Probe"),
        (("Name", "First Name", "Last Name"), ("New site", "", "Probe"), "Probe"),
        (("Name", "First Name", "Last Name"), ("Ada Probe", "", ""), "Ada Probe"),
        (("Full Name", "First Name", "Last Name"), ("Dr. Ada Probe", "Ada", "Probe"), "Dr. Ada Probe"),
        (("Contact", "First Name", "Last Name"), ("yes", "Ada", "Probe"), "Ada Probe"),
        (("Firma", "Imi\u0119", "Nazwisko"), ("Przyk\u0142ad", "Anna", "Pr\u00f3bna"), "Anna Pr\u00f3bna"),
        (("Firma", "Name"), ("Muster AG", ""), "Muster AG"),
    ],
)
def test_a_name_is_complete_regardless_of_its_column_names(
    header: tuple[str, ...], row: tuple[str, ...], name: str
) -> None:
    (draft,) = _read((*header, "Email"), (*row, "a@x.example"))
    assert draft.contact.full_name == name


def test_the_industry_of_a_company_is_not_the_category_of_its_lead() -> None:
    (draft,) = _read(("Name", "Email", "Industry"), ("Ada Probe", "a@x.example", "Apparel"))
    assert (draft.category, draft.changed) == ("Roofing", ("Industry",))


def test_a_number_that_another_column_calls_a_fax_is_skipped() -> None:
    header = ("Name", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value")
    (draft,) = _read(header, ("Ada Probe", "Work Fax", "3035550123", "Mobile", "3035550124"))
    assert [phone.e164 for phone in draft.contact.phones] == ["+13035550124"]
    assert "Phone 1 - Value: is a fax number" in str(draft.warnings[0])


@pytest.mark.parametrize(
    "name",
    [
        "J\u00c3\u00bcrgen",
        "\u0141\ufffdkasz",
        "\u00a3ukasz",
        "Micha\u00b3",
        "M&uuml;ller",
        "=?UTF-8?Q?J=C3=BCrgen?=",
    ],
)
def test_a_name_that_was_damaged_before_is_stored_with_a_warning(name: str) -> None:
    (draft,) = _read(("Name", "Email"), (name, "a@x.example"))
    assert draft.contact.full_name == name
    assert [str(warning) for warning in draft.warnings] == [
        "Name: is damaged, as if it was read in a wrong encoding or contained HTML codes; check it, "
        "and export the file again as UTF-8",
    ]


@pytest.mark.parametrize("name", ["4711", "a@x.example", "+13035550123", "https://x.example"])
def test_a_value_that_is_no_name_is_stored_with_a_warning(name: str) -> None:
    (draft,) = _read(("Name", "Email"), (name, "a@x.example"))
    assert [str(warning) for warning in draft.warnings] == [
        "Name: does not look like a name; check which column has the names"
    ]


@pytest.mark.parametrize(
    "name", ["STRA\u00dfE\u2013OST", "\u0141ukasz \u017b\u00f3\u0142\u0107", "P\u0102\u015eTEAN", "AT&T; Ltd"]
)
def test_an_unusual_name_is_no_damaged_one(name: str) -> None:
    (draft,) = _read(("Name", "Email"), (name, "a@x.example"))
    assert not draft.warnings


def test_characters_that_nobody_sees_are_left_out() -> None:
    row = ("\u200bAda\u200e Probe\ufeff", "a@x.example\u200b", "\u202a+1 303 555 0123\u202c")
    (draft,) = _read(("Name", "Email", "Phone"), row)
    contact = draft.contact
    assert (contact.full_name, contact.email, contact.phone_number) == (
        "Ada Probe",
        "a@x.example",
        "+13035550123",
    )


def test_a_second_column_of_the_same_name_has_another_number() -> None:
    rows = (("Name", "Phone", "Phone", "Name"), ("Ada Probe", "3035550123", "3035550124", "x"))
    (draft,) = _read(*rows)
    assert draft.contact.full_name == "Ada Probe"
    assert [phone.e164 for phone in draft.contact.phones] == ["+13035550123", "+13035550124"]


@pytest.mark.parametrize("region", ["CO", "IN", "TX", "Bayern", "West", "Georgia"])
def test_a_region_that_is_a_state_changes_no_phone_number(region: str) -> None:
    (draft,) = _read(("Name", "Phone", "Region"), ("Ada Probe", "3035550123", region))
    assert draft.contact.phone_number == "+13035550123"
    assert (draft.country, draft.contact.time_zone) == ("US", "America/Denver")
    assert len(draft.warnings) == 1
    assert str(draft.warnings[0]).startswith(("Region: is not ", "Region: differs from "))


def test_a_region_yields_to_the_country_of_its_row() -> None:
    """CO is both Colombia and Colorado."""
    rows = (("Name", "Phone", "Country", "Region"), ("Ada Probe", "3035550123", "USA", "CO"))
    (draft,) = _read(*rows, country="PL")
    assert (draft.contact.phone_number, draft.country) == ("+13035550123", "US")
    (agreeing,) = _read(("Name", "Phone", "Region"), ("Ada Probe", "3035550123", "USA"))
    assert agreeing.warnings == ()


def test_a_region_in_our_own_format_is_the_country_of_the_numbers() -> None:
    (draft,) = _read(("Name", "Phone", "Region", "Brief"), ("Ada Probe", "030 1234567", "DE", ""))
    assert (draft.contact.phone_number, draft.country, draft.warnings) == ("+49301234567", "US", ())


def test_a_job_or_a_form_of_address_is_never_published() -> None:
    for title in ("VP of Sales", "Mr."):
        (draft,) = _read(
            ("First Name", "Last Name", "Title", "Email"), ("Ada", "Probe", title, "a@x.example")
        )
        assert (draft.title, draft.brief) == ("Roofing wanted", "Roofing wanted")


def test_a_fee_of_another_system_is_not_a_leads_price() -> None:
    (draft,) = _read(("Name", "Email", "Fee"), ("Ada Probe", "a@x.example", "500"))
    assert draft.fee is None


@pytest.mark.parametrize(
    ("channel", "email", "phone", "expected", "warned"),
    [
        ("Paid Search", "a@x.example", "", Channel.EMAIL, True),
        ("Email", "", "+13035550123", Channel.PHONE, False),
        ("Phone", "a@x.example", "", Channel.EMAIL, False),
        ("Phone", "a@x.example", "+13035550123", Channel.PHONE, False),
    ],
)
def test_an_unknown_marketing_channel_refuses_no_row(
    channel: str, email: str, phone: str, expected: Channel, warned: bool
) -> None:
    (draft,) = _read(("Name", "Email", "Phone", "Channel"), ("Ada Probe", email, phone, channel))
    assert draft.contact.preferred_channel is expected
    assert bool(draft.warnings) == warned
