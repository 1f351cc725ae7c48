"""Owns files of leads: reading them, mapping their columns, and what each row becomes (`leadImport`).

It must not store anything, nor hold more than one row: the caller takes leads as they come.
"""

from models.lead_file.defaults import ImportDefaults, check_defaults, parse_currency
from models.lead_file.draft import LeadDraft, RefusedRow, identity_key
from models.lead_file.encoding import LeadFileError
from models.lead_file.mapping import ColumnMapping, LeadField, MappingError, map_columns
from models.lead_file.reading import MOST_COLUMNS, FileRow, LeadFile, Limits, UnreadableRow, open_lead_file
from models.lead_file.rows import parse_row
from models.lead_file.source import parse_source

__all__ = [
    "MOST_COLUMNS",
    "ColumnMapping",
    "FileRow",
    "ImportDefaults",
    "LeadDraft",
    "LeadField",
    "LeadFile",
    "LeadFileError",
    "Limits",
    "MappingError",
    "RefusedRow",
    "UnreadableRow",
    "check_defaults",
    "identity_key",
    "map_columns",
    "open_lead_file",
    "parse_currency",
    "parse_row",
    "parse_source",
]
