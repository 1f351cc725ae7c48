"""Ids of a file: a row is a duplicate of a lead only if the name, an address or a number also agrees."""

import csv
import io

import pytest

from models.base.database import connection
from models.base.refusal import Sentence
from models.leads.file import ImportDefaults
from models.leads.file.notes import ImportNote
from models.leads.import_file import BATCH, ImportedRow, RowOutcome, import_leads
from models.tables import Lead
from tests.support.invariants import snapshot
from tests.support.marketplace import Marketplace
from tests.support.reading import row

DEFAULTS = ImportDefaults(market="main", country="US", region="US", category="Software")
HEADER = ("Record ID", "Name", "Email", "Phone")
ADA = ("1", "Ada Probe", "ada@x.example", "+12025550161")
BO = ("2", "Bo Probe", "bo@x.example", "+12025550162")
CY = ("1", "Cy Other", "cy@x.example", "+12025550163")
CREATED, DUPLICATE = RowOutcome.CREATED, RowOutcome.DUPLICATE
ANOTHER_PERSON, NEW_CONTACT = (
    note.sentence().at("Record ID") for note in (ImportNote.ANOTHER_PERSON, ImportNote.NEW_CONTACT)
)


async def _import(place: Marketplace, *people: tuple[str, ...]) -> list[ImportedRow]:
    text = io.StringIO()
    csv.writer(text).writerows((HEADER, *people))
    rows: list[ImportedRow] = []
    await import_leads(
        place.operator,
        io.BytesIO(text.getvalue().encode()),
        defaults=DEFAULTS,
        mapping={},
        on_row=rows.append,
    )
    return rows


def _outcomes(rows: list[ImportedRow]) -> list[RowOutcome]:
    return [one.outcome for one in rows]


async def test_a_list_with_ids_starting_from_one_again_loses_no_lead(place: Marketplace) -> None:
    """As in a weekly list; importing the same list again creates nothing."""
    first = await _import(place, ADA, BO)
    second = await _import(place, CY)
    assert _outcomes([*first, *second]) == [CREATED, CREATED, CREATED]
    assert second[0].warnings == (ANOTHER_PERSON,)
    contact = await row("contact", lead_id=second[0].lead_id)
    assert (contact["full_name"], contact["email"]) == ("Cy Other", "cy@x.example")
    after = await snapshot(connection())
    again = [*await _import(place, ADA, BO), *await _import(place, CY)]
    assert _outcomes(again) == [DUPLICATE] * 3
    assert [one.lead_id for one in again] == [one.lead_id for one in (*first, *second)]
    assert await snapshot(connection()) == after


async def test_the_same_id_in_all_rows_loses_no_lead(place: Marketplace) -> None:
    """In one batch and across two; a row that occurs twice is one lead."""
    people = [("7", f"Person{n} Fake", f"person{n}@x.example", "") for n in range(BATCH + 5)]
    rows = await _import(place, *people, people[3], people[-1])
    assert _outcomes(rows) == [CREATED] * (BATCH + 5) + [DUPLICATE] * 2
    assert [one.lead_id for one in rows[-2:]] == [rows[3].lead_id, rows[BATCH + 4].lead_id]
    assert rows[0].warnings == ()
    assert all(one.warnings == (ANOTHER_PERSON,) for one in rows[1:])


@pytest.mark.parametrize(
    ("changed", "warnings"),
    [
        (("1", "Ada Other", "ada@x.example", "+12025550169"), ()),
        (("1", "Ada Other", "new@x.example", "+12025550161"), ()),
        (("1", "Ada Other", "ADA@x.example", ""), ()),
        (("1.0", "Ada Probe", "ada@x.example", ""), ()),
        (("1", "PROBE, Ada", "new@x.example", "+12025550169"), (NEW_CONTACT,)),
    ],
)
async def test_a_corrected_row_is_the_same_lead(
    place: Marketplace, changed: tuple[str, ...], warnings: tuple[Sentence[ImportNote], ...]
) -> None:
    """If its id and one more value agree."""
    (known,) = await _import(place, ADA)
    (found,) = await _import(place, changed)
    assert (found.outcome, found.lead_id, found.warnings) == (DUPLICATE, known.lead_id, warnings)


async def test_ids_that_a_spreadsheet_shortened_match_no_lead(place: Marketplace) -> None:
    """All rows have the same id, and each row has a warning."""
    rows = await _import(place, *(("5.12346E+11", *who[1:]) for who in (ADA, BO, CY)))
    assert _outcomes(rows) == [CREATED] * 3
    assert all("was shortened by a spreadsheet" in str(one.warnings[0]) for one in rows)
    assert await Lead.all().count() == 4


async def test_a_lead_whose_contact_data_is_gone_is_not_imported_again(place: Marketplace) -> None:
    """Nothing is left to compare it with."""
    (known,) = await _import(place, ADA)
    await connection().execute_query("DELETE FROM contact WHERE lead_id = $1", [known.lead_id])
    (found,) = await _import(place, CY)
    assert (found.outcome, found.lead_id) == (DUPLICATE, known.lead_id)
