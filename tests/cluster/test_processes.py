"""Processes of an installation: found and ended by their pid."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cluster.processes import Processes, await_end, left_in, send

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def processes(tmp_path: Path) -> Processes:
    """No process yet."""
    return Processes(tmp_path / "log", None)


def test_a_process_that_is_left_is_found(processes: Processes, tmp_path: Path) -> None:
    """A process is found by a path among its words, until it is stopped."""
    processes.start("sleeper", [*SLEEPS, tmp_path], {})
    assert left_in(tmp_path) == [processes.pid("sleeper")]
    processes.stop_all()
    assert left_in(tmp_path) == []


def test_a_frozen_process_is_stopped(processes: Processes) -> None:
    """What an event froze is ended all the same."""
    processes.start("sleeper", SLEEPS, {})
    pid = processes.pid("sleeper")
    send([pid], signal.SIGSTOP)
    processes.stop_all()
    await_end([pid], 0.0)


def test_a_process_that_ended_is_reported_with_its_last_words(processes: Processes) -> None:
    """The reason stands in the error, since the log is removed."""
    processes.start("failing", [sys.executable, "-c", "import sys; sys.exit('no such port')"], {})
    while processes.running("failing"):
        time.sleep(0.01)
    with pytest.raises(RuntimeError, match="failing ended with 1: no such port"):
        processes.check()


def test_waiting_for_a_process_that_stays_is_an_error(processes: Processes) -> None:
    """A process that does not end is not passed over."""
    processes.start("sleeper", SLEEPS, {})
    with pytest.raises(RuntimeError, match="did not end"):
        await_end([processes.pid("sleeper")], 0.0)
    processes.stop_all()
