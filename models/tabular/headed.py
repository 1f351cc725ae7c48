"""A table with column names: which sheet and row has them, and the rows below, one value per column each."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from models.tabular.errors import TableError
from models.tabular.kinds import TableFormat
from models.tabular.reading import Table
from models.tabular.refusals import TableRefusal
from models.tabular.sheet_process import MAX_COLUMNS
from models.tabular.tables import INVISIBLE, Line, SheetStart, TableRow, UnreadableRow

_MAX_NAME_CHARS = 200
HEADER_WITHIN = 10
_ENOUGH = 2  # a title may have one known word
_ZERO_WIDTH = re.compile(f"[{INVISIBLE}\u00ad]")
_ADDRESS = re.compile(r"\s*[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}\s*")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its number as in a spreadsheet (the header is usually 1), and one value per column."""

    number: int
    values: tuple[str, ...]


@dataclass(slots=True)
class _Sheet:
    """What one pass over a sheet has found; `begin` is where its rows are among the lines of the table."""

    name: str
    strict: bool
    begin: int
    header: TableRow | None = None  # with known headings
    rows: int = 0  # below the header
    first: Line | None = None
    addresses: bool = False


class HeadedTable:
    """The sheet of a table that has the headings: its `header` and its `rows()`.

    The names of the header are trimmed, "" where one is missing, and different: the second "Phone" is
    "Phone (2)". `ignored_sheets` are other sheets with text on them.
    """

    def __init__(self, table: Table, recognised: Callable[[Sequence[str]], int]) -> None:
        """Find the header. Raises TableError.

        The column names are in the first of ten rows with two known headings; titles above it are passed
        over, and so is a row of groups if the next row has more known headings. Without such a row, they are
        in the first one. Rows on two sheets are refused, by the sheets' names.
        """
        self.table = table
        self._recognised = recognised
        sheets = [self._look_at_sheet()] if table.format is TableFormat.CSV else self._look_at_all()
        sheet = _chosen(sheets)
        self.sheet = sheet.name
        self.ignored_sheets = tuple(other.name for other in sheets if other is not sheet and other.first)
        header = sheet.header or sheet.first
        if isinstance(header, UnreadableRow):
            raise TableError(TableRefusal.HEADER_UNREADABLE, problem=header.reason)
        if not isinstance(header, TableRow):
            raise TableError(TableRefusal.HEADER_MISSING)
        self.header = _checked_header(_filled_up(header))
        self._strict, self._begin, self._after = sheet.strict, sheet.begin, header.number
        self._columns = max(len(self.header), len(header.cells))  # with columns without a name at the end

    def rows(self) -> Iterator[FileRow | UnreadableRow]:
        """Yield the rows after the header; blank rows are skipped but keep their number."""
        for line in islice(self.table.lines(), self._begin, None):
            if isinstance(line, SheetStart):
                return
            if line.number > self._after:
                yield line if isinstance(line, UnreadableRow) else self._row(line)

    def _row(self, line: TableRow) -> FileRow | UnreadableRow:
        record, width = _filled_up(line), len(self.header)
        if self._strict and any(value.strip() for value in record[self._columns :]):
            too_wide = TableRefusal.ROW_TOO_WIDE.sentence(
                row=line.number, columns=len(record), headings=self._columns
            )
            return UnreadableRow(line.number, too_wide)
        # Blank cells at the end may be left out; trailing delimiters and notes beside the table are no value.
        return FileRow(line.number, (*record[:width], *[""] * (width - len(record))))

    def _look_at_all(self) -> list[_Sheet]:
        sheets: list[_Sheet] = []
        looked_at = 0
        for at, line in enumerate(self.table.lines(), start=1):
            if isinstance(line, SheetStart):
                sheets.append(_Sheet(line.name, line.strict, at))
                looked_at = 0
            else:
                looked_at += 1
                self._look_at(sheets[-1], line, looked_at)
        return sheets

    def _look_at_sheet(self) -> _Sheet:
        """Look at the beginning of a CSV file, which may be larger than memory."""
        sheet = _Sheet("", strict=True, begin=1)
        lines = (line for line in self.table.lines() if not isinstance(line, SheetStart))
        undeclared = (line for line in lines if not _is_declaration(line))
        for looked_at, line in enumerate(islice(undeclared, HEADER_WITHIN + 1), start=1):
            self._look_at(sheet, line, looked_at)
        return sheet

    def _look_at(self, sheet: _Sheet, line: TableRow | UnreadableRow, looked_at: int) -> None:
        sheet.first = sheet.first or line
        if not isinstance(line, TableRow):
            sheet.rows += sheet.header is not None
            return
        if sheet.header is None:
            if looked_at <= HEADER_WITHIN and self._recognised(line.cells) >= _ENOUGH:
                sheet.header = line
            sheet.addresses = sheet.addresses or any(map(_ADDRESS.fullmatch, line.cells))
            return
        if sheet.rows == 0 and self._recognised(_filled_up(line)) > self._recognised(sheet.header.cells):
            sheet.header = line
            return
        sheet.rows += 1


def _chosen(sheets: Sequence[_Sheet]) -> _Sheet:
    """Return the sheet with the headings, otherwise the only one with text. Raises TableError."""
    headed = [sheet for sheet in sheets if sheet.header]
    filled = [sheet for sheet in headed if sheet.rows] or headed[:1]
    without = [sheet for sheet in sheets if sheet.first and not sheet.header]
    if not filled:
        filled = without
    else:
        filled += [sheet for sheet in without if sheet.addresses]
    if len(filled) > 1:
        names = ", ".join(f'"{sheet.name}"' for sheet in filled[:10])
        raise TableError(TableRefusal.ROWS_ON_SEVERAL_SHEETS, count=len(filled), sheets=names)
    if not filled:
        raise TableError(TableRefusal.HEADER_MISSING)
    return filled[0]


def _filled_up(line: TableRow) -> list[str]:
    """Return the cells of a row, with the values of merged cells that begin in a row above."""
    cells = line.cells
    if line.covered:
        cells = cells + [""] * (max(line.covered) + 1 - len(cells))
        for column, value in line.covered.items():
            cells[column] = value
    return cells


def _is_declaration(line: Line) -> bool:
    return (
        isinstance(line, TableRow)
        and len(line.cells) <= 2
        and line.cells[0].strip(INVISIBLE).lower().startswith("sep=")
    )


def _checked_header(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(_ZERO_WIDTH.sub("", name).split()) for name in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableError(TableRefusal.HEADER_MISSING)
    if len(names) > MAX_COLUMNS:
        raise TableError(TableRefusal.HEADER_TOO_WIDE, most=MAX_COLUMNS)
    written, used = frozenset(names), dict.fromkeys(names, 0)
    checked: list[str] = []
    for position, name in enumerate(names, start=1):
        if len(name) > _MAX_NAME_CHARS or not name.isprintable():
            raise TableError(TableRefusal.COLUMN_NAME_INVALID, position=position)
        checked.append(_distinct(name, used, written))
    return tuple(checked)


def _distinct(name: str, used: dict[str, int], written: frozenset[str]) -> str:
    """Return a name that no other column has, by numbering the second and later columns of one name."""
    used[name] += 1
    if not name or used[name] == 1:
        return name
    while f"{name} ({used[name]})" in written:
        used[name] += 1
    return f"{name} ({used[name]})"
