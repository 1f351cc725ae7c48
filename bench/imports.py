"""Benchmark of imports: employees of a company against leads, both read, checked and stored."""

import csv
import io
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from bench import environment
from bench.data import VENDOR, load_marketplace, loading, row_id
from bench.figures import Benchmark, Figure, Options, median
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.export_employees import export_employees
from models.calls.file.writing import ExportFormat
from models.calls.import_employees import import_employees
from models.calls.set_up import create_secretariat
from models.leads.file import ImportDefaults
from models.leads.import_file import ImportedRow, RowOutcome, import_leads

ROUNDS = 3
OPERATOR = Viewer(roles=frozenset({Role.OPERATOR}))
DEFAULTS = ImportDefaults(market="bench", country="DE", region="DE", category="Roofing")


async def run(options: Options) -> list[Figure]:
    """Import as many employees as leads, in turns, into another company and other leads each time."""
    rows = options.pick(9_999, 1_000)  # the company's owner is its first employee
    leads, employees, again, exports = ([0.0] * 0 for _ in range(4))
    with environment.services() as pair:
        url = await environment.make_database(pair, "imports")
        async with loading(url, leads=1) as loaded:
            await load_marketplace(loaded, leads=1, vendors=ROUNDS, now=datetime.now(UTC))
        async with environment.models_on(url):
            for number in range(1, ROUNDS + 1):
                leads.append(await _import_leads(_file(_leads(rows, number)), rows))
                secretariat = await _open_secretariat(number)
                file = _file(_employees(rows, number))
                employees.append(await _import_employees(secretariat, file, rows))
                again.append(await _import_employees(secretariat, file, rows))
                exports.append(await _export(secretariat))
    ratio = median([theirs / ours for theirs, ours in zip(leads, employees, strict=True)])
    return [
        Figure("employees relative to leads, rows per second", ratio, "times", least=1.0),
        Figure("employees imported", rows / median(employees), "rows per second"),
        Figure("leads imported", rows / median(leads), "rows per second"),
        Figure("the same employees again, unchanged", rows / median(again), "rows per second"),
        Figure("employees exported as CSV", rows / median(exports), "rows per second"),
    ]


async def _open_secretariat(number: int) -> UUID:
    return await create_secretariat(
        OPERATOR,
        account_id=row_id(VENDOR, number),
        transfer_included=True,
        phone_numbers=[],
        number_blocks=[],
        language="de",
        time_zone="Europe/Berlin",
        holidays_of_place="DE",
        idempotency_key=f"bench-{number}",
    )


async def _import_leads(file: bytes, rows: int) -> float:
    imported: list[ImportedRow] = []
    began = time.perf_counter()
    report = await import_leads(
        OPERATOR, io.BytesIO(file), defaults=DEFAULTS, mapping={}, on_row=imported.append
    )
    seconds = time.perf_counter() - began
    if report.counts[RowOutcome.CREATED] != rows:
        raise RuntimeError(f"{report.counts} of {rows} leads")
    return seconds


async def _import_employees(secretariat: UUID, file: bytes, rows: int) -> float:
    began = time.perf_counter()
    done = await import_employees(OPERATOR, io.BytesIO(file), secretariat_id=secretariat)
    seconds = time.perf_counter() - began
    if not done.written or len(done.rows) != rows:
        raise RuntimeError(f"{len(done.problems)} of {rows} employees were refused")
    return seconds


async def _export(secretariat: UUID) -> float:
    began = time.perf_counter()
    await export_employees(OPERATOR, secretariat_id=secretariat, format_=ExportFormat.CSV, most_stored=10**9)
    return time.perf_counter() - began


def _leads(rows: int, number: int) -> Iterator[Sequence[str]]:
    yield "Id", "Name", "Email", "Phone", "Company", "Notes", "City"
    for at in range(rows):
        yield (
            f"{number}-{at}",
            f"Person{at} Fake",
            f"person{at}.{number}@prospect.example",
            f"+49170{number}{at:06}",
            "Fake Example GmbH",
            "Shelves for a room of books, in oak",
            "Bonn",
        )


def _employees(rows: int, number: int) -> Iterator[Sequence[str]]:
    yield "Vorname", "Nachname", "E-Mail", "Position", "Durchwahl", "Durchstellen", "Mobilnummer", "Vertreter"
    for at in range(rows):
        yield (
            f"Person{at}",
            "Fake",
            f"person{at}.{number}@vendor.example",
            "Einkauf",
            f"+493023125{at % 1000:03}",
            "alle",
            f"+49170{number}{at:06}",
            f"person{at - 1}.{number}@vendor.example" if at else "",
        )


def _file(rows: Iterator[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


BENCHMARK = Benchmark(
    "imports",
    "Imports",
    "10,000 employees of a company and 10,000 leads with as many columns, each from a CSV file of new rows: "
    "read, checked and stored, in turns. The same employees once more, and their export.",
    run,
)
