"""Files of leads (`leadImport`): maps their columns, and turns each row into a lead or a refusal.

Stores nothing and holds one row at a time; the caller takes the leads one by one.
"""

from models.leads.file.defaults import ImportDefaults, check_defaults, parse_currency
from models.leads.file.draft import LeadDraft, RefusedRow, name_key
from models.leads.file.fields import LeadField
from models.leads.file.mapping import ColumnMapping, map_columns
from models.leads.file.reading import MOST_COLUMNS, lead_files
from models.leads.file.rows import parse_row
from models.leads.file.source import parse_source

__all__ = [
    "MOST_COLUMNS",
    "ColumnMapping",
    "ImportDefaults",
    "LeadDraft",
    "LeadField",
    "RefusedRow",
    "check_defaults",
    "lead_files",
    "map_columns",
    "name_key",
    "parse_currency",
    "parse_row",
    "parse_source",
]
