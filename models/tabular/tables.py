"""The rows of a table, in any format, and how a CSV file is split into them, one at a time."""

import codecs
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from models.base.refusal import Sentence
from models.tabular.delimiters import SAMPLE_CHARS
from models.tabular.errors import TableError
from models.tabular.records import RecordReader, SkippedRecord
from models.tabular.refusals import TableRefusal

# Zero-width characters and marks of byte order, which programs leave at the ends of cells.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
# These, except for the joiners that some alphabets need within words; soft hyphens; and marks of direction,
# which phones and chats put around numbers (not overrides, which change what is read). Line breaks of
# other programs become ours.
_UNSEEN = dict.fromkeys(
    [0xFEFF, 0x200B, 0x2060, 0xAD, 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202D), *range(0x2066, 0x206A)]
) | dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The following rows are of another sheet; `strict` if a row must not be wider than its headings."""

    name: str
    strict: bool


@dataclass(frozen=True, slots=True, repr=False)
class TableRow:
    """One row that is not blank: its number as in a spreadsheet, and its cells.

    `covered` has the values of merged cells that begin in a row above, by column from 0.
    """

    number: int
    cells: list[str]
    covered: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """One row that could not be read, and why."""

    number: int
    reason: Sentence[TableRefusal]


Line = SheetStart | TableRow | UnreadableRow


@dataclass(frozen=True, slots=True)
class CsvLimits:
    """How large a CSV file may be, and the number of its rows and cells, blank ones included."""

    bytes: int
    row_chars: int
    rows: int | None = None
    cells: int | None = None


def csv_rows(
    stream: IO[bytes], encoding: str, delimiter: str, limits: CsvLimits
) -> Iterator[TableRow | UnreadableRow]:
    """Yield the rows of a CSV file from its beginning, one in memory at a time; `stream` is left open.

    Blank rows are skipped but keep their number. Raises TableError for more rows or cells than allowed.
    """
    stream.seek(0)
    cells = 0
    for number, record in RecordReader(_Text(stream, encoding, newline=""), delimiter, limits.row_chars):
        if limits.rows is not None and number > limits.rows:
            raise TableError(TableRefusal.TABLE_HAS_TOO_MANY_ROWS, most=limits.rows)
        if isinstance(record, SkippedRecord):
            yield UnreadableRow(number, record.reason)
        elif any(map(is_filled, record)):
            cells += len(record)
            if limits.cells is not None and cells > limits.cells:
                raise TableError(TableRefusal.TABLE_HAS_TOO_MANY_CELLS, most=limits.cells)
            yield TableRow(number, record)


def is_filled(cell: str) -> bool:
    """Return whether a person sees anything in a cell."""
    return bool(cell) and not cell.isspace() and bool(cell.strip(INVISIBLE).strip())


def visible(cell: str) -> str:
    """Return a cell without the characters that nobody can see, trimmed."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    return cell.translate(_UNSEEN).strip().strip(INVISIBLE).strip()


def text_sample(stream: IO[bytes], encoding: str) -> tuple[str, bool]:
    """Return the beginning of the text without leading blank lines, and whether that is the whole text."""
    stream.seek(0)
    head = stream.read(SAMPLE_CHARS)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    return text.lstrip("\ufeff\r\n"), len(head) < SAMPLE_CHARS


class _Text(io.TextIOWrapper):
    def close(self) -> None:
        """Leave the stream open: it belongs to the caller, and this object may be collected earlier."""
