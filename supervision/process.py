"""Starts and stops child processes, which never outlive this process."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from settings.errors import ProgramError
from supervision.launch import PR_SET_PDEATHSIG

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Account:
    """A user and a group, by number."""

    uid: int
    gid: int


def tied(command: Sequence[str], death_signal: signal.Signals, account: Account | None = None) -> list[str]:
    """The command line that runs `command`, which receives `death_signal` when this process dies."""
    if threading.current_thread() is not threading.main_thread():
        # The kernel sends the signal when the *thread* that forked ends, so it must be the main thread.
        raise ProgramError("programs can only be started from the main thread")
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    head = [sys.executable, "-I", "-S", str(LAUNCHER)]
    return [*head, str(os.getpid()), str(int(death_signal)), str(uid), str(gid), *command]


def follow_parent() -> None:
    """Have this process receive SIGTERM when its parent dies: `make` may be killed with SIGKILL."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        raise ProgramError("the parent process has exited")


def run(command: Sequence[str], *, account: Account | None, env: Mapping[str, str], text: str = "") -> None:
    """Run `command` to completion with `text` as its input; if it fails, its output is the error."""
    done = subprocess.run(
        tied(command, signal.SIGKILL, account),
        input=text,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    if done.returncode != 0:
        raise ProgramError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")


def spawn(
    command: Sequence[str],
    *,
    death_signal: signal.Signals,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
    log: IO[bytes] | None = None,
    files: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` in a separate session, so that a terminal's Ctrl-C reaches only this process.

    It inherits the open files in `files`, under the same numbers.
    """
    return subprocess.Popen(
        tied(command, death_signal, account),
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        pass_fds=files,
    )


def await_answer(child: subprocess.Popen[bytes], answers: Callable[[], bool], deadline: float) -> bool:
    """Wait until `answers()`, the child exits or the deadline passes; an unresponsive child is killed."""
    try:
        while child.poll() is None and time.monotonic() < deadline:
            if answers():
                return True
            time.sleep(0.02)
    except BaseException:
        end(child)
        raise
    end(child)
    return False


def end(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> int:
    """Send each signal and wait for its time limit, then send SIGKILL; return the child's exit code."""
    for number, seconds in steps:
        if child.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    if child.poll() is None:
        child.kill()
    return child.wait()
