"""Owns what the rows of an uploaded file claim: which delivery, which reason, which explanation (S5.6).

It must not know deliveries: whether one exists, is the vendor's or stands in two rows, its caller says.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.complaints.file.errors import FileRowProblem
from models.complaints.file.recognition import FIELDS, count_recognised, find_header, key_of, language_of
from models.complaints.file.rows import FilledRow, RowReader
from models.tabular.encodings import CENTRAL, WESTERN, Encodings
from models.tabular.errors import TableError
from models.tabular.file_threads import READING
from models.tabular.kinds import MEDIA_TYPES, TableFormat, kind_of
from models.tabular.sheet_reading import read_sheets
from models.tabular.tables import Line, SheetStart, UnreadableRow, csv_lines

_HEADER_WITHIN = 10
_ENCODINGS = Encodings(
    utf_16=True,
    legacy=(*WESTERN, *CENTRAL),
    remedy="save it as CSV in UTF-8, or as XLSX",
    language_of=lambda heading: language_of(key_of(heading)),
)


@dataclass(frozen=True, slots=True)
class FilledFile:
    """What a file claims, in its order; `untouched` rows have neither reason nor explanation.

    `headings` are its own, by the fields of the input; `named` are the ids that stand in all of its rows, as
    they are written, whether or not the row claims anything.
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
    """Return what a file claims; rows that are wrong are problems, each by itself.

    What takes long runs in the threads for reading, a workbook in a process of its own. Raises
    TableError if the file as a whole cannot be taken.
    """
    format_ = await READING.run(lambda: kind_of(content, filename))
    reader = _FileReader(format_)
    if format_ is TableFormat.CSV:
        await READING.run(lambda: any(map(reader.take, csv_lines(content, _ENCODINGS, count_recognised))))
    else:
        await read_sheets(content, reader.take)
    return reader.file()


class _FileReader:
    """Takes the rows of a file one at a time: first the headings are sought, then each row is read."""

    def __init__(self, format_: TableFormat) -> None:
        self._format = format_
        self._reader: RowReader | None = None
        self._nearest: list[str] = []
        self._strict, self._looked_at = False, 0

    def take(self, line: Line) -> bool:
        """Take the next row; whether that was the last one needed. Raises TableError."""
        if self._reader is None:
            self._reader = self._headed_by(line)
            return False
        if isinstance(line, SheetStart):
            return True  # one sheet is enough: the others are the template's own, or the vendor's notes
        self._reader.take(line)
        return False

    def file(self) -> FilledFile:
        """Return what they claim. Raises TableError when that is nothing."""
        reader = self._reader or RowReader(find_header(self._nearest), None)  # raises: what is missing
        if not reader.rows and not reader.problems:
            raise TableError(
                "No row is filled in; choose a reason and write an explanation for each contact that is "
                "faulty."
            )
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

    def _headed_by(self, line: Line) -> RowReader | None:
        """Return the reader of what follows, once a sheet's headings have all that is needed."""
        if isinstance(line, SheetStart):
            self._strict, self._looked_at = line.strict, 0
            return None
        self._looked_at += 1
        if self._looked_at > _HEADER_WITHIN or isinstance(line, UnreadableRow):
            return None
        if (recognised := count_recognised(line.cells)) == len(FIELDS):
            return RowReader(find_header(line.cells), len(line.cells) if self._strict else None)
        if recognised > count_recognised(self._nearest):
            self._nearest = line.cells
        return None
