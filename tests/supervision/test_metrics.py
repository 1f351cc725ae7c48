"""Metrics of several processes of one parent: what is counted goes on where an ended process stopped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from supervision.metrics import VARIABLE, folder_for_processes, forget_ended, registry_of

ROOT = Path(__file__).parents[2]
# Counts one, and ends when its input does.
PROGRAM = """
import sys
from supervision.metrics import claim_place
claim_place()
from prometheus_client import Counter, Gauge
Counter("worked", "Counted.").inc()
Gauge("running", "Running.", multiprocess_mode="livesum").set(1)
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of a parent."""
    with folder_for_processes(tmp_path) as made:
        yield made


def begin(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a process that has counted one."""
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, VARIABLE: str(folder), "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"counted\n"
    return child


def end(child: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Kill a process, as its parent notices it."""
    child.kill()
    child.communicate()
    forget_ended(folder)


def shown(folder: Path) -> dict[str, float]:
    """Return the values of all processes together."""
    lines = generate_latest(registry_of(folder)).decode().splitlines()
    return {
        name: float(value) for name, value in (line.split() for line in lines if not line.startswith("#"))
    }


def test_processes_at_the_same_time_add_up(folder: Path) -> None:
    first, second = begin(folder), begin(folder)
    assert shown(folder) == {"worked_total": 2.0, "running": 2.0}
    end(first, folder)
    assert shown(folder) == {"worked_total": 2.0, "running": 1.0}
    end(second, folder)


def test_a_process_goes_on_with_the_files_of_one_that_has_ended(folder: Path) -> None:
    """However often processes are replaced, there are no more files than processes at the same time."""
    other, files = begin(folder), 0
    for number in range(1, 4):
        child = begin(folder)
        files = files or len(list(folder.iterdir()))
        assert shown(folder) == {"worked_total": number + 1.0, "running": 2.0}
        assert len(list(folder.iterdir())) == files
        end(child, folder)
    end(other, folder)
    assert shown(folder) == {"worked_total": 4.0}


def test_an_ended_process_whose_parent_has_not_noticed_is_not_counted_twice(folder: Path) -> None:
    child = begin(folder)
    child.kill()
    child.communicate()
    child = begin(folder)
    assert shown(folder) == {"worked_total": 2.0, "running": 1.0}
    end(child, folder)
