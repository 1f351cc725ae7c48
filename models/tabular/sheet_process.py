"""Reader of a workbook from standard input, in a separate process: writes rows as lines of JSON.

Imports nothing of Leadgate, and always runs with limits: two cells at opposite corners of a sheet make the
library request half a terabyte, which ends its process.

Lines: `{"sheet": name}`, then `[row number, [cell, ...]]` for each row that is not blank, finally
`{"end": true}`; or `{"error": "PASSWORD" | "MACROS" | "SHEETS" | "ROWS" | "CELLS" | "DAMAGED"}`. A third
element, `{column from 0: value}`, has the values of merged cells that begin in a row above. A row that is too
long is `[row number, null]`.
"""

import json
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from datetime import datetime, time
from io import BytesIO
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

# The largest legitimate workbooks (64 MiB unpacked, 50,000 rows of 20 filled columns) took 160 MB and 2.5 s.
MEMORY = 256 * 1024 * 1024
CPU_SECONDS = 5
NICENESS = 5  # with lower priority than processes that answer requests
MAX_COLUMNS = 1_000  # one more is passed on, so that its reader can see that there are too many
MAX_ROW_CHARS = 1_000_000
MAX_CELL_CHARS = 10_002  # more than any column accepts, so that a text that is too long is still too long
MAX_SHEETS = 100
MAX_ROWS = 100_000  # of all sheets
MAX_CELLS = 2_000_000  # of all sheets: a sheet has all cells between its first and its last filled ones
MAX_MERGED = 100_000  # ranges of merged cells
MACROS_ALLOWED = "--macros"
_MACRO_SHEETS = [SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba]  # they have no hash
_CHUNK = 64 * 1024
_MIDNIGHT = time()

Merged = tuple[int, int, int]  # the first row, the last row and the column of a range, from 0


class TooManyCells(Exception):  # noqa: N818 - an answer, not an error
    """The workbook has more cells than allowed."""


def limit_process() -> None:
    """Limit this process, so that the worst file ends it and nothing else."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    os.nice(NICENESS)
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


class CellCount:
    """Counts the cells of the sheets in one part of a workbook, XLSX or ODS, while its XML is parsed.

    A sheet is as wide as its filled cells reach, because the library allocates everything between them.
    """

    def __init__(self, most: int) -> None:
        """Start a part; above `most` cells it raises `TooManyCells`."""
        self._most = most
        self._past = self._filled = 0  # cells of the finished sheets, filled cells in total
        self._row = self._column = 0  # position of the parser
        self._rows = self._columns = 1  # how often an ODS repeats the row and the cell at that position
        self._top = self._left = self._bottom = self._right = 0  # of the filled cells; 0: none yet
        self._letters: dict[str, int] = {}
        self.merged: list[list[Merged]] = []  # in each table of an ODS; the library tells those of an XLSX
        self._acts: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._cell,
            "v": self._fill,
            "is": self._fill,
            "f": self._fill,
            "row": self._begin_row,
            "table": self._begin_table,
            "table-row": self._begin_table_row,
            "table-cell": self._table_cell,
            "covered-table-cell": self._table_cell,
            "p": self._fill,
        }
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start

    def total(self) -> int:
        """Return the number of cells so far."""
        return max(self._filled, self._past + self._area())

    def _area(self) -> int:
        if not self._bottom:
            return 0
        return (self._bottom - self._top + 1) * (self._right - self._left + 1)

    def _check(self) -> None:
        if self.total() > self._most:
            raise TooManyCells

    def _start(self, name: str, given: dict[str, str]) -> None:
        act = self._acts.get(name)
        if act is None:
            act = self._acts[name] = self._acts.get(name.rpartition(":")[2], _nothing)
        act(given)

    def _begin_row(self, given: dict[str, str]) -> None:
        self._row = _number(given.get("r"), self._row + 1)
        self._column = 0
        self._check()

    def _cell(self, given: dict[str, str]) -> None:
        """Move to a cell by its name, such as BH150000, or to the next one."""
        reference = given.get("r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters[:8]:
                column = column * 26 + ord(letter) - 64
            self._letters[letters] = column
        self._column = column
        self._row = _number(reference[len(letters) :], self._row)

    def _begin_table(self, _: dict[str, str]) -> None:
        self._past += self._area()
        self._row = self._column = self._top = self._left = self._bottom = self._right = 0
        self._rows = self._columns = 1
        self.merged.append([])

    def _begin_table_row(self, given: dict[str, str]) -> None:
        self._row += self._rows
        self._rows = _number(given.get("table:number-rows-repeated"), 1)
        self._column, self._columns = 0, 1
        self._check()

    def _table_cell(self, given: dict[str, str]) -> None:
        self._column += self._columns
        self._columns = _number(given.get("table:number-columns-repeated"), 1)
        if "office:value-type" in given:
            self._fill(given)
        rows = _number(given.get("table:number-rows-spanned"), 1)
        if rows > 1 and self.merged and len(self.merged[-1]) < MAX_MERGED:
            self.merged[-1].append((self._row - 1, self._row + rows - 2, self._column - 1))

    def _fill(self, _: dict[str, str]) -> None:
        self._filled += 1
        row, column = self._row or 1, self._column or 1
        if not self._bottom:
            self._top = self._bottom = row
            self._left = self._right = column
        self._top, self._left = min(self._top, row), min(self._left, column)
        if row + self._rows > self._bottom:
            self._bottom = row + self._rows - 1
        if column + self._columns > self._right:
            self._right = column + self._columns - 1


def _nothing(_: dict[str, str]) -> None:
    """Handle an element that is not a cell."""


def _number(digits: str | None, otherwise: int) -> int:
    try:
        return int(digits[:20]) if digits else otherwise
    except ValueError:
        return otherwise


def count_cells(content: bytes) -> list[list[Merged]]:
    """Count the cells of an XLSX or ODS before any is allocated; return the merged ones of an ODS, by sheet.

    Raises `TooManyCells`.
    """
    left = MAX_CELLS
    merged: list[list[Merged]] = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            count = CellCount(left)
            try:
                with archive.open(entry) as stream:
                    while chunk := stream.read(_CHUNK):
                        count.parser.Parse(chunk, False)
            except expat.ExpatError:
                pass  # not XML, or broken: the library reports it, and the limits apply
            left -= count.total()
            if left < 0:
                raise TooManyCells
            if entry.filename == "content.xml":
                merged = count.merged
    return merged


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without their fraction, others with 15 digits, as Excel does."""
    if isinstance(cell, str):
        return cell[:MAX_CELL_CHARS]
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == _MIDNIGHT:
        return str(cell.date())
    return str(cell)[:MAX_CELL_CHARS]


class _Covers:
    """The values of merged cells in the rows below their first, which a sheet stores only in that."""

    def __init__(self, sheet: CalamineSheet, of_table: Iterable[Merged]) -> None:
        left = sheet.start[1] if sheet.start else 0
        ranges = (sheet.merged_cell_ranges or [])[:MAX_MERGED]
        merged = [*of_table, *((first, last, column) for (first, column), (last, _) in ranges)]
        self._next = sorted(
            ((first, last, column - left) for first, last, column in merged if last > first), reverse=True
        )
        self._active: dict[int, tuple[int, str]] = {}  # the last row and the value, by column

    def take(self, row: int, cells: list[str]) -> dict[int, str]:
        """Return the values that reach into a row; rows are given in order, by numbers from 0."""
        found = {column: value for column, (last, value) in self._active.items() if row <= last}
        self._active = {column: self._active[column] for column in found}
        while self._next and self._next[-1][0] <= row:
            first, last, column = self._next.pop()
            if first == row and 0 <= column < len(cells) and cells[column]:
                self._active[column] = (last, cells[column])
        return found


def write_lines(content: bytes, write: Callable[[str], object], *, macros: bool = False) -> None:
    """Write the lines for a workbook. Raises `TooManyCells`."""
    of_tables = count_cells(content) if content.startswith(b"PK") else []
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        sheets = book.sheets_metadata
        if not macros and any(sheet.typ in _MACRO_SHEETS for sheet in sheets):
            write('{"error": "MACROS"}\n')
            return
        visible = [
            at
            for at, sheet in enumerate(sheets)
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if len(visible) > MAX_SHEETS:
            write('{"error": "SHEETS"}\n')
            return
        written = cells_in_all = 0
        for at in visible:
            sheet = book.get_sheet_by_index(at)
            cells_in_all += sheet.height * sheet.width  # of an XLS, which is not counted beforehand
            if cells_in_all > MAX_CELLS:
                raise TooManyCells
            write(json.dumps({"sheet": sheet.name[:MAX_CELL_CHARS]}) + "\n")
            covers = _Covers(sheet, of_tables[at] if at < len(of_tables) else ())
            for number, row in enumerate(sheet.iter_rows(), start=1):  # with the blank rows above the first
                cells = [text_of(cell) for cell in row[: MAX_COLUMNS + 1]]
                while cells and not cells[-1]:
                    cells.pop()
                covered = covers.take(number - 1, cells)
                if cells:
                    written += 1
                    if written > MAX_ROWS:
                        write('{"error": "ROWS"}\n')
                        return
                    is_long = sum(map(len, cells)) + sum(map(len, covered.values())) > MAX_ROW_CHARS
                    line = [number, cells, covered] if covered else [number, cells]
                    write(json.dumps([number, None] if is_long else line) + "\n")
    write('{"end": true}\n')


def main() -> None:
    """Read, write, and report errors; the exit code reports what the library cannot."""
    limit_process()
    content = sys.stdin.buffer.read()
    try:
        write_lines(content, sys.stdout.write, macros=MACROS_ALLOWED in sys.argv)
    except TooManyCells:
        sys.stdout.write('{"error": "CELLS"}\n')
    except PasswordError:
        sys.stdout.write('{"error": "PASSWORD"}\n')
    except (CalamineError, ValueError, OSError, OverflowError, zipfile.BadZipFile, zlib.error, RuntimeError):
        sys.stdout.write('{"error": "DAMAGED"}\n')


if __name__ == "__main__":
    main()
