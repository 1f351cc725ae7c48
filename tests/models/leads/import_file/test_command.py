"""`leadgate import` as a user runs it: its output, its report, its exit codes, and Ctrl-C."""

import asyncio
import csv
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from cli import app as cli
from models.base.database import connection
from models.tables import Lead
from tests.models.leads.import_file.files import SAMPLE, made, write
from tests.support.command import Command
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import Marketplace
from tests.support.spreadsheets import xlsx

ALL_ROWS = ("--market", "main", "--country", "US", "--category", "Software")


async def test_importing_the_sample_again_finds_only_duplicates(
    place: Marketplace, leadgate: Command
) -> None:
    """A progress bar on standard error, a table on standard output, exit code 0."""
    for line in ("1,000 │ created", "1,000 │ duplicates of existing leads"):
        shown = await leadgate("import", SAMPLE, *ALL_ROWS)
        assert shown.code == 0, shown.err
        assert line in shown.out
        assert "0 │ refused" in shown.out
        assert "1,000 │ in total, 433 with warnings" in shown.out
        assert "Ignored columns: Index, Lead Owner, Website, Deal Stage" in shown.out
        assert "leads-1000.csv ━" in shown.err
        assert "1,000 rows" in shown.err
        assert "katieali" not in shown.out + shown.err


async def test_at_most_twenty_refusals_are_shown_and_all_are_in_the_report(
    place: Marketplace, leadgate: Command, tmp_path: Path
) -> None:
    """With row, column and reason; a hundred thousand of them do not flood the terminal. Exit code 3."""
    path, report = write(tmp_path / "shelves.csv", 700), tmp_path / "report.csv"
    shown = await leadgate("import", path, "--market", "main", "--country", "US")
    assert shown.code == 3
    assert "row 2: Phone: is too short" in shown.err
    assert shown.err.count(": Phone: ") == 20
    assert "... and 50 more; use --report FILE to get the outcome of every row." in shown.out
    assert "630 │ created" in shown.out
    assert "70 │ refused" in shown.out
    again = await leadgate("import", path, "--market", "main", "--country", "US", "--report", report)
    assert again.code == 3
    assert ": Phone: " not in again.err + again.out
    assert f"Outcome of every row: {report}" in again.out
    with report.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["row"]) for row in rows] == list(range(2, 702))
    assert [row["outcome"] for row in rows[:3]] == ["REFUSED", "DUPLICATE", "DUPLICATE"]
    assert (rows[0]["field"], rows[0]["column"], rows[0]["lead"]) == ("phone", "Phone", "")
    assert rows[0]["reason"].startswith("Phone: is too short")
    assert rows[1]["lead"]
    assert "@" not in report.read_text(encoding="utf-8")


async def test_a_check_for_scripts(place: Marketplace, leadgate: Command, tmp_path: Path) -> None:
    """One JSON object per row and one for the file, on standard output; exit code 3; nothing changes."""
    path, report = tmp_path / "leads.xlsx", tmp_path / "report.csv"
    path.write_bytes(xlsx({"Leads": [("Name", "Phone"), ("Rita Fake", "202 555 0161"), ("Otto Fake", 12)]}))
    before = await snapshot(connection())
    shown = await leadgate("import", path, *ALL_ROWS, "--check", "--json", "--report", report)
    assert await snapshot(connection()) == before
    assert shown.code == 3, shown
    first, second, all_rows = map(json.loads, shown.out.splitlines())
    assert (first["row"], first["outcome"], first["stored"]["phone"]) == (2, "CREATED", "+12025550161")
    assert (second["row"], second["outcome"], second["field"]) == (3, "REFUSED", "phone")
    assert (all_rows["check"], all_rows["created"], all_rows["refused"]) == (True, 1, 1)
    assert len(report.read_text(encoding="utf-8").splitlines()) == 3
    assert report.stat().st_mode & 0o077 == 0


async def test_a_check_for_people(place: Marketplace, leadgate: Command) -> None:
    """The first warnings and the counts, without contact data; exit code 0."""
    before = await snapshot(connection())
    shown = await leadgate("import", SAMPLE, *ALL_ROWS, "--check")
    assert await snapshot(connection()) == before
    assert shown.code == 0, shown
    assert "1,000 │ would be created" in shown.out
    assert "Nothing was imported: this was a check." in shown.out
    assert shown.err.count(": warning: ") == 20
    assert "... and 413 more" in shown.out
    assert "katieali" not in shown.out + shown.err


async def test_names_of_columns_are_no_formulas_in_the_report(
    place: Marketplace, leadgate: Command, tmp_path: Path
) -> None:
    """The author of a list chooses its column names, and an operator opens the report in a spreadsheet."""
    path, report = tmp_path / "leads.csv", tmp_path / "report.csv"
    path.write_text("Name,=cmd()\nRita Fake,12\n", encoding="utf-8")
    shown = await leadgate("import", path, *ALL_ROWS, "--map", "=cmd()=phone", "--report", report)
    assert shown.code == 3
    assert "2,REFUSED,phone,'=cmd(),'=cmd(): is too short" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["--market", "nowhere"], ["--market: market not found."]),
        (
            [
                *("--country", "Atlantis", "--time-zone", "Mars", "--currency", "XXXX", "--fee=-1"),
                *("--origin", "x" * 101, "--title", "Call 202 555 0161"),
            ],
            [
                "--country: is not a country; write its two-letter code",
                "--time-zone: is not a time zone; write its IANA name",
                "--currency: is not a currency",
                "--fee: must be from 0 to 1000000 points",
                "--origin: is longer than 100 characters",
                "--title: contains what looks like a phone number",
            ],
        ),
        (
            ["--map", "Nope=phone", "--map", "Name=nothing"],
            [
                '--map: the file has no column "Nope"; it has: Id, Name, Email',
                '--map: "nothing" is not a field of a lead; choose one of: external_id',
            ],
        ),
        (
            ["--map", "Category=ignore", "--country", ""],
            ["--category: no column of the file contains it; map a column to it", "--country: no column of"],
        ),
        (["--report", "no/such/folder.csv"], ["--report: no/such/folder.csv: No such file or directory"]),
    ],
)
async def test_problems_of_all_rows_are_one_line_each_with_their_option(
    place: Marketplace, leadgate: Command, tmp_path: Path, words: list[str], lines: list[str]
) -> None:
    """Exit code 1, and nothing is imported."""
    before = await snapshot(connection())
    given = ["--market", "main", *([] if "--country" in words else ["--country", "US"]), *words]
    shown = await leadgate("import", write(tmp_path / "leads.csv", 30), *given)
    assert shown.code == 1, shown
    for line in lines:
        assert line in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "leads.csv: The file is empty; it needs a header and rows."),
        (b"PK\x03\x04", "leads.csv: The file is damaged or incomplete; open it in your spreadsheet program"),
        (b"\x81\xff", "leads.csv: The file is in an unsupported encoding"),
    ],
)
async def test_a_file_that_is_not_a_file_of_leads_is_reported(
    place: Marketplace, leadgate: Command, tmp_path: Path, content: bytes, line: str
) -> None:
    """Exit code 1."""
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    shown = await leadgate("import", path, *ALL_ROWS)
    assert (shown.code, shown.out) == (1, "")
    assert line in shown.err


def test_invalid_arguments_are_a_usage_error(tmp_path: Path) -> None:
    """Exit code 2, before anything is opened; the imported file itself is not accepted as the report."""
    path = write(tmp_path / "leads.csv", 3)
    for words in (
        [tmp_path / "missing.csv"],
        [tmp_path],
        [path, "--preferred-channel", "PIGEON"],
        [path, "--source", "THE_MOON"],
        [path, "--map", "Name"],
        [path, "--fee", "many"],
        [path, "--report", path],
        [],
    ):
        assert CliRunner().invoke(cli.app, ["import", *map(str, words)]).exit_code == 2, words
    assert path.read_bytes() == made(3)


async def test_every_default_reaches_the_leads(place: Marketplace, leadgate: Command, tmp_path: Path) -> None:
    """The origin separates two systems that both number from 1."""
    path = tmp_path / "leads.csv"
    path.write_text("Nummer,Wer,Tel\n1,Rita Fake-Sample,030 5550 1234\n", encoding="utf-8")
    words = (
        *("--market", "main", "--category", "Roofing", "--city", "Berlin", "--country", "DE"),
        *("--title", "{category} in {city}", "--currency", "PLN", "--fee", "7", "--source", "webinar"),
        *("--preferred-channel", "phone", "--time-zone", "Europe/Warsaw"),
        *("--map", "Nummer=external_id", "--map", "Wer=full_name"),
    )
    for origin in ("crm", "shop", "crm"):
        shown = await leadgate("import", path, *words, "--origin", origin)
        assert shown.code == 0, shown
    first, second = await Lead.filter(category="Roofing").select_related("contact")
    for lead in (first, second):
        assert (lead.title, lead.city, lead.country) == ("Roofing in Berlin", "Berlin", "DE")
        assert (lead.currency, lead.fee, lead.source) == ("PLN", 7, "WEBINAR")
        assert (lead.contact.preferred_channel, lead.contact.time_zone) == ("PHONE", "Europe/Warsaw")  # type: ignore[attr-defined]


@asynccontextmanager
async def held_up_in_the_middle(url: str) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Block an import after a few hundred rows; yield a function that returns whether it waits there."""
    holder = await asyncpg.connect(url)
    await holder.execute(
        """SELECT pg_advisory_lock(42);
           CREATE FUNCTION test_hold_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
               IF (SELECT count(*) FROM lead) > 300 THEN PERFORM pg_advisory_xact_lock_shared(42); END IF;
               RETURN NULL; END $$;
           CREATE TRIGGER test_hold_up BEFORE INSERT ON lead EXECUTE FUNCTION test_hold_up()"""
    )

    async def is_held_up() -> bool:
        waits: bool = await holder.fetchval(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"
        )
        return waits

    try:
        yield is_held_up
    finally:
        await holder.execute(
            """SELECT pg_advisory_unlock(42);
               DROP TRIGGER test_hold_up ON lead; DROP FUNCTION test_hold_up()"""
        )
        await holder.close()


async def test_ctrl_c_reports_progress_and_the_import_can_be_repeated(
    place: Marketplace, database: Database, leadgate: Command, tmp_path: Path
) -> None:
    """Exit code 130; the stored rows become duplicates."""
    path = write(tmp_path / "leads.csv", 3_000)
    async with held_up_in_the_middle(database.url) as is_held_up:
        process = await leadgate.start("import", path, "--market", "main", "--country", "US")
        async with asyncio.timeout(60):
            while not await is_held_up():  # noqa: ASYNC110 - happens in another process
                await asyncio.sleep(0.02)
        process.send_signal(signal.SIGINT)
        shown = await leadgate.end(process)
    assert shown.code == 130, shown
    assert "Stopped. Run the import again to continue" in shown.out
    assert "Traceback" not in shown.err
    stored = await Lead.all().count() - 1
    assert 0 < stored < 2_700
    again = await leadgate("import", path, "--market", "main", "--country", "US")
    assert f"{stored:,} │ duplicate" in again.out
    assert await Lead.all().count() == 2_701
