"""What a file of leads may be: its formats, its encodings, and how large it is."""

from models.leads.file.headings import count_recognised, language_of
from models.tabular.alphabets import CENTRAL_COUNTRIES
from models.tabular.encodings import Encodings
from models.tabular.kinds import TableFormat
from models.tabular.reading import TableKind
from models.tabular.sheet_process import MAX_COLUMNS
from models.tabular.tables import CsvLimits

MOST_COLUMNS = MAX_COLUMNS
_FORMATS = (TableFormat.XLSX, TableFormat.ODS, TableFormat.CSV)
_LEGACY = ("cp1252", "cp1250", "iso8859_2", "iso8859_16")
_CSV_LIMITS = CsvLimits(bytes=512 * 1024 * 1024, row_chars=128 * 1024)


def lead_files(country: str | None = None, csv_limits: CsvLimits = _CSV_LIMITS) -> TableKind:
    """Return what is accepted as a file of leads, most of which are from `country`.

    A CSV file may be UTF-8, UTF-16, or a Windows or ISO encoding of our languages, by its letters and the
    country. A workbook may have macros, because it is not stored.
    """
    languages = CENTRAL_COUNTRIES.get(country.upper(), ()) if country else ()
    encodings = Encodings(
        legacy=_LEGACY,
        language_of=language_of,
        certain=True,
        languages=languages,
        western=bool(country) and not languages,
    )
    return TableKind(encodings, count_recognised, csv_limits, _FORMATS, macros=True)
