"""Complaint files as people's programs write them: the kinds of problems found in bug reports."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from models.tabular.errors import TableError
from models.tabular.kinds import kind_of
from tests.models.complaints.file.books import HEADINGS, read, rezip, workbook

CLAIM = ("RG1", "1", "x")
SVG = (
    b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg"/>'
)


def sheets(tables: Mapping[str, Sequence[Sequence[str]]], *, row: int = 0, column: int = 0) -> bytes:
    """Return an XLSX with these sheets, each table beginning at a zero-based cell."""
    binary = io.BytesIO()
    with xlsxwriter.Workbook(binary) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(row + at, column, cells)
    return binary.getvalue()


@pytest.mark.parametrize("blank", [0, 1, 2, 3, 9])
@pytest.mark.parametrize("column", [0, 1, 5])
def test_rows_are_numbered_as_in_the_sheet(blank: int, column: int) -> None:
    found = read(sheets({"A": [HEADINGS, CLAIM, ("", "1", "x")]}, row=blank, column=column), "a.xlsx")
    assert [row.row for row in found.rows] == [blank + 2]
    assert [problem.row for problem in found.problems] == [blank + 3]


def test_rows_on_two_sheets_are_refused_by_the_sheets_names() -> None:
    months: dict[str, list[tuple[str, ...]]] = {
        "October": [HEADINGS, CLAIM],
        "November": [("a note",), HEADINGS, ("RG2", "1", "x")],
    }
    with pytest.raises(TableError, match='2 sheets: "October", "November"'):
        read(sheets(months), "a.xlsx")


@pytest.mark.parametrize(
    "second", [[], [("only", "notes")], [HEADINGS], [HEADINGS, ("RG2", "", "")], [HEADINGS[:2], ("RG2", "1")]]
)
def test_another_sheet_without_filled_rows_is_ignored(second: list[tuple[str, ...]]) -> None:
    first: list[tuple[str, ...]] = [HEADINGS, CLAIM]
    orders: list[dict[str, list[tuple[str, ...]]]] = [{"A": first, "B": second}]
    if HEADINGS not in second:  # the first sheet with all headings is read
        orders.append({"B": second, "A": first})
    for tables in orders:
        assert [row.delivery_id for row in read(sheets(tables), "a.xlsx").rows] == ["RG1"]


def _with_backslashes(content: bytes) -> bytes:
    binary = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(binary, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    return binary.getvalue()


def _renamed(content: bytes) -> bytes:
    """Rename the main part, as some programs do."""
    other = b"xl/workbook22.xml"
    return rezip(
        content,
        change={
            "[Content_Types].xml": lambda part: part.replace(b"xl/workbook.xml", other),
            "_rels/.rels": lambda part: part.replace(b"xl/workbook.xml", other),
        },
        without=["xl/workbook.xml", "xl/_rels/workbook.xml.rels"],
        add={
            other.decode(): zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml"),
            "xl/_rels/workbook22.xml.rels": zipfile.ZipFile(io.BytesIO(content)).read(
                "xl/_rels/workbook.xml.rels"
            ),
        },
    )


@pytest.mark.parametrize(
    "change",
    [
        _with_backslashes,
        lambda content: rezip(content, add={"xl/media/image1.svg": SVG}),
        lambda content: rezip(content, add={"Pictures/logo.svg": SVG}),
    ],
)
def test_extra_parts_of_other_programs_are_accepted(change: Callable[[bytes], bytes]) -> None:
    assert [row.row for row in read(change(workbook([HEADINGS, CLAIM])), "a.xlsx").rows] == [2]


def test_a_workbooks_main_part_may_have_another_name() -> None:
    assert kind_of(io.BytesIO(_renamed(workbook([HEADINGS, CLAIM]))))[0] == "XLSX"


def test_backslashes_hide_neither_macros_nor_parts_outside() -> None:
    for name in ("xl\\vbaProject.bin", "xl\\..\\..\\a.xml", "xl\\embeddings\\a.docx"):
        with pytest.raises(TableError):
            read(rezip(workbook([HEADINGS, CLAIM]), add={name: b"x"}), "a.xlsx")


def test_a_doctype_outside_pictures_is_refused() -> None:
    for name in ("xl/drawings/image1.svg", "xl/worksheets/extra.xml"):
        with pytest.raises(TableError, match="declares a DTD"):
            read(rezip(workbook([HEADINGS, CLAIM]), add={name: SVG}), "a.xlsx")


@pytest.mark.parametrize(
    "name", ["Reklamacje Nov. 2026", "complaints.2026.11", "Skargi", "a.", "v1.0.2", "Q. 3"]
)
def test_a_file_name_without_an_extension_is_accepted(name: str) -> None:
    assert len(read(workbook([HEADINGS, CLAIM]), name).rows) == 1


@pytest.mark.parametrize("name", ["a.exe", "a.xlsx.scr", "a.7z", "a.ps1", "a.EXE ", "a.lnk", "a.d", "a.mp3"])
def test_an_extension_that_another_program_opens_is_refused(name: str) -> None:
    with pytest.raises(TableError, match="Files of this type are not accepted"):
        read(workbook([HEADINGS, CLAIM]), name)
