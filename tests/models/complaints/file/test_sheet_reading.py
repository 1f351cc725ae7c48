"""The process that reads a workbook ends with its request, and at its time limit."""

import asyncio
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from models.complaints.file import read_filled_file
from models.tabular import sheet_reading
from models.tabular.errors import TableError
from models.tabular.sheet_process import CPU_SECONDS, MEMORY, NICENESS
from tests.models.complaints.file.books import HEADINGS, workbook
from tests.models.complaints.file.slow_sheets import SlowSheets

CONTENT = workbook([HEADINGS, ("RG1", "1", "x")])


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowSheets:
    """A reader that waits until it is released."""
    sheets = SlowSheets(tmp_path)
    monkeypatch.setattr(sheet_reading, "PROGRAM", sheets.program)
    return sheets


async def test_a_cancelled_reading_leaves_no_process(slow: SlowSheets) -> None:
    """Neither a running process nor a zombie."""
    reading = asyncio.create_task(read_filled_file(CONTENT, "a.xlsx"))
    await slow.wait_until_begun(1)
    assert slow.left() == slow.begun()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert slow.left() == []


async def test_a_reading_that_takes_too_long_is_ended(
    slow: SlowSheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the wall clock: a waiting process uses no CPU."""
    monkeypatch.setattr(sheet_reading, "SECONDS", 0.5)
    with pytest.raises(TableError, match=r"takes more than 0\.5 s to read; copy its rows"):
        await read_filled_file(CONTENT, "a.xlsx")
    assert slow.left() == []


async def test_a_process_that_dies_immediately_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had read nothing of a workbook larger than a pipe's buffer."""
    program = tmp_path / "dies.py"
    program.write_text("import os; os._exit(1)")
    monkeypatch.setattr(sheet_reading, "PROGRAM", program)
    large = workbook([HEADINGS, *(("RG1", "1", f"{at} " * 20) for at in range(5_000))])
    with pytest.raises(TableError, match="cannot be read"):
        await read_filled_file(large, "a.xlsx")


async def test_a_line_longer_than_a_chunk_is_read_whole() -> None:
    long = "x" * 4_000
    row = ["RG1", "1", "x"] + [long] * 50
    found = await read_filled_file(workbook([HEADINGS, row, ("RG2", "1", "y")]), "a.xlsx")
    assert [draft.delivery_id for draft in found.rows] == ["RG1", "RG2"]


async def test_the_ids_of_all_rows_are_returned_claimed_or_not() -> None:
    """Anyone who opens the file sees the contacts of all rows."""
    rows = [("RG1", "1", "x"), ("RG2", "", ""), ("RG3", "nonsense", ""), ("", "", ""), ("RG1", "1", "y")]
    for content, name in (
        (workbook([HEADINGS, *rows]), "a.xlsx"),
        ("\n".join(",".join(row) for row in [HEADINGS, *rows]).encode(), "a.csv"),
    ):
        assert list((await read_filled_file(content, name)).named) == ["RG1", "RG2", "RG3"]


def test_the_process_limits_its_memory_cpu_time_and_priority() -> None:
    program = (
        "import os, resource\n"
        "from models.tabular.sheet_process import limit_process\n"
        "before = os.nice(0)\n"
        "limit_process()\n"
        "limits = [resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE]\n"
        "print(*(resource.getrlimit(one)[0] for one in limits), os.nice(0) - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    core = min(0, resource.getrlimit(resource.RLIMIT_CORE)[1])
    assert list(map(int, done.stdout.split())) == [MEMORY, CPU_SECONDS, 0, max(core, 0), NICENESS]
