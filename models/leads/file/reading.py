"""Reader of files of leads: encoding, delimiter, header and rows, in bounded memory."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from models.tabular.delimiters import find_delimiter
from models.tabular.encodings import Encodings, find_encoding
from models.tabular.errors import TableError
from models.tabular.tables import TableRow, UnreadableRow, csv_rows, text_sample

_REMEDY = "save it as CSV in UTF-8"
_ENCODINGS = Encodings(utf_16=False, legacy=("cp1252",), remedy=_REMEDY)
_OTHER_KINDS = {
    b"PK\x03\x04": "an Excel workbook or ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    codecs.BOM_UTF32_BE: "UTF-32",
}
_MAX_NAME_CHARS = 200
MOST_COLUMNS = 200


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
        if len(record) != width:
            return UnreadableRow(
                number,
                f"has {len(record)} columns, the header has {width}; a value with a delimiter needs quotes",
            )
        if max(map(len, record)) > self._limits.field_chars:
            return UnreadableRow(number, f"has a value of more than {self._limits.field_chars} characters")
        return FileRow(number, tuple(record))


def open_lead_file(stream: IO[bytes], limits: Limits | None = None) -> LeadFile:
    """Open the file on `stream` (seekable, binary, read from its beginning, not closed) and read its header.

    Reads it once to determine the encoding (UTF-8 with or without a byte order mark, else Windows-1252)
    and then again, row by row; both in bounded memory. Raises TableError.
    """
    limits = limits or Limits()
    stream.seek(0)
    _refuse_other_kinds(stream.read(16))
    encoding, size = find_encoding(stream, _ENCODINGS, limits.file_bytes)
    sample, complete = text_sample(stream, encoding)
    delimiter = find_delimiter(sample, complete=complete)
    rows = csv_rows(stream, encoding, delimiter, limits.row_chars)
    header = _header(rows, limits)
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


def _header(rows: Iterator[TableRow | UnreadableRow], limits: Limits) -> tuple[str, ...]:
    for row in rows:
        if isinstance(row, UnreadableRow):
            raise TableError(f"The header {row.reason}.")
        names = [" ".join(name.split()) for name in row.cells]
        if not any(names) or (len(names) <= 2 and names[0].lower().startswith("sep=")):
            continue
        while not names[-1]:
            names.pop()
        return _checked_header(names, limits)
    raise TableError("The file has no header; its first row must contain the column names.")


def _checked_header(names: list[str], limits: Limits) -> tuple[str, ...]:
    if len(names) > limits.columns:
        raise TableError(
            f"The header has more than {limits.columns} columns; remove those that are not needed."
        )
    checked: list[str] = []
    for position, name in enumerate(names, start=1):
        if len(name) > _MAX_NAME_CHARS or not name.isprintable():
            raise TableError(f"The header's column {position} is not a column name; fix the first row.")
        distinct, number = name, 1
        while name and (distinct in checked or (number > 1 and distinct in names)):
            number += 1
            distinct = f"{name} ({number})"
        checked.append(distinct)
    return tuple(checked)
