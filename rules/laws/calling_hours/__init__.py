"""Tables of calling hours by their date; a policy names the one that applies (`contact.hours_table`)."""

from collections.abc import Mapping
from types import MappingProxyType

from rules.laws.calling_hours import table_2026_11
from rules.laws.calling_hours.row import HoursRow

__all__ = ["HOURS_TABLES", "HoursRow", "hours_rows"]

_TABLES: Mapping[str, Mapping[str, HoursRow]] = MappingProxyType({"2026-11": table_2026_11.ROWS})
HOURS_TABLES = tuple(_TABLES)  # oldest first


def hours_rows(table: str) -> Mapping[str, HoursRow]:
    """The rows of a table by place. Raises KeyError for a table that is not one of HOURS_TABLES."""
    return _TABLES[table]
