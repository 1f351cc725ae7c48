"""Runs the process that reads a workbook: feeds it, limits its time, ends it with the request.

It never waits in a thread and never leaves a process behind.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from models.tabular.errors import TableError
from models.tabular.file_threads import READING
from models.tabular.sheet_process import MAX_CELLS
from models.tabular.tables import Line, SheetStart, TableRow

PROGRAM = Path(__file__).with_name("sheet_process.py")
SECONDS = 15.0  # wall-clock time: five seconds of CPU time take longer on a busy machine
_CHUNK = 64 * 1024
_SAVE = "save the table as XLSX or CSV"


async def read_sheets(content: bytes, take: Callable[[Line], None]) -> None:
    """Pass the rows of a workbook to `take`, in a thread, one at a time.

    The process has ended when this returns, also if cancelled. Raises TableError.
    """
    try:
        async with _running() as process, asyncio.timeout(SECONDS):
            await _feed(process, content)
            if await _hand_over(process, take):
                return
    except TimeoutError:
        raise TableError(
            f"The workbook takes more than {SECONDS:g} s to read; copy its rows to a new sheet, or {_SAVE}."
        ) from None
    raise TableError(
        "The workbook cannot be read, or it has cells too far to the right or too far down; "
        f"copy its rows to a new sheet, or {_SAVE}."
    )


@asynccontextmanager
async def _running() -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(PROGRAM), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())


def _environment() -> dict[str, str]:
    """Return what Python needs to start: a process that reads uploaded files gets no secrets."""
    inherited = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {**inherited, "RUST_BACKTRACE": "0"}


async def _feed(process: Process, content: bytes) -> None:
    """Write the workbook. A process that ends early has reported why, or its missing output shows it."""
    if process.stdin is None:
        raise OSError("no pipe")
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _hand_over(process: Process, take: Callable[[Line], None]) -> bool:
    """Pass on what the process writes, line by line; return whether it reached the end."""
    if process.stdout is None:
        raise OSError("no pipe")
    begun: list[bytes] = []  # the start of a line that is longer than a chunk
    while chunk := await process.stdout.read(_CHUNK):
        first, *others = chunk.split(b"\n")
        begun.append(first)
        if not others:
            continue
        lines = [b"".join(begun), *others[:-1]]
        begun = [others[-1]]
        if await READING.run(lambda lines=lines: _take(lines, take)):  # type: ignore[misc]
            return True
    return False


def _take(lines: Sequence[bytes], take: Callable[[Line], None]) -> bool:
    """Pass on the content of each line; return whether one was the end."""
    for line in lines:
        parsed = _parsed(line)
        if parsed is None:
            return True
        take(parsed)
    return False


def _parsed(line: bytes) -> Line | None:
    """Return the content of a line, None at the end. Raises TableError."""
    try:
        parsed = json.loads(line)
    except ValueError:
        parsed = {"error": "DAMAGED"}
    match parsed:
        case [int(number), list(cells)]:
            return TableRow(number, cells)
        case {"sheet": str(name)}:
            return SheetStart(name, strict=False)
        case {"end": True}:
            return None
        case {"error": "PASSWORD"}:
            raise TableError(f"The file is encrypted; {_SAVE} without a password.")
        case {"error": "MACROS"}:
            raise TableError("The file contains macros; save it without them, as XLSX or ODS.")
        case {"error": "ROWS"}:
            raise TableError(
                "The workbook has too many rows in its sheets; keep only those that you complain about."
            )
        case {"error": "CELLS"}:
            raise TableError(
                f"The workbook has more than {MAX_CELLS:,} cells between its first and its last filled ones, "
                "because some are too far to the right or too far down; "
                f"copy its rows to a new sheet, or {_SAVE}."
            )
        case _:
            raise TableError(f"The workbook is damaged; open it in your spreadsheet program and {_SAVE}.")
