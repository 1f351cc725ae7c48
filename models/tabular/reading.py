"""Reading of uploaded tables, the same for all domains: CSV row by row, workbooks by a temporary file."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

from models.tabular.delimiters import find_delimiter
from models.tabular.encodings import Encodings, find_encoding
from models.tabular.file_threads import FileThreads
from models.tabular.kinds import TableFormat, kind_of
from models.tabular.sheet_reading import spool_sheets, spooled_lines
from models.tabular.tables import CsvLimits, Line, SheetStart, csv_rows, text_sample

_IN_MEMORY = 1024 * 1024  # larger workbooks are spooled to disk


@dataclass(frozen=True, slots=True)
class TableKind:
    """What one kind of file accepts.

    `recognised` returns how many known headings a row has. With `macros`, a workbook may contain some, which
    are not read: only for files that are not stored.
    """

    encodings: Encodings
    recognised: Callable[[Sequence[str]], int]
    csv_limits: CsvLimits
    formats: Sequence[TableFormat] = tuple(TableFormat)
    macros: bool = False


class Table:
    """An open table: its rows can be read more than once, each time from the beginning.

    `encoding` and `delimiter` are those of a CSV file. `bytes_read` is the progress of reading, at most
    `bytes_total`, in steps of a buffer.
    """

    def __init__(
        self,
        format_: TableFormat,
        stream: IO[bytes],
        size: int,
        lines: Callable[[], Iterator[Line]],
        *,
        encoding: str = "",
        delimiter: str = "",
    ) -> None:
        self.format = format_
        self.lines = lines
        self.encoding = encoding
        self.delimiter = delimiter
        self.bytes_total = size
        self._stream = stream

    @property
    def bytes_read(self) -> int:
        """Progress of reading, for a progress bar."""
        return self._stream.tell()


def open_csv(stream: IO[bytes], kind: TableKind) -> Table:
    """Open a CSV file (seekable, read from its beginning, not closed).

    Reads it once to determine the encoding, and then again, row by row; both in bounded memory. Raises
    TableError, also if the encoding is in doubt.
    """
    encoding, size = find_encoding(stream, kind.encodings, kind.csv_limits.bytes)
    sample, complete = text_sample(stream, encoding)
    delimiter = find_delimiter(sample, complete=complete, recognised=kind.recognised)

    def lines() -> Iterator[Line]:
        yield SheetStart("", strict=True)
        yield from csv_rows(stream, encoding, delimiter, kind.csv_limits)

    return Table(TableFormat.CSV, stream, size, lines, encoding=encoding, delimiter=delimiter)


@asynccontextmanager
async def open_table(stream: IO[bytes], kind: TableKind, threads: FileThreads) -> AsyncIterator[Table]:
    """Open a table of any accepted format (seekable, read from its beginning, not closed).

    Work that takes time runs in `threads`, and workbooks are read in a separate process; read the rows in
    `threads` as well. Raises TableError.
    """
    format_, content = await threads.run(lambda: kind_of(stream, kind.formats, macros=kind.macros))
    if format_ is TableFormat.CSV:
        yield await threads.run(lambda: open_csv(stream, kind))
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        await spool_sheets(content, spool, threads, macros=kind.macros)
        yield Table(format_, spool, spool.tell(), lambda: spooled_lines(spool))
