"""A check reports what an import would do and writes nothing; the reports contain the stored values."""

import csv
import io
import json

import pytest

from cli.import_report import CsvReport, JsonReport
from models.base.database import connection
from models.base.refusal import RefusalCode
from models.base.viewer import ANONYMOUS
from models.leads.file import ImportDefaults
from models.leads.file.notes import ImportNote
from models.leads.import_file import BATCH, ImportedRow, ImportReport, RowOutcome, import_leads
from schema.graphql.ids import write_id
from tests.models.leads.import_file.files import SAMPLE, made
from tests.support.invariants import snapshot
from tests.support.marketplace import Marketplace
from tests.support.reading import refused
from tests.support.spreadsheets import Rows, xlsx

DEFAULTS = ImportDefaults(market="main", country="US", region="US", category="Software")
HEADER = ("Record ID", "Name", "Email", "Phone", "Score")
PEOPLE: Rows = [
    HEADER,
    ("1", "Ada  Probe", "ada@x.example", "(202) 555-0161", 5),
    ("2", "Bo Probe", "bo@x.example", "12", 5),
    ("3", "Cy Probe", "nothing", "12", 5),
    ("1", "Ada Probe", "ada@x.example", None, 5),
    ("1", "Di Other", "di@x.example", None, 5),
]


async def _run(
    place: Marketplace, data: bytes, *, check: bool = False
) -> tuple[list[ImportedRow], ImportReport]:
    rows: list[ImportedRow] = []
    report = await import_leads(
        place.operator, io.BytesIO(data), defaults=DEFAULTS, mapping={}, on_row=rows.append, check=check
    )
    return rows, report


def _said(rows: list[ImportedRow]) -> list[tuple[object, ...]]:
    return [(row.row, row.outcome, row.field, row.column, row.warnings, row.draft) for row in rows]


async def test_a_check_reports_what_the_import_then_does_and_writes_nothing(place: Marketplace) -> None:
    """Including duplicates within the file, in a workbook."""
    content = xlsx({"Leads": PEOPLE})
    before = await snapshot(connection())
    checked, foreseen = await _run(place, content, check=True)
    assert await snapshot(connection()) == before
    rows, report = await _run(place, content)
    assert await snapshot(connection()) != before
    assert _said(checked) == _said(rows)
    assert foreseen == report
    outcomes = [RowOutcome.CREATED, RowOutcome.CREATED, RowOutcome.REFUSED, RowOutcome.DUPLICATE]
    assert [row.outcome for row in checked] == [*outcomes, RowOutcome.CREATED]
    assert [row.lead_id for row in checked] == [None] * 5
    assert str(checked[3].reason) == "is the same lead as row 2"
    assert checked[4].warnings == (ImportNote.ANOTHER_PERSON.sentence().at("Record ID"),)
    assert foreseen.ignored_columns == ("Score",)


async def test_a_check_considers_stored_leads_and_rows_of_other_batches(place: Marketplace) -> None:
    """Before the import all rows would be created, afterwards all are duplicates of stored leads."""
    header, *lines = made(BATCH + 10).splitlines(keepends=True)
    twice = b"".join([header, *lines, *lines])
    before = await snapshot(connection())
    first, _ = await _run(place, twice, check=True)
    assert await snapshot(connection()) == before
    rows, _ = await _run(place, twice)
    assert _said(first) == _said(rows)
    stored = await snapshot(connection())
    again, report = await _run(place, twice, check=True)
    assert await snapshot(connection()) == stored
    assert report.counts[RowOutcome.CREATED] == 0
    assert [row.lead_id for row in again] == [row.lead_id for row in rows]


async def test_only_operators_can_check(place: Marketplace) -> None:
    for viewer in (ANONYMOUS, place.vendor.owner, place.prospect.viewer):
        call = import_leads(
            viewer,
            io.BytesIO(made(3)),
            defaults=DEFAULTS,
            mapping={},
            on_row=lambda _: None,
            check=True,
        )
        await refused(call, RefusalCode.FORBIDDEN)


@pytest.mark.parametrize("check", [True, False])
async def test_a_report_contains_the_stored_values_of_each_row(place: Marketplace, check: bool) -> None:
    """And lists the columns whose value is stored in a different form, or not at all."""
    rows, _ = await _run(place, xlsx({"Leads": PEOPLE}), check=check)
    text = io.StringIO()
    report = CsvReport(text)
    for row in rows:
        report.take(row)
    first, second, third, fourth, _ = csv.DictReader(io.StringIO(text.getvalue()))
    assert first["outcome"] == "CREATED"
    assert first["lead"] == (write_id("Lead", rows[0].lead_id) if rows[0].lead_id else "")
    assert (first["lead"] == "") is check
    assert (first["stored_title"], first["stored_country"]) == ("Software wanted", "US")
    assert first["stored_full_name"] == "Ada Probe"
    assert first["stored_phone"] == "'+12025550161"  # not a formula
    assert (first["changed"], first["warnings"]) == ("Phone", "")
    assert (second["changed"], second["stored_phone"]) == ("Phone", "")
    assert second["warnings"].startswith("Phone: is too short")
    assert (third["outcome"], third["field"], third["stored_full_name"]) == ("REFUSED", "email", "")
    assert (fourth["outcome"], fourth["stored_email"]) == ("DUPLICATE", "")


async def test_a_report_in_json_has_the_same(place: Marketplace) -> None:
    rows, _ = await _run(place, xlsx({"Leads": PEOPLE}), check=True)
    text = io.StringIO()
    report = JsonReport(text)
    for row in rows:
        report.take(row)
    first, second, third, *_ = map(json.loads, text.getvalue().splitlines())
    assert (first["row"], first["outcome"], first["lead"]) == (2, "CREATED", None)
    assert first["stored"]["phone"] == "+12025550161"
    assert second["changed"] == ["Phone"]
    assert "phone" not in second["stored"]
    assert (third["outcome"], third["stored"]) == ("REFUSED", {})


async def test_a_report_has_no_contact_data_except_that_of_the_file(place: Marketplace) -> None:
    """A duplicate reveals nothing about the stored lead."""
    await _run(place, xlsx({"Leads": PEOPLE}))
    rows, _ = await _run(place, xlsx({"Leads": [HEADER, ("1", "Ada Probe", "other@x.example", None, 5)]}))
    text = io.StringIO()
    report = CsvReport(text)
    for row in rows:
        report.take(row)
        assert "x.example" not in repr(row)
    assert [row.outcome for row in rows] == [RowOutcome.DUPLICATE]
    assert "x.example" not in text.getvalue()
    assert "2025550161" not in text.getvalue()


async def test_the_sample_is_stored_as_reported(place: Marketplace) -> None:
    """The contact data in the report is that of the lead."""
    rows, _ = await _run(place, SAMPLE.read_bytes())
    (stored,) = await connection().execute_query_dict(
        "SELECT full_name, email, phone FROM contact WHERE lead_id = $1", [rows[7].lead_id]
    )
    text = io.StringIO()
    JsonReport(text).take(rows[7])
    said = json.loads(text.getvalue())["stored"]
    stored["phone"] += ";ext=13262"
    assert {key: said[key] for key in stored} == stored
