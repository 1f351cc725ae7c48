"""Owns what the rows of a file are, whatever its format, and how a CSV file is cut into them, one at a time.

It must not know what a column means.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from models.complaints.file.errors import ComplaintFileError
from models.complaints.file.recognition import count_recognised
from models.tabular.encoding import encoding_of
from models.tabular.records import RecordReader, SkippedRecord

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARS = 64 * 1024
_SAMPLE_RECORDS = 10
_RECORD_CHARS = 64 * 1024
_MAX_RECORDS = 200_000
_MAX_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The rows that follow are of another sheet; `strict` if a row must not be wider than its headings."""

    name: str
    strict: bool


@dataclass(frozen=True, slots=True, repr=False)
class TableRow:
    """One row that is not blank: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """One row of a CSV file that could not be cut into cells; `reason` goes on after "row 7 ..."."""

    number: int
    reason: str


Line = SheetStart | TableRow | UnreadableRow


def csv_lines(content: bytes) -> Iterator[Line]:
    """Yield the rows of a CSV file. Raises ComplaintFileError."""
    encoding = encoding_of(content)
    delimiter = _delimiter(_text(content, encoding).read(_SAMPLE_CHARS))
    yield SheetStart("", strict=True)
    cells = 0
    for number, record in RecordReader(_text(content, encoding), delimiter, _RECORD_CHARS):
        if number > _MAX_RECORDS:
            raise ComplaintFileError(
                f"The file has more than {_MAX_RECORDS} rows, blank ones too; remove them."
            )
        if isinstance(record, SkippedRecord):
            yield UnreadableRow(number, record.reason)
            continue
        cells += len(record)
        if cells > _MAX_CELLS:
            raise ComplaintFileError(
                f"The file has more than {_MAX_CELLS:,} cells, blank ones too; "
                "leave out the columns that are not needed."
            )
        if any(cell and not cell.isspace() for cell in record):
            yield TableRow(number, record)


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _delimiter(sample: str) -> str:
    """Return the delimiter that makes headings, else what the first line says, else what cuts it most."""
    said = sample[4:5] if sample[:4].lower() == "sep=" and sample[5:6] in {"\r", "\n"} else None
    return said if said in _DELIMITERS else max(_DELIMITERS, key=lambda each: _fit(sample, each))


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    best = (0, 0)
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        for _, record in zip(range(_SAMPLE_RECORDS), reader, strict=False):
            best = max(best, (count_recognised(record), len(record)))
    except csv.Error:
        pass
    return best
