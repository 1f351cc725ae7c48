"""Several processes of one program: kept running, and replaced one after the other without a gap.

A process says through a pipe that it is ready. SIGHUP replaces each by a new one, which runs the code that is
on disk then: the new one first gets ready, then the old one is asked to end. SIGTERM and SIGINT end all.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from types import FrameType

import structlog

from supervision.process import spawn
from supervision.programs import (
    CALM_SECONDS,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    REVIVE_SECONDS,
    STOP_SECONDS,
    TICK_SECONDS,
    stop_all,
)

READY_SECONDS = 120.0  # for a new process to get ready, before the old one is retained
_READY = b"1"
_END_SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = structlog.get_logger(__name__)


def say_ready(pipe: int) -> None:
    """Tell the parent, through the pipe that it gave this process, that this process is ready."""
    with contextlib.suppress(BrokenPipeError):  # the parent has ended, and this process is about to
        os.write(pipe, _READY)
    os.close(pipe)


@dataclass(frozen=True)
class Kind:
    """What the processes run, and how one of them is asked to make room for its replacement."""

    name: str
    # The command, for the number of the pipe's end and whether the process replaces one that works.
    command: Callable[[int, bool], Sequence[str]]
    files: Sequence[int] = ()  # open files that the processes inherit, such as sockets
    replaced: signal.Signals = signal.SIGTERM
    stop_seconds: float = STOP_SECONDS
    ended: Callable[[int], None] = lambda _: None  # called with the pid of a process that has ended


class _State(Enum):
    STARTING = auto()
    READY = auto()
    ENDED = auto()


class _Process:
    """One process and its pipe."""

    def __init__(self, kind: Kind, env: Mapping[str, str], *, replaces: bool) -> None:
        self._name = kind.name
        ours, theirs = os.pipe()
        try:
            os.set_blocking(ours, False)
            command = kind.command(theirs, replaces)
            self.child = spawn(command, death_signal=signal.SIGKILL, env=env, files=[*kind.files, theirs])
        except BaseException:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        self._pipe: int | None = ours
        self.was_ready = False
        self.started_at = time.monotonic()

    def state(self) -> _State:
        """Return the state, and note whether the process was ever ready."""
        ended = self.child.poll() is not None
        if self._pipe is not None:
            with contextlib.suppress(BlockingIOError):
                self.was_ready = os.read(self._pipe, 1) == _READY
                self.close()
                if self.was_ready:
                    _log.info("process_ready", program=self._name, pid=self.child.pid)
        if ended:
            return _State.ENDED
        return _State.READY if self.was_ready else _State.STARTING

    def close(self) -> None:
        """Close this process's end of the pipe."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


@dataclass
class _Place:
    """The place of one process, and what goes on there during a replacement."""

    current: _Process | None = None
    following: _Process | None = None
    leaving: _Process | None = None
    leave_by: float = 0.0
    start_at: float = 0.0  # not before
    pause: float = field(default=FIRST_PAUSE)

    def all(self) -> list[_Process]:
        """Return every process of this place."""
        return [one for one in (self.current, self.following, self.leaving) if one is not None]


class Processes:
    """Keeps `count` processes running."""

    def __init__(self, kind: Kind, count: int, env: Mapping[str, str]) -> None:
        """Start nothing yet."""
        self._kind = kind
        self._env = env
        self._places = [_Place() for _ in range(count)]
        self._ever_ready = False
        self._ends = 0  # signals to end
        self._replace_all = False
        self._to_replace: list[_Place] = []

    def run(self, revive: Callable[[], object] = list) -> int:
        """Keep the processes running until SIGTERM or SIGINT, then return 0 when all have ended.

        `revive`, which restarts what they need, is called once a second. If a process ends before any was
        ever ready, the start has failed: the others end, and its exit code is returned.
        """
        revive_at = time.monotonic() + REVIVE_SECONDS
        with self._signals():
            try:
                while not self._ends:
                    for place in self._places:
                        code = self._look_after(place)
                        if code is not None:
                            return code
                    self._go_on_replacing()
                    if time.monotonic() >= revive_at:
                        revive()
                        revive_at = time.monotonic() + REVIVE_SECONDS
                    time.sleep(TICK_SECONDS)
                return 0
            finally:
                self._end_all()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Note signals instead of raising: that could lose a process that has just been started."""

        def end(_number: int, _frame: FrameType | None) -> None:
            self._ends += 1

        def replace(_number: int, _frame: FrameType | None) -> None:
            self._replace_all = True

        before = {number: signal.signal(number, end) for number in _END_SIGNALS}
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, replace)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _all(self) -> list[_Process]:
        return [one for place in self._places for one in place.all()]

    def _look_after(self, place: _Place) -> int | None:
        """Start what is missing at a place; return an exit code if everything has to end."""
        now = time.monotonic()
        if place.current is None:
            if place.following is None and now >= place.start_at:
                place.current = self._start(replaces=False)
            return None
        state = place.current.state()
        if state is not _State.ENDED:
            return None
        for one in self._all():
            one.state()  # another may have got ready since it was last looked after
            self._ever_ready = self._ever_ready or one.was_ready
        ended, place.current = place.current, None
        code = ended.child.returncode
        self._kind.ended(ended.child.pid)
        if not self._ever_ready:
            _log.error("process_failed", program=self._kind.name, pid=ended.child.pid, code=code)
            return code if code > 0 else 1
        if now - ended.started_at >= CALM_SECONDS:
            place.pause = FIRST_PAUSE
        _log.warning(
            "process_ended", program=self._kind.name, pid=ended.child.pid, code=code, again_in=place.pause
        )
        place.start_at = now + place.pause
        place.pause = min(place.pause * 2, LONGEST_PAUSE)
        return None

    def _start(self, *, replaces: bool) -> _Process:
        process = _Process(self._kind, self._env, replaces=replaces)
        _log.info("process_started", program=self._kind.name, pid=process.child.pid, replaces=replaces)
        return process

    def _go_on_replacing(self) -> None:
        """Take the next step of the replacement: one place at a time."""
        if not self._to_replace:
            if not self._replace_all:
                return
            self._replace_all = False
            self._to_replace = list(self._places)
        place = self._to_replace[0]
        if place.leaving is not None:
            self._await_leaving(place, place.leaving)
        elif place.following is not None:
            self._await_following(place, place.following)
        else:
            place.following = self._start(replaces=place.current is not None)

    def _await_following(self, place: _Place, new: _Process) -> None:
        state = new.state()
        if state is _State.STARTING and time.monotonic() - new.started_at < READY_SECONDS:
            return
        place.following = None
        if state is not _State.READY:
            stop_all([new.child], self._kind.stop_seconds)
            new.close()
            self._kind.ended(new.child.pid)
            # Whatever is wrong with the new one is wrong with the next as well.
            self._to_replace = []
            _log.error("replacement_failed", program=self._kind.name, code=new.child.returncode)
            return
        self._ever_ready = True
        place.leaving, place.current = place.current, new
        place.leave_by = time.monotonic() + self._kind.stop_seconds
        if place.leaving is None:
            self._to_replace.pop(0)
        else:
            place.leaving.child.send_signal(self._kind.replaced)

    def _await_leaving(self, place: _Place, old: _Process) -> None:
        if old.state() is not _State.ENDED:
            if time.monotonic() < place.leave_by:
                return
            old.child.kill()
            old.child.wait()
            old.close()
        place.leaving = None
        self._kind.ended(old.child.pid)
        self._to_replace.pop(0)
        _log.info("process_replaced", program=self._kind.name, pid=old.child.pid)
        if not self._to_replace:
            _log.info("all_replaced", program=self._kind.name)

    def _end_all(self) -> None:
        """End all processes; a second signal to this process is passed on to those that are still running."""
        running = self._all()
        for one in running:
            if one.child.poll() is None:
                one.child.terminate()
        passed_on = self._ends
        deadline = time.monotonic() + self._kind.stop_seconds
        while any(one.child.poll() is None for one in running) and time.monotonic() < deadline:
            if self._ends > passed_on:
                passed_on = self._ends
                for one in running:
                    if one.child.poll() is None:
                        one.child.terminate()
            time.sleep(TICK_SECONDS)
        stop_all([one.child for one in running], 0.0)
        for one in running:
            one.close()


def cores() -> int:
    """Return the number of processor cores that this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
