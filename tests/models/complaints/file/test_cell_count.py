"""Cells are counted before the library expands them: a small file with a huge range is refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.tabular.errors import TableError
from models.tabular.sheet_process import MAX_CELLS, CellCount, TooManyCells, count_cells
from tests.models.complaints.file.books import FIXTURES, HEADINGS, far_book, read, rezip, workbook

TOO_MANY = "more than 2,000,000 cells"


def _sheet(*rows: str) -> str:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def _count(xml: str, most: int = 10**30) -> int:
    count = CellCount(most)
    count.parser.Parse(xml.encode(), True)
    return count.total()


@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        (_sheet(), 0),
        (_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="9"><c r="BH9"><v>1</v></c></row>'), 540),
        (_sheet('<row r="7"><c r="C7"><v>1</v></c><c r="D7"><is><t>x</t></is></c></row>'), 2),
        (_sheet("<row><c><v>1</v></c><c/><c><v>1</v></c></row>", "<row><c><f>A1</f></c></row>"), 6),
        (_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="XFD1048576"/></row>'), 1),
        ('<x:worksheet xmlns:x="y"><x:row r="5"><x:c r="B5"><x:v>1</x:v></x:c></x:row></x:worksheet>', 1),
        (_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row>'), 3),
        (_sheet('<row r="x"><c r="?"><v>1</v></c></row>'), 1),
    ],
    ids=["none", "apart", "beside", "without names", "styled only", "prefixed", "the same again", "nonsense"],
)
def test_a_sheet_counts_as_far_as_its_filled_cells_reach(xml: str, cells: int) -> None:
    assert _count(xml) == cells


def _ods(*rows: tuple[int, int, str]) -> str:
    cells = "".join(
        f'<table:table-row table:number-rows-repeated="{down}"><table:table-cell '
        f'table:number-columns-repeated="{across}" {filled}/></table:table-row>'
        for down, across, filled in rows
    )
    return f'<a xmlns:table="t" xmlns:office="o"><table:table>{cells}</table:table></a>'


FILLED = 'office:value-type="string"'


@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        (_ods((3, 4, FILLED)), 12),
        (_ods((1, 1, FILLED), (10, 1, ""), (1, 2, FILLED)), 24),
        (_ods((1, 1, FILLED), (1_048_575, 16_384, "")), 1),
        (_ods((2**63, 2**63, FILLED)), 2**126),
    ],
    ids=["repeated", "with empty rows between", "empty rows at the end", "without end"],
)
def test_repeats_of_an_ods_are_multiplied(xml: str, cells: int) -> None:
    assert _count(xml) == cells


def test_the_sheets_of_one_ods_are_added() -> None:
    row = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
    filled, empty = (f"<table:table>{row.format(cell)}</table:table>" for cell in ("<text:p>x</text:p>", ""))
    assert _count(f'<a xmlns:table="t" xmlns:text="x">{filled * 3}{empty}</a>') == 3


def _parts(*sheets: str) -> bytes:
    binary = io.BytesIO()
    with zipfile.ZipFile(binary, "w") as archive:
        for at, sheet in enumerate(sheets):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", sheet)
        archive.writestr("xl/media/image.png", b"\x89PNG")
    return binary.getvalue()


def test_the_sheets_of_a_workbook_are_added() -> None:
    half = _sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        f'<row r="{MAX_CELLS // 2}"><c r="A{MAX_CELLS // 2}"><v>1</v></c></row>',
    )
    one = _sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    count_cells(_parts(half, half))
    with pytest.raises(TooManyCells):
        count_cells(_parts(half, half, one))


def test_counting_ends_at_the_first_row_over_the_limit() -> None:
    """The rest of the part is not parsed."""
    with pytest.raises(TooManyCells):
        _count(
            _sheet(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="Z9"><v>1</v></c></row><row/>broken<'
            ),
            most=100,
        )


def test_nine_million_cells_between_two_are_refused_by_their_count() -> None:
    with pytest.raises(TableError, match=TOO_MANY):
        read(far_book(149_999, 59))


def test_two_million_cells_of_an_ods_are_refused_by_their_count() -> None:
    cell = (
        b'<table:table-row table:number-rows-repeated="2000"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="1001"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    content = rezip(
        (FIXTURES / "filled.ods").read_bytes(),
        change={
            "content.xml": lambda part: part.replace(b"</table:table-row>", b"</table:table-row>" + cell, 1)
        },
    )
    with pytest.raises(TableError, match=TOO_MANY):
        read(content)


def test_two_million_cells_of_a_csv_are_refused_by_their_count() -> None:
    """Blank cells count, because each is read."""
    row = "x" + "," * 59_999 + "\n"
    with pytest.raises(TableError, match=TOO_MANY):
        read("Delivery ID,Reason,Explanation\n" + row * 34)


def test_a_workbook_formatted_to_the_last_row_is_read() -> None:
    """As when a whole column has a style: empty cells do not count."""
    content = rezip(
        workbook([HEADINGS, ("RG1", "1", "x")]),
        change={
            "xl/worksheets/sheet1.xml": lambda part: part.replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
            )
        },
    )
    assert [draft.delivery_id for draft in read(content).rows] == ["RG1"]


CONTENTS = ("<v>1</v>", "<is><t>x</t></is>", "<f>1+1</f><v>2</v>", "<v/>", "")
CELLS = st.tuples(st.integers(1, 40), st.sampled_from("ABCDEFXYZ"), st.sampled_from(CONTENTS), st.booleans())


@settings(deadline=None, max_examples=50)
@given(st.lists(CELLS, max_size=12))
def test_the_library_allocates_no_more_cells_than_counted(cells: list[tuple[int, str, str, bool]]) -> None:
    """For any cell contents, with or without references, in any order."""
    rows = "".join(
        '<row r="{}"><c{}{}>{}</c></row>'.format(
            row,
            f' r="{column}{row}"' if named else "",
            ' t="inlineStr"' if "is" in inner else "",
            inner,
        )
        for row, column, inner, named in cells
    )
    sheet = f"<sheetData>{rows}</sheetData>".encode()
    content = rezip(
        workbook([]), change={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"<sheetData/>", sheet)}
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        counted = _count(archive.read("xl/worksheets/sheet1.xml").decode())
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        laid_out = book.get_sheet_by_index(0)
        assert laid_out.height * laid_out.width <= counted


REPEATED = st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from([FILLED, ""]))


@settings(deadline=None, max_examples=20)
@given(st.lists(REPEATED, max_size=8))
def test_the_library_allocates_no_more_cells_of_an_ods_than_counted(rows: list[tuple[int, int, str]]) -> None:
    """For any repetition of rows and cells, at the end as well."""
    made = "".join(
        f'<table:table-row table:number-rows-repeated="{down}"><table:table-cell {filled} '
        f'table:number-columns-repeated="{across}">{"<text:p>x</text:p>" if filled else ""}'
        "</table:table-cell></table:table-row>"
        for down, across, filled in rows
    ).encode()
    content = rezip(
        (FIXTURES / "filled.ods").read_bytes(),
        change={"content.xml": lambda part: part.replace(b"</table:table>", made + b"</table:table>")},
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        counted = _count(archive.read("content.xml").decode())
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = [book.get_sheet_by_index(at) for at in range(len(book.sheet_names))]
        assert sum(sheet.height * sheet.width for sheet in sheets) <= counted
