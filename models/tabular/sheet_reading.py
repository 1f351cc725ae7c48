"""Runs the process that reads a workbook: feeds it, limits its time, ends it with the request.

It never waits in a thread and never leaves a process behind.
"""

import asyncio
import json
from asyncio.subprocess import Process
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from models.process.separate import feed, running
from models.tabular.errors import TableError
from models.tabular.file_threads import FileThreads
from models.tabular.refusals import TableRefusal
from models.tabular.sheet_process import MACROS_ALLOWED, MAX_CELLS, MAX_ROW_CHARS, MAX_ROWS, MAX_SHEETS
from models.tabular.tables import Line, SheetStart, TableRow, UnreadableRow, is_filled

PROGRAM = Path(__file__).with_name("sheet_process.py")
SECONDS = 15.0  # wall-clock time: five seconds of CPU time take longer on a busy machine
MAX_SPOOL_BYTES = 128 * 1024 * 1024
_CHUNK = 64 * 1024
_LONGEST_LAST_LINE = 100


async def spool_sheets(content: bytes, spool: IO[bytes], threads: FileThreads, *, macros: bool) -> None:
    """Write the rows of a workbook to a temporary file, as `spooled_lines` reads them.

    The process has ended when this returns, also if cancelled. Raises TableError.
    """
    options = [MACROS_ALLOWED] if macros else []
    try:
        async with running(PROGRAM, *options) as process, asyncio.timeout(SECONDS):
            await feed(process, content)
            last = await _copy(process, spool, threads)
            await process.wait()  # a signal to a process that is ending would take its exit code from asyncio
    except TimeoutError:
        raise TableError(TableRefusal.WORKBOOK_TOO_SLOW, seconds=f"{SECONDS:g}") from None
    if not last.endswith(b"}\n"):
        raise TableError(TableRefusal.WORKBOOK_UNREADABLE)
    check_end(last.rpartition(b"\n{")[2])


def spooled_lines(spool: IO[bytes]) -> Iterator[Line]:
    """Yield the rows of a workbook from its temporary file, from the beginning; blank rows are skipped."""
    spool.seek(0)
    for line in spool:
        match json.loads(line):
            case [int(number), None]:
                too_long = TableRefusal.ROW_TOO_LONG.sentence(row=number, most=MAX_ROW_CHARS)
                yield UnreadableRow(number, too_long)
            case [int(number), list(cells), *covered] if any(map(is_filled, cells)):
                values = {int(column): value for part in covered for column, value in part.items()}
                yield TableRow(number, cells, values)
            case {"sheet": str(name)}:
                yield SheetStart(name, strict=False)


async def _copy(process: Process, spool: IO[bytes], threads: FileThreads) -> bytes:
    """Copy what the process writes; return the end of it. Raises TableError."""
    if process.stdout is None:
        raise OSError("no pipe")
    end, size = b"", 0
    while chunk := await process.stdout.read(_CHUNK):
        size += len(chunk)
        if size > MAX_SPOOL_BYTES:
            raise TableError(TableRefusal.WORKBOOK_HAS_TOO_MUCH_TEXT, most=MAX_SPOOL_BYTES // 2**20)
        await threads.run(lambda chunk=chunk: spool.write(chunk))  # type: ignore[misc]
        end = (end + chunk)[-_LONGEST_LAST_LINE:]
    return end


def check_end(last: bytes) -> None:
    """Raise TableError unless the last line says that all was read."""
    try:
        parsed = json.loads(b"{" + last.removeprefix(b"{"))
    except ValueError:
        parsed = {}
    match parsed:
        case {"end": True}:
            return
        case {"error": "PASSWORD"}:
            raise TableError(TableRefusal.FILE_ENCRYPTED)
        case {"error": "MACROS"}:
            raise TableError(TableRefusal.FILE_HAS_MACROS)
        case {"error": "SHEETS"}:
            raise TableError(TableRefusal.WORKBOOK_HAS_TOO_MANY_SHEETS, most=MAX_SHEETS)
        case {"error": "ROWS"}:
            raise TableError(TableRefusal.WORKBOOK_HAS_TOO_MANY_ROWS, most=MAX_ROWS)
        case {"error": "CELLS"}:
            raise TableError(TableRefusal.WORKBOOK_HAS_TOO_MANY_CELLS, most=MAX_CELLS)
        case _:
            raise TableError(TableRefusal.FILE_DAMAGED)
