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
    """Poll until the condition holds; fail with the message `what` after the time limit."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process is running; a zombie that waits for its parent does not count."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def user_of(pid: int) -> int:
    """Return the user of a process."""
    return Path(f"/proc/{pid}").stat().st_uid


def program_of(pid: int) -> Path:
    """Return the command line of a process."""
    return Path(f"/proc/{pid}/exe").readlink()


@contextmanager
def holder(var_dir: Path, kind: str = "forgetful") -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start another process that starts services; return it and the pids of the services."""
    command = [sys.executable, "-c", HOLDER, str(var_dir), kind]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield process, [int(word) for word in process.stdout.readline().split()]
        finally:
            process.kill()
