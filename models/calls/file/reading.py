"""What a file of employees may be, and which of its columns are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.calls.file.words import EmployeeColumn, column_of, language_of
from models.calls.refusals import CallRefusal
from models.tabular.encodings import encodings_of
from models.tabular.errors import TableError
from models.tabular.kinds import MAX_BYTES, TableFormat
from models.tabular.reading import TableKind
from models.tabular.tables import CsvLimits

_FORMATS = (TableFormat.XLSX, TableFormat.ODS, TableFormat.CSV)
_CSV_LIMITS = CsvLimits(bytes=MAX_BYTES, row_chars=64 * 1024, rows=100_000, cells=1_000_000)
_NAMES = frozenset({EmployeeColumn.NAME, EmployeeColumn.FIRST_NAME, EmployeeColumn.LAST_NAME})
# A row without any of these cannot be assigned to an employee.
_WHO = frozenset({EmployeeColumn.ID, EmployeeColumn.NAME, EmployeeColumn.LAST_NAME, EmployeeColumn.EMAIL})


@dataclass(frozen=True, slots=True)
class EmployeeColumns:
    """The places of the columns that are read, from 0, and their headings; `ignored` are the others'."""

    places: Mapping[EmployeeColumn, int]
    headings: Mapping[EmployeeColumn, str]
    ignored: Sequence[str]

    def cell(self, values: Sequence[str], column: EmployeeColumn) -> str | None:
        """Return a cell as it is in the file; None if the file does not have the column."""
        at = self.places.get(column)
        return None if at is None else values[at]


def employee_files(country: str) -> TableKind:
    """Return what is accepted as a file of employees; `country` says which letters to expect.

    A workbook may have macros, because it is not stored.
    """
    return TableKind(encodings_of(country, language_of), count_recognised, _CSV_LIMITS, _FORMATS, macros=True)


def count_recognised(cells: Sequence[str]) -> int:
    """Return how many cells of a row are known headings."""
    return sum(1 for cell in cells if column_of(cell) is not None)


def map_columns(header: Sequence[str]) -> EmployeeColumns:
    """Return the columns of a header; of two that mean the same, the first is read.

    "Name" beside "First name" is the last name; beside both parts it is ignored. Raises TableError if no
    column says whom a row is about.
    """
    places: dict[EmployeeColumn, int] = {}
    for at, heading in enumerate(header):
        column = column_of(heading) if heading else None
        if column is not None:
            places.setdefault(column, at)
    _settle_names(places)
    if not places.keys() & _WHO:
        raise TableError(CallRefusal.EMPLOYEE_COLUMNS_MISSING)
    read = set(places.values())
    ignored = tuple(name for at, name in enumerate(header) if name and at not in read)
    return EmployeeColumns(places, {column: header[at] for column, at in places.items()}, ignored)


def _settle_names(places: dict[EmployeeColumn, int]) -> None:
    """Leave either the whole name or both parts."""
    found = places.keys() & _NAMES
    if EmployeeColumn.FIRST_NAME not in found:
        if EmployeeColumn.LAST_NAME in found:
            places.setdefault(EmployeeColumn.NAME, places[EmployeeColumn.LAST_NAME])
            del places[EmployeeColumn.LAST_NAME]
        return
    if EmployeeColumn.NAME in found:
        whole = places.pop(EmployeeColumn.NAME)
        places.setdefault(EmployeeColumn.LAST_NAME, whole)
    if EmployeeColumn.LAST_NAME not in places:
        del places[EmployeeColumn.FIRST_NAME]
