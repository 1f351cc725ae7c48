"""Reports of `leadgate import`: every row with its stored values, as CSV or as one JSON object per line.

They contain contact data, so only the owner of a report file can read it.
"""

import contextlib
import csv
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, TextIO

import orjson

from models.leads.file.fields import LeadField
from models.leads.file.stored import REPORTED, stored_values
from models.leads.import_file import ImportedRow
from models.tabular.formulas import neutralise, storable
from schema.graphql.ids import write_id
from settings.errors import FixableError

_OUTCOME = ("row", "outcome", "field", "column", "reason", "lead", "warnings", "changed")


class ReportError(FixableError):
    """The report cannot be written to this path."""

    exit_code = 1  # nothing is imported


class Report(Protocol):
    """Receives the outcome of each row."""

    def take(self, row: ImportedRow) -> None:
        """Write a row."""


class CsvReport:
    """Writes one line per row, with a column for each field that is stored."""

    def __init__(self, stream: TextIO) -> None:
        """Write the column names."""
        self._writer = csv.writer(stream)
        self._writer.writerow([*_OUTCOME, *(f"stored_{field}" for field in REPORTED)])

    def take(self, row: ImportedRow) -> None:
        """Write a row."""
        stored = _stored(row)
        texts = (
            row.field or "",
            row.column or "",
            str(row.reason or ""),
            _lead(row) or "",
            "; ".join(map(str, row.warnings)),
            "; ".join(_changed(row)),
            *(stored.get(field, "") for field in REPORTED),
        )
        self._writer.writerow([row.row, row.outcome.value, *(neutralise(storable(text)) for text in texts)])


class JsonReport:
    """Writes one JSON object per row; values that are not stored are missing in `stored`."""

    def __init__(self, stream: TextIO) -> None:
        """Write to this stream."""
        self._stream = stream

    def take(self, row: ImportedRow) -> None:
        """Write a row."""
        self.write(
            {
                "row": row.row,
                "outcome": row.outcome.value,
                "field": row.field,
                "column": row.column,
                "reason": None if row.reason is None else str(row.reason),
                "lead": _lead(row),
                "warnings": list(map(str, row.warnings)),
                "changed": _changed(row),
                "stored": {field.value: storable(text) for field, text in _stored(row).items()},
            }
        )

    def write(self, line: Mapping[str, object]) -> None:
        """Write any object."""
        self._stream.write(orjson.dumps(line).decode() + "\n")


@contextlib.contextmanager
def report_to(path: Path | None) -> Iterator[Report | None]:
    """Open a report file, if `path` is set. Raises ReportError."""
    if path is None:
        yield None
        return
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise ReportError(f"--report: {path}: {error.strerror}") from error
    with os.fdopen(file, "w", encoding="utf-8", newline="") as stream:
        yield CsvReport(stream)


def _lead(row: ImportedRow) -> str | None:
    return write_id("Lead", row.lead_id) if row.lead_id else None


def _changed(row: ImportedRow) -> tuple[str, ...]:
    return row.draft.changed if row.draft else ()


def _stored(row: ImportedRow) -> Mapping[LeadField, str]:
    return stored_values(row.draft) if row.draft else {}
