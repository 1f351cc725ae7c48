"""A process that starts the services, and waiting for conditions. Does not import the application."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEADLINE_SECONDS = 120.0
HOLDER = """
import sys, signal
from pathlib import Path
import embedded
with embedded.start(Path(sys.argv[1]), durable=sys.argv[2] == "durable") as services:
    print(*services.pids.values(), flush=True)
    signal.pause()
"""


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Poll until the condition holds; fail with `what` when it does not in time."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits for its parent to notice its end does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def user_of(pid: int) -> int:
    """The process's user."""
    return Path(f"/proc/{pid}").stat().st_uid


def program_of(pid: int) -> Path:
    """The process's command line."""
    return Path(f"/proc/{pid}/exe").readlink()


@contextmanager
def holder(var_dir: Path, kind: str = "forgetful") -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Another process that has started services, and the pids of these."""
    command = [sys.executable, "-c", HOLDER, str(var_dir), kind]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield process, [int(word) for word in process.stdout.readline().split()]
        finally:
            process.kill()
