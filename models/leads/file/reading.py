"""Owns how a file of leads is read: encoding, delimiter, header and rows, in bounded memory.

It must not know what a column means, nor trust the file's size or form.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from models.leads.file.encoding import Encoding, LeadFileError, find_encoding
from models.tabular.records import RecordReader, SkippedRecord

DELIMITERS: tuple[str, ...] = (",", ";", "\t")
_SAMPLE_CHARS = 64 * 1024
_SAMPLE_RECORDS = 5
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
    """One row: its number as a spreadsheet shows it (the header is usually 1), one value for each column."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """One row that is not as its header says; `reason` is for people."""

    number: int
    reason: str


class LeadFile:
    """An opened file of leads: `header` (trimmed names, "" where there is none) and its `rows()`."""

    def __init__(
        self,
        *,
        stream: IO[bytes],
        encoding: Encoding,
        delimiter: str,
        header: tuple[str, ...],
        records: Iterator[tuple[int, list[str] | SkippedRecord]],
        size: int,
        limits: Limits,
    ) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.bytes_total = size
        self._stream = stream
        self._records = records
        self._limits = limits

    @property
    def bytes_read(self) -> int:
        """How far reading has come, for a progress bar: at most `bytes_total`, in steps of a buffer."""
        return self._stream.tell()

    def rows(self) -> Iterator[FileRow | UnreadableRow]:
        """Yield the rows after the header, once; blank rows are skipped but keep their number."""
        for number, record in self._records:
            if isinstance(record, SkippedRecord):
                yield UnreadableRow(number, record.reason)
            elif any(value.strip() for value in record):
                yield self._row(number, record)

    def _row(self, number: int, record: list[str]) -> FileRow | UnreadableRow:
        width = len(self.header)
        if len(record) > width and not any(value.strip() for value in record[width:]):
            record = record[:width]  # delimiters that some programs leave at the end
        if len(record) != width:
            return UnreadableRow(
                number,
                f"has {len(record)} columns, the header has {width}; a value with a delimiter needs quotes",
            )
        if max(map(len, record)) > self._limits.field_chars:
            return UnreadableRow(number, f"has a value of more than {self._limits.field_chars} characters")
        return FileRow(number, tuple(record))


class _Text(io.TextIOWrapper):
    def close(self) -> None:
        """Leave the stream open: it is the caller's, and this object may be collected before it."""


def open_lead_file(stream: IO[bytes], limits: Limits | None = None) -> LeadFile:
    """Return the file on `stream` (seekable, binary, read from its beginning, not closed) before its rows.

    Reads it once to be sure of its encoding (UTF-8 with or without a byte order mark, else Windows-1252)
    and then again, row by row; both in bounded memory. A first line `sep=;`, as Excel writes it, names
    the delimiter; else the header tells it. Raises LeadFileError.
    """
    limits = limits or Limits()
    encoding, size = find_encoding(stream, limits.file_bytes)
    sample, complete = _sample(stream, encoding)
    delimiter = _delimiter(sample, complete)
    stream.seek(0)
    reader = RecordReader(_Text(stream, encoding, newline=""), delimiter, limits.row_chars)
    records = iter(reader)
    header = _header(records, limits)
    return LeadFile(
        stream=stream,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        records=records,
        size=size,
        limits=limits,
    )


def _sample(stream: IO[bytes], encoding: Encoding) -> tuple[str, bool]:
    """Return the beginning of the text without blank lines, and whether that is all of it."""
    stream.seek(0)
    head = stream.read(_SAMPLE_CHARS)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    return text.lstrip("\r\n"), len(head) < _SAMPLE_CHARS


def _delimiter(sample: str, complete: bool) -> str:
    """Return the delimiter that gives the most columns in the header, agreed to by the rows below it."""
    if sample[:4].lower() == "sep=" and sample[4:5] in DELIMITERS and sample[5:6] in {"\r", "\n", ""}:
        return sample[4]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter, complete))


def _fit(sample: str, delimiter: str, complete: bool) -> tuple[bool, int]:
    counts: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if record:
                counts.append(len(record))
            if len(counts) > _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    if not complete and len(counts) <= _SAMPLE_RECORDS:
        counts = counts[:-1] or counts  # the sample may have cut the last one
    if not counts or counts[0] < 2:
        return False, 0
    return all(count == counts[0] for count in counts), counts[0]


def _header(records: Iterator[tuple[int, list[str] | SkippedRecord]], limits: Limits) -> tuple[str, ...]:
    for _, record in records:
        if isinstance(record, SkippedRecord):
            raise LeadFileError(f"The header {record.reason}.")
        names = [" ".join(name.split()) for name in record]
        if not any(names) or (len(names) <= 2 and names[0].lower().startswith("sep=")):
            continue
        while not names[-1]:
            names.pop()
        return _checked_header(names, limits)
    raise LeadFileError("The file has no header; its first row must name the columns.")


def _checked_header(names: list[str], limits: Limits) -> tuple[str, ...]:
    if len(names) > limits.columns:
        raise LeadFileError(f"The header has more than {limits.columns} columns; remove those not needed.")
    seen: set[str] = set()
    for position, name in enumerate(names, start=1):
        if len(name) > _MAX_NAME_CHARS or not name.isprintable():
            raise LeadFileError(
                f"The header's column {position} is no name of a column; correct the first row."
            )
        if name and name in seen:
            raise LeadFileError(f'The header has the column "{name}" twice; rename one.')
        seen.add(name)
    return tuple(names)
