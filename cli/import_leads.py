"""Import of a file by `leadgate import`, with a progress bar, a report of rows and the counts."""

import asyncio
import contextlib
import csv
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli.connect import orm
from models.base.refusal import Refusal, Refusals
from models.base.role import Role
from models.base.viewer import Viewer
from models.leads.file import ImportDefaults
from models.leads.import_file import ImportedRow, RowOutcome, import_leads
from models.tabular.formulas import neutralise, storable
from schema.graphql.ids import write_id
from settings import Settings
from settings.errors import FixableError

DONE, NOTHING_DONE, SOME_REFUSED, STOPPED = 0, 1, 3, 130
SHOWN = 20
_WORDS = {
    RowOutcome.CREATED: "created",
    RowOutcome.DUPLICATE: "duplicates of existing leads",
    RowOutcome.REFUSED: "refused",
}
_HEADER = ("row", "outcome", "field", "column", "reason", "lead", "warnings")


class ReportError(FixableError):
    """The report cannot be written to this path."""

    exit_code = NOTHING_DONE


class _Writer(Protocol):
    def writerow(self, row: list[object], /) -> object: ...


class _Rows:
    """The outcomes of the rows: counted, and written to the report, or the first refusals shown."""

    def __init__(self, screen: Console, report: _Writer | None) -> None:
        self.counts = dict.fromkeys(RowOutcome, 0)
        self.warned = 0
        self.ignored: tuple[str, ...] = ()
        self._screen = screen
        self._report = report

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def not_shown(self) -> int:
        return 0 if self._report else max(0, self.counts[RowOutcome.REFUSED] - SHOWN)

    def take(self, row: ImportedRow) -> None:
        self.counts[row.outcome] += 1
        self.warned += bool(row.warnings)
        if self._report is not None:
            lead = write_id("Lead", row.lead_id) if row.lead_id else ""
            texts = (row.field or "", row.column or "", row.reason or "", lead, "; ".join(row.warnings))
            self._report.writerow(
                [row.row, row.outcome.value, *(neutralise(storable(text)) for text in texts)]
            )
        elif row.outcome is RowOutcome.REFUSED and self.counts[RowOutcome.REFUSED] <= SHOWN:
            place = f"row {row.row}: " if row.field else ""
            self._screen.print(f"{place}{row.reason}", soft_wrap=True)


def run(
    settings: Settings,
    file: Path,
    *,
    defaults: ImportDefaults,
    mapping: Mapping[str, str],
    report: Path | None,
) -> int:
    """Import a file, print the result and return the exit code.

    0: no row was refused. 1: nothing was imported; the reason is printed. 3: some rows were refused. 130:
    stopped by Ctrl-C.
    """
    screen = Console(markup=False, highlight=False, emoji=False)
    errors = Console(markup=False, highlight=False, emoji=False, stderr=True)
    began = time.monotonic()
    with file.open("rb") as stream, _report(report) as writer, _progress(errors) as progress:
        rows = _Rows(progress.console, writer)
        try:
            asyncio.run(_imported(settings, stream, file.name, defaults, mapping, rows, progress))
            code = SOME_REFUSED if rows.counts[RowOutcome.REFUSED] else DONE
        except (Refusal, Refusals) as error:
            progress.stop()
            for line in _reasons(error, file.name):
                errors.print(line, soft_wrap=True)
            return NOTHING_DONE
        except KeyboardInterrupt:
            code = STOPPED
    _conclude(screen, rows, time.monotonic() - began, report)
    if code == STOPPED:
        screen.print(
            "Stopped. Run the import again to continue: leads that already exist count as duplicates."
        )
    return code


async def _imported(
    settings: Settings,
    stream: IO[bytes],
    name: str,
    defaults: ImportDefaults,
    mapping: Mapping[str, str],
    rows: _Rows,
    progress: Progress,
) -> None:
    bar = progress.add_task(name, total=None, rows="0")

    def advance(done: int, size: int) -> None:
        progress.update(bar, completed=done, total=size, rows=f"{rows.total:,}")

    async with orm(settings):
        found = await import_leads(
            Viewer(roles=frozenset({Role.OPERATOR})),  # anybody who can run commands on this machine is staff
            stream,
            defaults=defaults,
            mapping=mapping,
            on_row=rows.take,
            on_progress=advance,
        )
    rows.ignored = found.ignored_columns


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rows]} rows"),
        TimeRemainingColumn(),
        console=console,
    )


@contextlib.contextmanager
def _report(path: Path | None) -> Iterator[_Writer | None]:
    if path is None:
        yield None
        return
    try:
        stream = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise ReportError(f"--report: {path}: {error.strerror}") from error
    with stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        yield writer


def _conclude(screen: Console, rows: _Rows, seconds: float, report: Path | None) -> None:
    if rows.not_shown:
        screen.print(f"... and {rows.not_shown:,} more; use --report FILE to get the outcome of every row.")
    if rows.ignored:
        screen.print(f"Ignored columns: {', '.join(rows.ignored)}", soft_wrap=True)
    table = Table(title_justify="left")
    table.add_column("rows", justify="right")
    table.add_column("outcome")
    for outcome, count in rows.counts.items():
        table.add_row(f"{count:,}", _WORDS[outcome])
    table.add_section()
    table.add_row(f"{rows.total:,}", f"in total, {rows.warned:,} with warnings")
    screen.print(table)
    screen.print(
        f"{rows.total:,} rows in {seconds:.1f} s, {rows.total / max(seconds, 0.001):,.0f} per second"
    )
    if report is not None:
        screen.print(f"Outcome of every row: {report}", soft_wrap=True)


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
