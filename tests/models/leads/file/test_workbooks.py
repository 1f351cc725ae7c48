"""Workbooks of leads are read like CSV files: rows, numbers, sheets, merged and hidden cells."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from models.leads.file import ImportDefaults, LeadDraft, RefusedRow, lead_files, map_columns, parse_row
from models.tabular.errors import TableError
from models.tabular.headed import FileRow, HeadedTable
from models.tabular.kinds import TableFormat, kind_of
from tests.models.complaints.file.books import FIXTURES, rezip
from tests.models.leads.file.opening import open_lead_file
from tests.support.spreadsheets import Rows, ods, xlsx

HEADER = ("Name", "Company", "Email", "Phone")
ADA = ("Ada Probe", "Acme", "ada@x.example", "+12025550161")
BO = ("Bo Probe", "Acme", "bo@x.example", "+12025550162")
CY = ("Cy Probe", "Other", "cy@x.example", "+12025550163")
DEFAULTS = ImportDefaults(market="demo", category="Roofing", country="DE", region="DE")


def _file(content: bytes) -> HeadedTable:
    return open_lead_file(io.BytesIO(content))


def _read(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.values) for row in _file(content).rows() if isinstance(row, FileRow)]


def _imported(content: bytes, country: str = "DE") -> list[LeadDraft | RefusedRow]:
    file = _file(content)
    mapping = map_columns(file.header)
    defaults = ImportDefaults(market="demo", category="Roofing", country=country, region=country)
    return [parse_row(row, mapping, defaults) for row in file.rows()]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_is_read_like_a_csv_file(write: Callable[[Mapping[str, Rows]], bytes]) -> None:
    content = write({"Leads": [("Leads of November",), (), HEADER, ADA, (), ("", " "), BO[:3]]})
    assert _file(content).header == HEADER
    assert _read(content) == [(4, ADA), (7, (*BO[:3], ""))]


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 0), (3, 2), (9, 5)])
def test_row_numbers_are_those_of_the_sheet(row: int, column: int) -> None:
    assert _read(xlsx({"A": [HEADER, ADA, BO]}, row=row, column=column)) == [(row + 2, ADA), (row + 3, BO)]


def _with_macros(content: bytes) -> bytes:
    return rezip(
        content,
        change={
            "[Content_Types].xml": lambda part: part.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
        add={"xl/vbaProject.bin": b"never run"},
    )


def test_macros_of_a_workbook_are_not_read() -> None:
    """A file of leads is not stored, so nobody opens it later; complaint files are, and are refused."""
    content = _with_macros(xlsx({"A": [HEADER, ADA]}))
    assert _read(content) == [(2, ADA)]
    with pytest.raises(TableError, match="contains macros"):
        kind_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((FIXTURES / "filled.xls").read_bytes(), r"an old Excel workbook \(XLS\); save it as XLSX"),
        ((FIXTURES / "encrypted.xlsx").read_bytes(), "is encrypted; save .* without a password"),
        (rezip(xlsx({"A": [HEADER]}), add={"xl/embeddings/a.docx": b"x"}), "contains embedded files"),
        (xlsx({"A": []}), "no header"),
        (b"%PDF-1.7", "a PDF document; save the table as XLSX, ODS or CSV"),
    ],
)
def test_a_file_without_leads_is_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        _file(content)


@pytest.mark.parametrize(
    "second", [[HEADER, CY], [("a title",), HEADER, CY], [CY], [("Notes",), ("cy@x.example",)]]
)
def test_people_on_a_second_sheet_are_refused_with_the_names_of_both(second: Rows) -> None:
    """With or without headings: nobody is left out silently."""
    for write in (xlsx, ods):
        content = write({"October": [HEADER, ADA], "November": second})
        with pytest.raises(TableError, match='2 sheets: "October", "November"'):
            _file(content)


@pytest.mark.parametrize(
    ("sheets", "ignored"),
    [
        ({"A": [HEADER, ADA], "B": []}, ()),
        ({"A": [HEADER, ADA], "B": [HEADER]}, ("B",)),
        ({"About": [("Exported by Bo, bo@x.example",)], "A": [HEADER, ADA]}, ("About",)),
        ({"Summary": [("Total", 1.0)], "A": [HEADER, ADA]}, ("Summary",)),
    ],
)
def test_other_sheets_are_listed(sheets: dict[str, Rows], ignored: tuple[str, ...]) -> None:
    file = _file(xlsx(sheets))
    assert (file.sheet, file.ignored_sheets) == ("A", ignored)
    assert [row.values for row in file.rows() if isinstance(row, FileRow)] == [ADA]


def test_hidden_sheets_are_ignored_and_hidden_rows_and_columns_are_not() -> None:
    """As when a spreadsheet program saves the sheet as CSV."""
    content = xlsx(
        {"A": [HEADER, ADA, BO], "Old": [HEADER, CY]}, hidden=["Old"], hidden_row=2, hidden_column=3
    )
    assert _read(content) == [(2, ADA), (3, BO)]


def test_a_merged_cell_counts_for_the_rows_that_it_covers() -> None:
    """In its first column; a row with nothing else stays blank."""
    rows: Rows = [HEADER, ADA, ("Bo Probe", None, *BO[2:]), ("Cy Probe", None, *CY[2:]), (), CY]
    expected = [
        *((2, ADA), (3, BO), (4, (CY[0], "Acme", *CY[2:]))),
        (6, CY),
    ]
    assert _read(xlsx({"A": rows}, merged=["B2:B5"])) == expected
    assert _read(ods({"A": rows}, spanned={(1, 1): 4})) == expected
    shifted = xlsx({"A": rows}, row=2, column=1, merged=["C4:C7", "A1:A9"])
    assert _read(shifted) == [(number + 2, values) for number, values in expected]
    wide = xlsx({"A": [HEADER, ("Ada Probe", None, *ADA[2:])]}, merged=["A2:B2"])
    assert _read(wide) == [(2, ("Ada Probe", "", *ADA[2:]))]


@pytest.mark.parametrize(
    ("top", "merged"),
    [
        (("Name", "Company", "Contact", None), ["A1:A2", "B1:B2", "C1:D1"]),
        (("Person", "Firm", "Ways", None), ["C1:D1"]),
    ],
)
def test_a_row_of_group_headings_is_skipped(top: tuple[str | None, ...], merged: list[str]) -> None:
    names = (None, None) if "A1:A2" in merged else HEADER[:2]
    content = xlsx({"A": [top, (*names, *HEADER[2:]), ADA, BO]}, merged=merged)
    assert _file(content).header == HEADER
    assert _read(content) == [(3, ADA), (4, BO)]


@pytest.mark.parametrize(
    ("cell", "country", "phone"),
    [
        (301234567.0, "DE", "+49301234567"),  # the zero is lost
        (491701234567.0, "DE", "+491701234567"),
        (48601234567.0, "PL", "+48601234567"),
        ("601234567.0", "PL", "+48601234567"),
        ("0301234567", "DE", "+49301234567"),
        (2025550161.0, "US", "+12025550161"),
    ],
)
def test_a_number_is_a_phone_number_with_the_digits_of_the_cell(
    cell: str | float, country: str, phone: str
) -> None:
    (draft,) = _imported(xlsx({"A": [("Name", "Phone"), ("Ada Probe", cell)]}), country)
    assert isinstance(draft, LeadDraft)
    assert draft.contact.phone_number == phone


@pytest.mark.parametrize("cell", ["4.91701E+11", "4,91701E+11", 1.5e16, 12.5])
def test_digits_that_are_lost_are_not_guessed(cell: str | float) -> None:
    (row,) = _imported(xlsx({"A": [("Name", "Phone"), ("Ada Probe", cell)]}))
    assert isinstance(row, RefusedRow)
    assert row.field == "phone"


def test_other_values_are_text_as_the_sheet_shows_them() -> None:
    row = ("Ada Probe", "ada@x.example", 10000.5, 0.1 + 0.2, 12.0)
    (found,) = _read(xlsx({"A": [("Name", "Email", "Budget", "Score", "Id"), row]}))
    assert found[1] == ("Ada Probe", "ada@x.example", "10000.5", "0.3", "12")


def test_a_note_next_to_the_table_is_ignored() -> None:
    """In a CSV file a longer row is one whose quotes are missing."""
    assert _read(xlsx({"A": [HEADER, (*ADA, None, "call first")]})) == [(2, ADA)]


def test_exports_with_all_properties_are_read_to_a_thousand_columns() -> None:
    others = tuple(f"Property {number}" for number in range(996))
    (found,) = _read(xlsx({"A": [(*HEADER, *others), (*ADA, *("x",) * 996)]}))
    assert found[1][:4] == ADA
    assert len(found[1]) == 1000
    header = (*HEADER, *others, "one")
    for content in (xlsx({"A": [header, ADA]}), ",".join(header).encode()):
        with pytest.raises(TableError, match="more than 1,000 columns"):
            _file(content)


def test_a_thousand_columns_with_one_name_are_distinguished() -> None:
    header = _file((",".join(["Phone"] * 998) + ",Name,Phone (2)\n").encode()).header
    assert len(set(header)) == 1000
    assert header[:3] == ("Phone", "Phone (3)", "Phone (4)")


def test_the_format_is_detected_by_the_content() -> None:
    kinds = [kind_of(io.BytesIO(content), lead_files().formats)[0] for content in (xlsx({}), ods({}), b"a,b")]
    assert kinds == [TableFormat.XLSX, TableFormat.ODS, TableFormat.CSV]
    with zipfile.ZipFile(binary := io.BytesIO(), "w") as archive:
        archive.writestr("leads.csv", "Name,Email")
    with pytest.raises(TableError, match="a ZIP archive; unpack it"):
        kind_of(io.BytesIO(binary.getvalue()))
