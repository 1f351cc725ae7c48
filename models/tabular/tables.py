"""The rows of a table, in any format, and how a CSV file is split into them, one at a time."""

import codecs
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from models.tabular.delimiters import SAMPLE_CHARS, find_delimiter
from models.tabular.encodings import Encodings, find_encoding
from models.tabular.errors import TableError
from models.tabular.records import RecordReader, SkippedRecord

# Zero-width characters and marks of byte order, which programs leave at the ends of cells.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_RECORD_CHARS = 64 * 1024
_MAX_RECORDS = 200_000
_MAX_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The following rows are of another sheet; `strict` if a row must not be wider than its headings."""

    name: str
    strict: bool


@dataclass(frozen=True, slots=True, repr=False)
class TableRow:
    """One row that is not blank: its number as in a spreadsheet, and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """One row that could not be read; `reason` continues "row 7 ..."."""

    number: int
    reason: str


Line = SheetStart | TableRow | UnreadableRow


def csv_lines(
    content: bytes, accepted: Encodings, recognised: Callable[[Sequence[str]], int]
) -> Iterator[Line]:
    """Yield the rows of a CSV file that is in memory. Raises TableError."""
    stream = io.BytesIO(content)
    encoding, _ = find_encoding(stream, accepted, len(content))
    sample, complete = text_sample(stream, encoding)
    delimiter = find_delimiter(sample, complete=complete, recognised=recognised)
    yield SheetStart("", strict=True)
    cells = 0
    for row in csv_rows(stream, encoding, delimiter, _RECORD_CHARS, _MAX_RECORDS):
        if isinstance(row, TableRow):
            cells += len(row.cells)
            if cells > _MAX_CELLS:
                raise TableError(
                    f"The file has more than {_MAX_CELLS:,} cells, including blank ones; "
                    "leave out the columns that are not needed."
                )
        yield row


def csv_rows(
    stream: IO[bytes], encoding: str, delimiter: str, row_chars: int, most_rows: int | None = None
) -> Iterator[TableRow | UnreadableRow]:
    """Yield the rows of a CSV file from its beginning, one in memory at a time; `stream` is left open.

    Blank rows are skipped but keep their number. Raises TableError for more than `most_rows`.
    """
    stream.seek(0)
    for number, record in RecordReader(_Text(stream, encoding, newline=""), delimiter, row_chars):
        if most_rows is not None and number > most_rows:
            raise TableError(f"The file has more than {most_rows} rows, including blank ones; remove them.")
        if isinstance(record, SkippedRecord):
            yield UnreadableRow(number, record.reason)
        elif any(map(is_filled, record)):
            yield TableRow(number, record)


def is_filled(cell: str) -> bool:
    """Return whether a person sees anything in a cell."""
    return bool(cell) and not cell.isspace() and bool(cell.strip(INVISIBLE).strip())


def text_sample(stream: IO[bytes], encoding: str) -> tuple[str, bool]:
    """Return the beginning of the text without leading blank lines, and whether that is the whole text."""
    stream.seek(0)
    head = stream.read(SAMPLE_CHARS)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    return text.lstrip("\ufeff\r\n"), len(head) < SAMPLE_CHARS


class _Text(io.TextIOWrapper):
    def close(self) -> None:
        """Leave the stream open: it belongs to the caller, and this object may be collected earlier."""
