"""Import of a file by `leadgate import`, with a progress bar, a report of rows and the counts."""

import asyncio
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli.connect import orm
from cli.import_report import JsonReport, Report, report_to
from models.base.refusal import Refusal, Refusals
from models.base.role import Role
from models.base.viewer import Viewer
from models.leads.file import ImportDefaults
from models.leads.import_file import ImportedRow, RowOutcome, import_leads
from settings import Settings

DONE, NOTHING_DONE, SOME_REFUSED, STOPPED = 0, 1, 3, 130
SHOWN = 20
_WORDS = {
    RowOutcome.CREATED: "created",
    RowOutcome.DUPLICATE: "duplicates of existing leads",
    RowOutcome.REFUSED: "refused",
}
_CHECKED = {
    RowOutcome.CREATED: "would be created",
    RowOutcome.DUPLICATE: "duplicates of existing leads, or of earlier rows",
    RowOutcome.REFUSED: "would be refused",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of an import: only a check, the rows as JSON, and a report file."""

    check: bool = False
    json: bool = False
    report: Path | None = None


class _Rows:
    """The outcomes of the rows: counted, and written to the reports, or the first refusals shown.

    A check also shows the first rows with warnings.
    """

    def __init__(self, screen: Console, reports: Sequence[Report], *, check: bool) -> None:
        self.counts = dict.fromkeys(RowOutcome, 0)
        self.warned = 0
        self.ignored_columns: tuple[str, ...] = ()
        self.ignored_sheets: tuple[str, ...] = ()
        self._screen = screen
        self._reports = reports
        self._check = check

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def not_shown(self) -> int:
        if self._reports:
            return 0
        warned = max(0, self.warned - SHOWN) if self._check else 0
        return warned + max(0, self.counts[RowOutcome.REFUSED] - SHOWN)

    def take(self, row: ImportedRow) -> None:
        self.counts[row.outcome] += 1
        self.warned += bool(row.warnings)
        for report in self._reports:
            report.take(row)
        if self._reports:
            return
        if row.outcome is RowOutcome.REFUSED and self.counts[RowOutcome.REFUSED] <= SHOWN:
            place = f"row {row.row}: " if row.field else ""
            self._screen.print(f"{place}{row.reason}", soft_wrap=True)
        elif self._check and row.warnings and self.warned <= SHOWN:
            self._screen.print(f"row {row.row}: warning: {'; '.join(map(str, row.warnings))}", soft_wrap=True)


def run(
    settings: Settings,
    file: Path,
    *,
    defaults: ImportDefaults,
    mapping: Mapping[str, str],
    wanted: Wanted,
) -> int:
    """Import or check a file, print the result and return the exit code.

    0: no row was refused. 1: nothing was imported; the reason is printed. 3: some rows were refused. 130:
    stopped by Ctrl-C.
    """
    screen = Console(markup=False, highlight=False, emoji=False)
    errors = Console(markup=False, highlight=False, emoji=False, stderr=True)
    began = time.monotonic()
    json = JsonReport(sys.stdout) if wanted.json else None
    with file.open("rb") as stream, report_to(wanted.report) as report, _progress(errors) as progress:
        reports = [one for one in (report, json) if one is not None]
        rows = _Rows(progress.console, reports, check=wanted.check)
        bar = _Bar(progress, file.name, rows)
        try:
            asyncio.run(_imported(settings, stream, defaults, mapping, rows, bar, check=wanted.check))
            code = SOME_REFUSED if rows.counts[RowOutcome.REFUSED] else DONE
        except (Refusal, Refusals) as error:
            progress.stop()
            for line in _reasons(error, file.name):
                errors.print(line, soft_wrap=True)
            return NOTHING_DONE
        except KeyboardInterrupt:
            code = STOPPED
    if json is not None:
        json.write(_summary(rows, check=wanted.check))
        return code
    _conclude(screen, rows, time.monotonic() - began, wanted)
    if code == STOPPED and not wanted.check:
        screen.print(
            "Stopped. Run the import again to continue: leads that already exist count as duplicates."
        )
    return code


class _Bar:
    """The progress bar of one file."""

    def __init__(self, progress: Progress, name: str, rows: _Rows) -> None:
        self._progress, self._rows = progress, rows
        self._task = progress.add_task(name, total=None, rows="0")

    def advance(self, done: int, size: int) -> None:
        self._progress.update(self._task, completed=done, total=size, rows=f"{self._rows.total:,}")


async def _imported(
    settings: Settings,
    stream: IO[bytes],
    defaults: ImportDefaults,
    mapping: Mapping[str, str],
    rows: _Rows,
    bar: _Bar,
    *,
    check: bool,
) -> None:
    async with orm(settings):
        found = await import_leads(
            Viewer(roles=frozenset({Role.OPERATOR})),  # anybody who can run commands on this machine is staff
            stream,
            defaults=defaults,
            mapping=mapping,
            on_row=rows.take,
            on_progress=bar.advance,
            check=check,
        )
    rows.ignored_columns, rows.ignored_sheets = found.ignored_columns, found.ignored_sheets


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rows]} rows"),
        TimeRemainingColumn(),
        console=console,
    )


def _summary(rows: _Rows, *, check: bool) -> Mapping[str, object]:
    return {
        "check": check,
        "total": rows.total,
        "created": rows.counts[RowOutcome.CREATED],
        "duplicates": rows.counts[RowOutcome.DUPLICATE],
        "refused": rows.counts[RowOutcome.REFUSED],
        "warned": rows.warned,
        "ignoredColumns": rows.ignored_columns,
        "ignoredSheets": rows.ignored_sheets,
    }


def _conclude(screen: Console, rows: _Rows, seconds: float, wanted: Wanted) -> None:
    if rows.not_shown:
        screen.print(f"... and {rows.not_shown:,} more; use --report FILE to get the outcome of every row.")
    if rows.ignored_columns:
        screen.print(f"Ignored columns: {', '.join(rows.ignored_columns)}", soft_wrap=True)
    if rows.ignored_sheets:
        screen.print(f"Ignored sheets: {', '.join(rows.ignored_sheets)}", soft_wrap=True)
    table = Table(title_justify="left")
    table.add_column("rows", justify="right")
    table.add_column("outcome")
    for outcome, count in rows.counts.items():
        table.add_row(f"{count:,}", (_CHECKED if wanted.check else _WORDS)[outcome])
    table.add_section()
    table.add_row(f"{rows.total:,}", f"in total, {rows.warned:,} with warnings")
    screen.print(table)
    screen.print(
        f"{rows.total:,} rows in {seconds:.1f} s, {rows.total / max(seconds, 0.001):,.0f} per second"
    )
    if wanted.check:
        screen.print("Nothing was imported: this was a check.")
    if wanted.report is not None:
        screen.print(f"Outcome of every row: {wanted.report}", soft_wrap=True)


def _reasons(error: Refusal | Refusals, name: str) -> list[str]:
    """Return one line per refusal, with the option's name instead of the field's."""
    lines = []
    for refusal in error.refusals if isinstance(error, Refusals) else [error]:
        field = refusal.field[0] if refusal.field else ""
        option = {"file": name, "mapping": "--map"}.get(
            field, "--" + re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", field)
        )
        text = refusal.message.removeprefix(f"{field}: ")
        lines.append(f"{option}: {text}" if field else text)
    return lines
