"""Owns how the sheets of a file become rows of text, one at a time, whatever the format.

It must not know what a column means.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from models.complaint_file.encoding import encoding_of
from models.complaint_file.errors import ComplaintFileError
from models.complaint_file.kinds import ClaimFormat
from models.complaint_file.recognition import count_recognised
from models.lead_file.records import RecordReader, SkippedRecord

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARS = 64 * 1024
_SAMPLE_RECORDS = 10
_RECORD_CHARS = 64 * 1024
_MAX_RECORDS = 200_000
_PROGRAM = Path(__file__).with_name("sheet_process.py")
_SAVE = "save the table as XLSX or CSV"


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


def lines_of(content: bytes, format_: ClaimFormat) -> Generator[Line, None, None]:
    """Yield the rows of a file that `kind_of` let pass. Raises ComplaintFileError."""
    return _csv_lines(content) if format_ is ClaimFormat.CSV else _workbook_lines(content)


def _csv_lines(content: bytes) -> Generator[Line, None, None]:
    encoding = encoding_of(content)
    delimiter = _delimiter(_text(content, encoding).read(_SAMPLE_CHARS))
    yield SheetStart("", strict=True)
    for number, record in RecordReader(_text(content, encoding), delimiter, _RECORD_CHARS):
        if number > _MAX_RECORDS:
            raise ComplaintFileError(
                f"The file has more than {_MAX_RECORDS} rows, blank ones too; remove them."
            )
        if isinstance(record, SkippedRecord):
            yield UnreadableRow(number, record.reason)
        elif any(cell and not cell.isspace() for cell in record):
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


def _workbook_lines(content: bytes) -> Generator[Line, None, None]:
    """Have a process of its own read the workbook: a bad file ends that one."""
    command = [sys.executable, "-I", str(_PROGRAM)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise OSError("no pipes")
            _send(content, process.stdin)
            for line in process.stdout:
                if (parsed := _parsed(line)) is None:
                    return
                yield parsed
        finally:
            process.kill()
    raise ComplaintFileError(
        "The workbook cannot be read, or it reaches too far to the right or down; "
        f"copy its rows to a new sheet, or {_SAVE}."
    )


def _environment() -> dict[str, str]:
    """Return what Python needs to start: a process that reads foreign files is told no secrets."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "RUST_BACKTRACE": "0"}


def _send(content: bytes, stdin: IO[bytes]) -> None:
    try:
        with stdin:
            stdin.write(content)
    except BrokenPipeError:
        pass  # it ended before it read all: what it wrote, or did not, says why


def _parsed(line: bytes) -> Line | None:
    """Return what a line says, None at the end. Raises ComplaintFileError."""
    try:
        parsed = json.loads(line)
    except ValueError:
        parsed = {"error": "DAMAGED"}
    match parsed:
        case [int(number), list(cells)]:
            return TableRow(number, cells)
        case {"sheet": str(name)}:
            return SheetStart(name, strict=False)
        case {"end": True}:
            return None
        case {"error": "PASSWORD"}:
            raise ComplaintFileError(f"The file is encrypted; {_SAVE} without a password.")
        case {"error": "MACROS"}:
            raise ComplaintFileError("The file has macros; save it without them, as XLSX or ODS.")
        case {"error": "ROWS"}:
            raise ComplaintFileError(
                "The workbook has too many rows in its sheets; leave only those that you complain about."
            )
        case _:
            raise ComplaintFileError(
                f"The workbook is damaged; open it in your spreadsheet program and {_SAVE}."
            )
