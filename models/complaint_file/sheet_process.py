"""Owns the reading of a workbook from standard input, as a process of its own: rows as lines of JSON.

It must not import anything of ours, nor be run without limits: two cells at the far corners of a sheet make
the library ask for half a terabyte, and that ends its process.

Lines: `{"sheet": name}`, then `[row number, [cell, ...]]` for each row that is not blank, at last
`{"end": true}`; or `{"error": "PASSWORD" | "MACROS" | "ROWS" | "DAMAGED"}`.
"""

import json
import sys
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
MAX_COLUMNS = 100
MAX_CELL_CHARS = 10_002  # more than any of our columns may have, so that too long stays too long
MAX_SHEETS = 20
MAX_ROWS = 100_000  # of all sheets
_MACRO_SHEETS = [SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba]  # they have no hash


def limit_process() -> None:
    """Bound this process, so that the worst file ends it and nothing else."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def text_of(cell: object) -> str:
    """Return a cell as text: whole numbers without their fraction."""
    if isinstance(cell, str):
        return cell[:MAX_CELL_CHARS]
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:MAX_CELL_CHARS]


def write_lines(content: bytes) -> None:
    """Write the lines for a workbook to standard output."""
    write = sys.stdout.write
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        sheets = book.sheets_metadata
        if any(sheet.typ in _MACRO_SHEETS for sheet in sheets):
            write('{"error": "MACROS"}\n')
            return
        visible = [
            at
            for at, sheet in enumerate(sheets)
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        written = 0
        for at in visible[:MAX_SHEETS]:
            sheet = book.get_sheet_by_index(at)
            write(json.dumps({"sheet": sheet.name[:MAX_CELL_CHARS]}) + "\n")
            first = sheet.start[0] + 1 if sheet.start else 1
            for number, row in enumerate(sheet.iter_rows(), start=first):
                cells = [text_of(cell) for cell in row[:MAX_COLUMNS]]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    written += 1
                    if written > MAX_ROWS:
                        write('{"error": "ROWS"}\n')
                        return
                    write(json.dumps([number, cells]) + "\n")
    write('{"end": true}\n')


def main() -> None:
    """Read, write, and say what went wrong; what the library cannot say, the exit code does."""
    limit_process()
    content = sys.stdin.buffer.read()
    try:
        write_lines(content)
    except PasswordError:
        sys.stdout.write('{"error": "PASSWORD"}\n')
    except (CalamineError, ValueError, OSError, OverflowError):
        sys.stdout.write('{"error": "DAMAGED"}\n')


if __name__ == "__main__":
    main()
