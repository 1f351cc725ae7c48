"""A time limit of a block that costs next to nothing while it is kept.

`asyncio.timeout` sets and cancels a timer of the loop for each block, and a request has several. The limits
here are watched together, by one timer for all of them, so a block ends up to `TICK_SECONDS` late.
"""

import asyncio
from contextvars import Context
from types import TracebackType

TICK_SECONDS = 0.05


class _Watch:
    """The limits that are being kept in one loop."""

    __slots__ = ("_limits", "_ticking", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._limits: dict[time_limit, float] = {}
        self._ticking = False

    def add(self, limit: "time_limit", seconds: float) -> None:
        """Watch a limit from now on."""
        self._limits[limit] = self.loop.time() + seconds
        if not self._ticking:
            self._ticking = True
            self.loop.call_later(TICK_SECONDS, self._tick, context=Context())

    def discard(self, limit: "time_limit") -> None:
        """Watch it no longer."""
        self._limits.pop(limit, None)

    def _tick(self) -> None:
        now = self.loop.time()
        for limit in [one for one, ends in self._limits.items() if ends <= now]:
            limit.end()
        self._ticking = bool(self._limits)
        if self._ticking:
            self.loop.call_later(TICK_SECONDS, self._tick, context=Context())


_latest: _Watch | None = None  # of the loop that asked last: a process has one


def _watch() -> _Watch:
    global _latest  # noqa: PLW0603 - looking it up by the loop would take longer than the rest
    loop, watch = asyncio.get_running_loop(), _latest
    if watch is None or watch.loop is not loop:
        watch = _latest = _Watch(loop)
    return watch


class time_limit:  # noqa: N801 - used as a function
    """Run the block of a task for at most so many seconds; then cancel it and raise `TimeoutError`, as
    `asyncio.timeout` does.
    """

    __slots__ = ("_cancelling", "_seconds", "_task", "_watch", "expired")

    def __init__(self, seconds: float) -> None:
        """Take the limit."""
        self._seconds = seconds
        self.expired = False

    def __enter__(self) -> "time_limit":
        self._watch = watch = _watch()
        task = asyncio.current_task(watch.loop)
        if task is None:
            raise RuntimeError("a time limit is kept by a task")
        self._task, self._cancelling = task, task.cancelling()
        watch.add(self, self._seconds)
        return self

    def end(self) -> None:
        """End the block now, as if its time were over."""
        self._watch.discard(self)
        if not self.expired:
            self.expired = True
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.discard(self)
        # Somebody else may have cancelled the task as well, who then comes first.
        if self.expired and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error
