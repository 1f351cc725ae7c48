"""Reading a complaint file: the delivery, reason and explanation of each row (S5.6).

Deliveries are not looked up here; the caller checks whether each exists, is the vendor's, or is repeated.
"""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.complaints.file.errors import FileRowProblem
from models.complaints.file.recognition import FIELDS, count_recognised, find_header, language_of
from models.complaints.file.rows import FilledRow, RowReader
from models.complaints.refusals import ComplaintRefusal
from models.tabular.encodings import CENTRAL, WESTERN, Encodings
from models.tabular.errors import TableError
from models.tabular.file_threads import READING
from models.tabular.headed import HEADER_WITHIN
from models.tabular.kinds import MAX_BYTES, MEDIA_TYPES, TableFormat, check_name
from models.tabular.reading import TableKind, open_table
from models.tabular.refusals import TableRefusal
from models.tabular.tables import CsvLimits, Line, SheetStart, TableRow, UnreadableRow

_CSV_LIMITS = CsvLimits(bytes=MAX_BYTES, row_chars=64 * 1024, rows=200_000, cells=2_000_000)
_ENCODINGS = Encodings(
    legacy=(*WESTERN, *CENTRAL),
    language_of=language_of,
)
_KIND = TableKind(_ENCODINGS, count_recognised, _CSV_LIMITS)


@dataclass(frozen=True, slots=True)
class FilledFile:
    """The claims of a file, in order; `untouched` counts rows with neither reason nor explanation.

    `headings` are the file's, by field of the input; `named` are the ids in all rows, as written, whether or
    not a row claims anything.
    """

    format: TableFormat
    media_type: str
    language: str
    rows: Sequence[FilledRow]
    problems: Sequence[FileRowProblem]
    untouched: int
    headings: Mapping[str, str]
    named: Collection[str]


async def read_filled_file(content: bytes, filename: str) -> FilledFile:
    """Return the claims of a file; each invalid row is a separate problem.

    CPU-heavy work runs in the threads for reading, and workbooks are read in a separate process. Raises
    TableError if the file as a whole cannot be read.
    """
    check_name(filename)
    async with open_table(io.BytesIO(content), _KIND, READING) as table:
        reader = _FileReader(table.format)
        await READING.run(lambda: reader.take_all(table.lines()))
    return reader.file()


class _FileReader:
    """Takes the rows of a file one at a time: finds the headings first, then reads each row.

    `HeadedTable` is for files whose columns are not known beforehand: two known headings are a header there,
    and one sheet with rows is read. Here, all required columns must be in one row, so that a missing one can
    be named, and a second sheet with these columns is accepted as long as nothing is filled in on it.
    """

    def __init__(self, format_: TableFormat) -> None:
        self._format = format_
        self._reader: RowReader | None = None
        self._later: RowReader | None = None  # of a further sheet, which must have nothing filled in
        self._sheet, self._first_sheet = "", ""
        self._nearest: list[str] = []
        self._strict, self._looked_at = False, 0

    def take_all(self, lines: Iterable[Line]) -> None:
        """Take rows, in order. Raises TableError."""
        for line in lines:
            self.take(line)

    def take(self, line: Line) -> None:
        """Take the next row; later sheets may be filled in too. Raises TableError."""
        if isinstance(line, SheetStart):
            self._sheet, self._strict, self._looked_at = line.name, line.strict, 0
            self._later = None
        elif self._reader is None:
            self._reader, self._first_sheet = self._headed_by(line), self._sheet
        elif self._sheet == self._first_sheet:
            self._reader.take(line)
        elif self._later is None:
            self._later = self._headed_by(line)
        else:
            self._later.take(line)
            if self._later.rows or self._later.problems:
                names = f'"{self._first_sheet}", "{self._sheet}"'
                raise TableError(TableRefusal.ROWS_ON_SEVERAL_SHEETS, count=2, sheets=names)

    def file(self) -> FilledFile:
        """Return the claims. Raises TableError if there are none."""
        # Without headings, `find_header` raises an error with the missing columns.
        reader = self._reader or RowReader(find_header(self._nearest), None)
        if not reader.rows and not reader.problems:
            raise TableError(ComplaintRefusal.NO_ROW_FILLED_IN)
        return FilledFile(
            self._format,
            MEDIA_TYPES[self._format],
            reader.header.language,
            reader.rows,
            reader.problems,
            reader.untouched,
            {FIELDS[column]: name for column, name in reader.header.names.items()},
            reader.named,
        )

    def _headed_by(self, line: TableRow | UnreadableRow) -> RowReader | None:
        """Return the reader of the rows that follow once a sheet's headings are complete, otherwise None."""
        self._looked_at += 1
        if self._looked_at > HEADER_WITHIN or isinstance(line, UnreadableRow):
            return None
        if (recognised := count_recognised(line.cells)) == len(FIELDS):
            return RowReader(find_header(line.cells), len(line.cells) if self._strict else None)
        if recognised > count_recognised(self._nearest):
            self._nearest = line.cells
        return None
