"""Child processes by name: started with a log of their own, and ended by their pid."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from supervision.process import Account, end, spawn

STOP_SECONDS = 20.0


class Processes:
    """The processes of one installation. None outlives this process, even if it is killed."""

    def __init__(self, logs: Path, account: Account | None) -> None:
        """Take the folder for the logs, and the user that engines run as."""
        self._logs, self._account = logs, account
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(mode=0o700)

    def start(
        self, name: str, command: Sequence[str | Path], environment: Mapping[str, str], *, engine: bool = True
    ) -> None:
        """Start a program; an engine runs as the unprivileged user, and the product as this one."""
        with self.log(name).open("ab") as log:
            self._children[name] = spawn(
                [str(word) for word in command],
                death_signal=signal.SIGTERM,
                account=self._account if engine else None,
                env=environment,
                log=log,
            )

    def log(self, name: str) -> Path:
        """Return the path of a program's log."""
        return self._logs / f"{name}.log"

    def pid(self, name: str) -> int:
        """Return the pid of a program that was started. Raises `RuntimeError` if it has ended."""
        child = self._children[name]
        if child.poll() is not None:
            raise RuntimeError(f"{name} ended with {child.returncode}: {self.last_words(name)}")
        return child.pid

    def check(self) -> None:
        """Raise `RuntimeError` if a program has ended by itself."""
        for name in self._children:
            self.pid(name)

    def last_words(self, name: str) -> str:
        """Return the end of a program's log."""
        return self.log(name).read_bytes()[-2_000:].decode(errors="replace")

    def kill(self, name: str) -> None:
        """End a program with SIGKILL."""
        child = self._children.pop(name)
        child.kill()
        child.wait()

    def stop(self, name: str) -> None:
        """End a program with SIGTERM, or with SIGKILL if that takes too long."""
        end(self._children.pop(name), (signal.SIGTERM, STOP_SECONDS))

    def ask_to_stop(self, name: str) -> None:
        """Send SIGTERM without waiting."""
        with contextlib.suppress(ProcessLookupError):
            self._children[name].terminate()

    def running(self, name: str) -> bool:
        """Whether a program was started and has not ended."""
        return name in self._children and self._children[name].poll() is None

    def stop_all(self) -> None:
        """End everything that is left, the last started first."""
        for child in self._children.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGCONT)
        for name in reversed(list(self._children)):
            self.stop(name)


def family(pid: int) -> list[int]:
    """Return a process and its children, as PostgreSQL has them."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [pid, *map(int, children.split())]
    return []


def send(pids: Sequence[int], number: signal.Signals) -> None:
    """Send a signal to each process that is still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def await_end(pids: Sequence[int], seconds: float) -> None:
    """Wait until processes that are not our children have ended. Raises `RuntimeError` if one does not."""
    deadline = time.monotonic() + seconds
    for pid in pids:
        while _lives(pid):
            if time.monotonic() > deadline:
                raise RuntimeError(f"process {pid} did not end within {seconds} s")
            time.sleep(0.02)


def left_in(folder: Path) -> list[int]:
    """Return the running processes that work in a folder or were started with a path in it."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and int(process.name) != os.getpid() and _lives(int(process.name)):
            with contextlib.suppress(OSError):  # it has ended, or is another user's
                words = (process / "cmdline").read_bytes().decode(errors="replace")
                if str(folder) in words or (process / "cwd").readlink().is_relative_to(folder):
                    found.append(int(process.name))
    return found


def _lives(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}
