"""Limits of processor time for parts of a calendar, so that one part does not take the others with it.

Whether a rule ever has an occurrence is known only by trying: the 30th of February, every second, would be
looked for until the year 9999. Works in the main thread only, where signals are handled.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SECONDS = 1.0  # of one part
SECONDS_IN_ALL = 3.0  # of those that took too long
_AGAIN = 0.05  # if what was to be ended has caught the exception


class TookTooLong(BaseException):
    """A part took longer than it may; no `Exception`, because libraries catch those."""


@dataclass(slots=True)
class TimeLimit:
    """The processor time that is left for parts that take too long."""

    left: float = SECONDS_IN_ALL

    @property
    def used_up(self) -> bool:
        """Whether no further part may be tried that could take too long."""
        return self.left <= 0

    @contextmanager
    def of_one(self) -> Iterator[None]:
        """Raise TookTooLong within the block once it has taken a second of processor time."""
        limit = min(SECONDS, max(self.left, _AGAIN))
        before = signal.signal(signal.SIGVTALRM, _end)
        signal.setitimer(signal.ITIMER_VIRTUAL, limit, _AGAIN)
        try:
            yield
        except TookTooLong:
            self.left -= limit
            raise
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise TookTooLong
