"""Reader of files of leads: encoding, delimiter, header and rows, in bounded memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Literal

from models.leads.file.headings import count_recognised, language_of
from models.tabular.delimiters import find_delimiter
from models.tabular.encodings import Encodings, find_encoding
from models.tabular.errors import TableError
from models.tabular.tables import INVISIBLE, TableRow, UnreadableRow, csv_rows, text_sample

_REMEDY = "save it as CSV in UTF-8"
_LEGACY = ("cp1252", "cp1250", "iso8859_2", "iso8859_16")
# Countries that write with the letters of ISO 8859-2 and -16.
_CENTRE = frozenset(["AL", "BA", "CZ", "HR", "HU", "MD", "ME", "PL", "RO", "RS", "SI", "SK"])
_OTHER_KINDS = {
    b"PK\x03\x04": "an Excel workbook or ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
}
_MAX_NAME_CHARS = 200
_HEADER_WITHIN = 10
_ENOUGH = 2  # a title may have one known word
_ZERO_WIDTH = re.compile(f"[{INVISIBLE}\u00ad]")
MOST_COLUMNS = 200


Rows = Iterator[TableRow | UnreadableRow]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file and its parts may be."""

    file_bytes: int = 512 * 1024 * 1024
    row_chars: int = 64 * 1024
    field_chars: int = 32 * 1024
    columns: int = MOST_COLUMNS


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its number as in a spreadsheet (the header is usually 1), and one value per column."""

    number: int
    values: tuple[str, ...]


class LeadFile:
    """An open file of leads: `header` and its `rows()`.

    The names of the header are trimmed, "" where one is missing, and different: the second "Phone" is
    "Phone (2)".
    """

    def __init__(
        self,
        *,
        stream: IO[bytes],
        encoding: str,
        delimiter: str,
        header: tuple[str, ...],
        rows: Iterator[TableRow | UnreadableRow],
        size: int,
        limits: Limits,
    ) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.bytes_total = size
        self._stream = stream
        self._rows = rows
        self._limits = limits

    @property
    def bytes_read(self) -> int:
        """Progress of reading, for a progress bar: at most `bytes_total`, in steps of a buffer."""
        return self._stream.tell()

    def rows(self) -> Iterator[FileRow | UnreadableRow]:
        """Yield the rows after the header, once; blank rows are skipped but keep their number."""
        for row in self._rows:
            yield row if isinstance(row, UnreadableRow) else self._row(row.number, row.cells)

    def _row(self, number: int, record: list[str]) -> FileRow | UnreadableRow:
        width = len(self.header)
        if len(record) > width and not any(value.strip() for value in record[width:]):
            record = record[:width]  # trailing delimiters, which some programs write
        if len(record) < width:
            record = [*record, *[""] * (width - len(record))]  # spreadsheets leave out blank cells at the end
        if len(record) > width:
            return UnreadableRow(
                number,
                f"has {len(record)} columns, the header has {width}; "
                "put quotes around a value that contains a delimiter",
            )
        if max(map(len, record)) > self._limits.field_chars:
            return UnreadableRow(number, f"has a value of more than {self._limits.field_chars} characters")
        return FileRow(number, tuple(record))


def open_lead_file(
    stream: IO[bytes], limits: Limits | None = None, *, country: str | None = None
) -> LeadFile:
    """Open the file on `stream` (seekable, binary, read from its beginning, not closed) and read its header.

    Reads it once to determine the encoding (UTF-8, UTF-16, else a Windows or ISO encoding of our languages,
    by its letters and the `country` that most leads are from) and then again, row by row; both in bounded
    memory. Raises TableError, also if the encoding is in doubt.
    """
    limits = limits or Limits()
    stream.seek(0)
    _refuse_other_kinds(stream.read(16))
    encoding, size = find_encoding(stream, _encodings(country), limits.file_bytes)
    sample, complete = text_sample(stream, encoding)
    delimiter = find_delimiter(sample, complete=complete, recognised=count_recognised)
    header, rows = _header(csv_rows(stream, encoding, delimiter, limits.row_chars), limits)
    return LeadFile(
        stream=stream,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        rows=rows,
        size=size,
        limits=limits,
    )


def _refuse_other_kinds(begin: bytes) -> None:
    for mark, kind in _OTHER_KINDS.items():
        if begin.startswith(mark):
            raise TableError(f"The file is {kind}; {_REMEDY}.")


def _encodings(country: str | None) -> Encodings:
    region: Literal["west", "centre"] | None = None
    if country:
        region = "centre" if country.upper() in _CENTRE else "west"
    return Encodings(
        utf_16=True, legacy=_LEGACY, remedy=_REMEDY, language_of=language_of, certain=True, region=region
    )


def _header(rows: Iterator[TableRow | UnreadableRow], limits: Limits) -> tuple[tuple[str, ...], Rows]:
    """Return the column names and the rows after them.

    The names are in the first of ten rows with two known headings; titles above it are passed over. Without
    such a row, they are in the first one.
    """
    looked_at: list[TableRow | UnreadableRow] = []
    for row in rows:
        if isinstance(row, TableRow) and _is_declaration(row.cells):
            continue
        looked_at.append(row)
        if isinstance(row, UnreadableRow) and len(looked_at) == 1:
            raise TableError(f"The header {row.reason}.")
        if isinstance(row, TableRow) and count_recognised(row.cells) >= _ENOUGH:
            return _checked_header(row.cells, limits), rows
        if len(looked_at) == _HEADER_WITHIN:
            break
    if not looked_at or not isinstance(first := looked_at[0], TableRow):
        raise TableError("The file has no header; add a row with the column names above the data.")
    return _checked_header(first.cells, limits), chain(looked_at[1:], rows)


def _is_declaration(cells: list[str]) -> bool:
    return len(cells) <= 2 and cells[0].strip(INVISIBLE).lower().startswith("sep=")


def _checked_header(cells: list[str], limits: Limits) -> tuple[str, ...]:
    names = [" ".join(_ZERO_WIDTH.sub("", name).split()) for name in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableError("The file has no header; add a row with the column names above the data.")
    if len(names) > limits.columns:
        raise TableError(
            f"The header has more than {limits.columns} columns; remove those that are not needed."
        )
    checked: list[str] = []
    for position, name in enumerate(names, start=1):
        if len(name) > _MAX_NAME_CHARS or not name.isprintable():
            raise TableError(
                f"The name of column {position} is too long or has unprintable characters; fix the header."
            )
        distinct, number = name, 1
        while name and (distinct in checked or (number > 1 and distinct in names)):
            number += 1
            distinct = f"{name} ({number})"
        checked.append(distinct)
    return tuple(checked)
