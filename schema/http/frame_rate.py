"""Rate limit of WebSocket frames: a burst of frames, then a fixed number per second.

The rate is low until the client has authenticated. Frames above the rate are read later; the socket stays
open.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

_KEY = "frame_rate"


class Rate(NamedTuple):
    """A burst of frames, then a number of frames per second."""

    at_once: int
    a_second: float


OF_NOBODY = Rate(40, 2.0)
OF_SOMEBODY = Rate(500, 100.0)
FRAME = 16_384  # bytes of a decompressed message that count as one extra frame


class FrameRate:
    """The number of frames that a client may still send."""

    def __init__(self, now: Callable[[], float], of_nobody: Rate, of_somebody: Rate) -> None:
        """Start with the rate of an unauthenticated client; `now` returns seconds of a monotonic clock."""
        self._now, self._rate, self._of_somebody = now, of_nobody, of_somebody
        self._left, self._at = float(self._rate.at_once), now()

    @property
    def left(self) -> int:
        """Return how many frames may be read now."""
        now = self._now()
        self._left = min(self._rate.at_once, self._left + (now - self._at) * self._rate.a_second)
        self._at = now
        return max(0, int(self._left))

    @property
    def seconds(self) -> float:
        """Return the seconds until a frame may be read."""
        return 0.0 if self.left else (1 - self._left) / self._rate.a_second

    def spend(self, frames: int) -> None:
        """Count frames that were read; a large message may cost more than is left."""
        self._left -= frames

    def widen(self) -> None:
        """Restart with the rate of a signed-in user."""
        self._rate, self._at = self._of_somebody, self._now()
        self._left = float(self._rate.at_once)


def attach_frame_rate(frame_rate: FrameRate, scope: MutableMapping[str, Any]) -> None:
    """Attach the frame rate to a connection, so that its messages can change it."""
    scope[_KEY] = frame_rate


def raise_frame_rate(scope: MutableMapping[str, Any]) -> None:
    """Raise the frame rate of a socket to that of a signed-in user."""
    frame_rate = scope.get(_KEY)
    if isinstance(frame_rate, FrameRate):
        frame_rate.widen()
