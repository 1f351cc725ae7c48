"""Opens files of leads in the tests, without the process that reads workbooks."""

import io
from typing import IO

from models.leads.file import lead_files
from models.tabular.headed import HeadedTable
from models.tabular.kinds import TableFormat, kind_of
from models.tabular.reading import Table, open_csv
from models.tabular.sheet_process import write_lines
from models.tabular.sheet_reading import check_end, spooled_lines


def open_lead_table(stream: IO[bytes], country: str | None = None) -> Table:
    """Return the open table."""
    kind = lead_files(country)
    format_, content = kind_of(stream, kind.formats, macros=kind.macros)
    if format_ is TableFormat.CSV:
        return open_csv(stream, kind)
    lines: list[str] = []
    write_lines(content, lines.append, macros=kind.macros)
    check_end(lines[-1].encode())
    spool = io.BytesIO("".join(lines).encode())
    return Table(format_, spool, len(spool.getvalue()), lambda: spooled_lines(spool))


def open_lead_file(stream: IO[bytes], country: str | None = None) -> HeadedTable:
    """Return the sheet with the leads."""
    return HeadedTable(open_lead_table(stream, country), lead_files().recognised)
