"""Several processes of one program: kept running, replaced one after the other, ended together."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from settings.errors import FolderError
from supervision.metrics import folder_for_processes
from tests.embedded.support import ROOT, alive, wait_until

# Each process says that it is ready, notes itself as `<pid>.started`, and each signal as `<pid>.<number>`.
# The file `broken` makes processes end at their start; `deaf` makes them ignore the signals.
PROGRAM = """
import os, pathlib, signal, sys, time
folder, pipe = pathlib.Path(sys.argv[1]), int(sys.argv[2])
mark = lambda name: (folder / f"{os.getpid()}.{name}").touch()
if (folder / "broken").exists():
    mark("failed")
    sys.exit(7)
def end(number, frame):
    mark(number)
    if not (folder / "deaf").exists():
        sys.exit(0)
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, end)
if not (folder / "slow").exists():
    os.write(pipe, b"1")
os.close(pipe)
mark("started")
while True:
    time.sleep(60)
"""
PARENT = f"""
import os, signal, sys
from supervision.processes import Kind, Processes
folder, count = sys.argv[1:]
program = {PROGRAM!r}
kind = Kind("program", lambda pipe, replaces: [sys.executable, "-c", program, folder, str(pipe)],
            replaced=signal.SIGHUP, stop_seconds=float(os.environ.get("STOP_SECONDS", "60")))
sys.exit(Processes(kind, int(count), os.environ).run())
"""


@contextmanager
def parent(folder: Path, count: int = 2, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a parent with its processes."""
    command = [sys.executable, "-c", PARENT, str(folder), str(count)]
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(command, env=given) as process:
        try:
            yield process
        finally:
            process.kill()


def noted(folder: Path, name: str) -> list[int]:
    """Return the processes that noted this."""
    return [int(path.stem) for path in folder.glob(f"*.{name}")]


def running(folder: Path, count: int, other_than: list[int] | None = None) -> list[int]:
    """Wait until this many processes run that are not among the others, and no more; return their pids."""

    def found() -> list[int]:
        return [pid for pid in noted(folder, "started") if alive(pid)]

    wait_until(
        lambda: len(found()) == count and not set(found()) & set(other_than or []), f"{count} processes run"
    )
    return found()


def test_a_signal_ends_all_and_is_not_an_error(tmp_path: Path) -> None:
    with parent(tmp_path, 3) as process:
        pids = running(tmp_path, 3)
        process.terminate()
        assert process.wait(60) == 0
    assert sorted(noted(tmp_path, "15")) == sorted(pids)
    assert not any(alive(pid) for pid in pids)


def test_a_process_that_ends_is_started_again(tmp_path: Path) -> None:
    with parent(tmp_path) as process:
        one, other = running(tmp_path, 2)
        os.kill(one, signal.SIGKILL)
        again = running(tmp_path, 2, other_than=[one])
        assert other in again
        process.terminate()
        assert process.wait(60) == 0


def test_all_are_replaced_and_each_is_told(tmp_path: Path) -> None:
    with parent(tmp_path) as process:
        before = running(tmp_path, 2)
        process.send_signal(signal.SIGHUP)
        after = running(tmp_path, 2, other_than=before)
        assert sorted(noted(tmp_path, "1")) == sorted(before)
        assert noted(tmp_path, "15") == []
        process.terminate()
        assert process.wait(60) == 0
    assert sorted(noted(tmp_path, "15")) == sorted(after)


def test_an_old_process_is_not_ended_before_the_new_one_is_ready(tmp_path: Path) -> None:
    with parent(tmp_path) as process:
        before = running(tmp_path, 2)
        (tmp_path / "slow").touch()
        process.send_signal(signal.SIGHUP)
        running(tmp_path, 3)  # never ready: it closed the pipe without a word
        assert noted(tmp_path, "1") == []
        assert all(alive(pid) for pid in before)


def test_a_replacement_that_fails_leaves_the_old_processes(tmp_path: Path) -> None:
    """After the cause is mended, the next signal replaces them."""
    with parent(tmp_path) as process:
        before = running(tmp_path, 2)
        (tmp_path / "broken").touch()
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: bool(noted(tmp_path, "failed")), "the replacement has ended")
        (tmp_path / "broken").unlink()
        assert noted(tmp_path, "1") == []
        process.send_signal(signal.SIGHUP)
        running(tmp_path, 2, other_than=before)
        assert len(noted(tmp_path, "failed")) == 1


def test_a_start_that_fails_ends_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with parent(tmp_path) as process:
        assert process.wait(60) == 7


def test_a_process_that_ignores_signals_is_killed_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "deaf").touch()
    with parent(tmp_path, 1, STOP_SECONDS="0.2") as process:
        before = running(tmp_path, 1)
        process.send_signal(signal.SIGHUP)
        after = running(tmp_path, 1, other_than=before)
        process.terminate()
        assert process.wait(60) == 0
    assert not any(alive(pid) for pid in (*before, *after))


def test_no_process_outlives_a_killed_parent(tmp_path: Path) -> None:
    (tmp_path / "deaf").touch()
    with parent(tmp_path) as process:
        pids = running(tmp_path, 2)
        process.kill()
        wait_until(lambda: not any(alive(pid) for pid in pids), "the processes ended")


def test_the_metrics_of_a_killed_parent_are_deleted_and_those_of_a_running_one_kept(tmp_path: Path) -> None:
    left = tmp_path / "metrics" / "left"
    left.mkdir(parents=True)
    (left / "counter_1.db").touch()
    with folder_for_processes(tmp_path) as one:
        assert not left.exists()
        with folder_for_processes(tmp_path) as other:
            assert {one, other} == set((tmp_path / "metrics").iterdir())
    assert list((tmp_path / "metrics").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "metrics").touch()
    with pytest.raises(FolderError, match="VAR_DIR: cannot store metrics"), folder_for_processes(tmp_path):
        pass


@pytest.mark.parametrize("count", [1, 3])
def test_signals_during_a_replacement_end_everything(tmp_path: Path, count: int) -> None:
    with parent(tmp_path, count) as process:
        before = running(tmp_path, count)
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: len(noted(tmp_path, "started")) > count, "a replacement has started")
        process.terminate()
        assert process.wait(60) == 0
        assert not any(alive(pid) for pid in [*before, *noted(tmp_path, "started")])
