"""Keeps different programs running together: starts, restarts with back-off, clean shutdown."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from supervision.process import spawn

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_SECONDS = 15.0  # for programs to finish their work
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # between restarts, doubling
CALM_SECONDS = 60.0  # after running this long, a program restarts with the first pause
TICK_SECONDS = 0.1
REVIVE_SECONDS = 1.0


class Stopped(BaseException):
    """A signal to stop was received; a BaseException, so that error handlers do not catch it."""


@dataclass
class Program:
    """One program to keep running."""

    name: str
    command: Sequence[str]
    restart: bool  # otherwise all programs stop when it exits
    child: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started_at: float = field(default=0.0)
    start_at: float = 0.0  # not before

    def start(self, env: Mapping[str, str]) -> None:
        """Start the program, which is killed when this process dies."""
        # SIGKILL, because even a hung program must not outlive this process; its work is transactional.
        self.child = spawn(self.command, death_signal=signal.SIGKILL, env=env)
        self.started_at = time.monotonic()


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal to stop into `Stopped`; later signals do not interrupt the shutdown."""
    asked = False

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if not asked:
            asked = True
            raise Stopped(number)

    before = {number: signal.signal(number, handle) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def supervise(
    programs: Sequence[Program],
    *,
    env: Mapping[str, str],
    revive: Callable[[], list[str]],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
    say: Callable[[str], None],
) -> int:
    """Keep programs running until one that is not restarted exits; its exit code.

    `revive` restarts what else has to run and returns the names. Raises `Stopped` within `stoppable()`. In
    either case, all programs have ended by then.
    """
    ready = False
    revive_at = 0.0
    try:
        while True:
            now = time.monotonic()
            for program in programs:
                if program.child is None:
                    if now >= program.start_at:
                        program.start(env)
                elif (code := program.child.poll()) is not None:
                    if not program.restart:
                        say(f"The {program.name} exited with code {code}.")
                        return code if code > 0 else 1
                    _postpone(program, code, now, say)
            if now >= revive_at:
                for name in revive():
                    say(f"{name} exited unexpectedly and was restarted.")
                revive_at = time.monotonic() + REVIVE_SECONDS
            if not ready and is_ready():
                ready = True
                on_ready()
            time.sleep(TICK_SECONDS)
    finally:
        stop_all([program.child for program in programs if program.child is not None])


def stop_all(children: Sequence[subprocess.Popen[bytes]], seconds: float = STOP_SECONDS) -> None:
    """Terminate all children at the same time, and kill those that do not exit in time."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _postpone(program: Program, code: int, now: float, say: Callable[[str], None]) -> None:
    if now - program.started_at >= CALM_SECONDS:
        program.pause = FIRST_PAUSE
    say(f"The {program.name} exited with code {code}; restarting in {program.pause:g} s.")
    program.child = None
    program.start_at = now + program.pause
    program.pause = min(program.pause * 2, LONGEST_PAUSE)
