"""No file exceeds its limits of memory and time: 10,000 rows, and hostile files."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from models.complaints.file import (
    AnswerRow,
    TemplateFormat,
    TemplateRow,
    write_answer,
    write_template,
)
from models.tabular.errors import TableError
from models.tabular.sheet_process import MEMORY
from rules.complaint import ComplaintReason, ComplaintVerdict
from rules.visibility import DeliveryKind
from tests.models.complaints.file.books import (
    FIXTURES,
    HEADINGS,
    far_book,
    fill_xlsx,
    read,
    rezip,
    table,
    workbook,
)

ROWS = 10_000
MIB = 2**20
SHEET = "xl/worksheets/sheet1.xml"


def _peak() -> float:
    return tracemalloc.get_traced_memory()[1] / MIB


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def _drafts() -> list[tuple[str, str, str]]:
    return [
        (
            f"RGVsaXZlcnk6{at:06d}",
            "1. Die Nummer existiert nicht",
            f"Kein Anschluss unter dieser Nummer, Versuch {at}.",
        )
        for at in range(ROWS)
    ]


def test_a_workbook_of_ten_thousand_rows_stays_within_its_memory(traced: None) -> None:
    content = workbook([HEADINGS, *_drafts()])
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0] / MIB
    found = read(content, "complaints.xlsx")
    assert (len(found.rows), found.problems, found.rows[-1].row) == (ROWS, [], ROWS + 1)
    assert _peak() - before < 8  # the claims themselves take 3


def test_a_csv_of_ten_thousand_rows_stays_within_its_memory(traced: None) -> None:
    content = table(*_drafts()).encode("cp1252")
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0] / MIB
    assert len(read(content, "complaints.csv").rows) == ROWS
    assert _peak() - before < 8


def _template_rows(count: int) -> Iterator[TemplateRow]:
    for at in range(count):
        yield TemplateRow(
            f"RG{at}", "Dach", DeliveryKind.RECORD, "1", "2", "Ann", "Org", "+491701234567", "a@example.com"
        )


def _answer_rows(count: int) -> Iterator[AnswerRow]:
    for at in range(count):
        yield AnswerRow(
            at, f"RG{at}", "Dach", ComplaintReason.NO_ANSWER, "x" * 100, ComplaintVerdict.REJECTED, "y" * 100
        )


WRITERS: list[Callable[[int], bytes]] = [
    lambda count: write_template(_template_rows(count), "de", TemplateFormat.XLSX),
    lambda count: write_template(_template_rows(count), "de", TemplateFormat.CSV),
    lambda count: write_answer(_answer_rows(count), "C-1", "de"),
]


@pytest.mark.parametrize("write", WRITERS, ids=["xlsx", "csv", "answer"])
def test_writing_needs_no_more_memory_than_the_file(traced: None, write: Callable[[int], bytes]) -> None:
    """With a tenth of the rows, because tracing is slow: held in memory, they would take 2 MiB."""
    write(1)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0] / MIB
    content = write(ROWS // 10)
    assert _peak() - before < 0.8 + 3 * len(content) / MIB


def test_a_template_of_ten_thousand_rows_stays_within_its_memory() -> None:
    filled = fill_xlsx(WRITERS[0](ROWS), {ROWS + 1: ("1", "x")})
    assert [draft.delivery_id for draft in read(filled).rows] == [f"RG{ROWS - 1}"]


def test_two_cells_far_apart_end_only_the_reading_process() -> None:
    """Six kilobytes that make the library request half a terabyte and abort."""
    with pytest.raises(TableError, match="too far to the right or too far down"):
        read(far_book(1_048_575, 16_383))
    assert len(read(far_book(100, 16_383)).rows) == 1


def test_a_long_string_in_very_many_cells_is_refused() -> None:
    def repeat(part: bytes) -> bytes:
        cells = b'<c t="s"><v>5</v></c>' * 3
        rows = b"".join(b'<row r="%d">%s</row>' % (at, cells) for at in range(3, 40_000))
        return part.replace(b"</sheetData>", rows + b"</sheetData>")

    content = rezip(workbook([HEADINGS, ("RG1", "1", "x" * 32_000)]), change={SHEET: repeat})
    with pytest.raises(TableError, match="cannot be read"):
        read(content)


@pytest.mark.parametrize(
    ("rows", "columns"), [(1_048_576, 1), (1, 16_384), (1_048_576, 16_384), (2**63, 2**63)]
)
def test_too_many_repeated_cells_of_an_ods_are_refused(rows: int, columns: int) -> None:
    cell = (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    ).encode()
    content = rezip(
        (FIXTURES / "filled.ods").read_bytes(),
        change={
            "content.xml": lambda part: part.replace(b"</table:table-row>", b"</table:table-row>" + cell, 1)
        },
    )
    try:
        assert len(read(content).rows) == 4
    except TableError:
        assert rows > 1


def test_the_reading_process_has_limits() -> None:
    program = (
        "import resource\n"
        "from models.tabular.sheet_process import limit_process\n"
        "limit_process()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0])\n"
        "bytearray(2**30)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, text=True)
    assert int(done.stdout) == MEMORY
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize(
    "content",
    [b"\n", b"a", b'"', b";", b"\xe4a", b'"\n', b"a\x00", b'x,"y"z\n'],
    ids=["line", "a", "quote", "cut", "high", "open", "wide", "after"],
)
def test_mebibytes_of_arbitrary_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        read(content * (10 * MIB // len(content)))
    part = content * (MIB // len(content))
    tracemalloc.start()  # tracing is slow, so only a tenth is traced
    with pytest.raises(TableError):
        read(part)
    peak = _peak()
    tracemalloc.stop()
    assert peak < 8
