"""What a file of leads may be: its formats, its encodings, and how large it is."""

from models.leads.file.headings import count_recognised, language_of
from models.tabular.encodings import encodings_of
from models.tabular.kinds import TableFormat
from models.tabular.reading import TableKind
from models.tabular.sheet_process import MAX_COLUMNS
from models.tabular.tables import CsvLimits

MOST_COLUMNS = MAX_COLUMNS
_FORMATS = (TableFormat.XLSX, TableFormat.ODS, TableFormat.CSV)
_CSV_LIMITS = CsvLimits(bytes=512 * 1024 * 1024, row_chars=128 * 1024)


def lead_files(country: str | None = None, csv_limits: CsvLimits = _CSV_LIMITS) -> TableKind:
    """Return what is accepted as a file of leads, most of which are from `country`.

    A CSV file may be UTF-8, UTF-16, or a Windows or ISO encoding of our languages, by its letters and the
    country. A workbook may have macros, because it is not stored.
    """
    return TableKind(encodings_of(country, language_of), count_recognised, csv_limits, _FORMATS, macros=True)
