"""What is claimed ahead of the lanes: enough that a fast provider needs few claims, and never for long.

A claim costs about the same number of statements for one dispatch as for many. But what waits for a lane has
facts that grow old, and after a killed worker it waits for the end of its lease.
"""

from collections import deque
from collections.abc import Callable, Sequence

from models.messages.channels.channel import Channel
from models.messages.claim import FRESH_SECONDS, Claimed

SECONDS = 0.1  # of sending that wait for the lanes
MOST = 100  # dispatches that wait; or two for each lane, if that is more
SPARE = 2  # dispatches that wait for each lane before the pace is known, and at most if each costs money


class Ahead:
    """The dispatches that wait for a lane of one channel, and how many more should."""

    def __init__(self, channel: Channel, monotonic: Callable[[], float]) -> None:
        """Begin with none; `monotonic` measures the pace of sending and the age of what waits."""
        self._monotonic = monotonic
        self._waiting: deque[tuple[Claimed, float]] = deque()  # with the instant when it was claimed
        self._wanted = channel.lanes * SPARE
        self._most = max(MOST, self._wanted)
        # About each that a killed worker leaves in doubt, begun or not, the provider is asked; if it can't, a
        # person has to decide.
        if channel.charged:
            self._most = self._wanted = self._wanted if channel.repeatable else 0
        self._ended, self._since = 0, monotonic()

    def __len__(self) -> int:
        return len(self._waiting)

    def count_ended(self, attempts: int) -> None:
        """Count attempts that have ended: they are the pace."""
        self._ended += attempts

    def room(self, idle: int) -> int:
        """Return how many dispatches to claim now, for these idle lanes and the time until the next claim."""
        if idle == 0 and 2 * len(self._waiting) > self._wanted:
            return 0
        return max(0, idle + self._wanted - len(self._waiting))

    def begin_claim(self) -> None:
        """Measure the pace since the last claim, by which the size of the next one is chosen."""
        now = self._monotonic()
        passed = max(now - self._since, 0.001)
        self._wanted = min(self._most, int(self._ended / passed * SECONDS))
        self._ended, self._since = 0, now

    def add(self, claimed: Sequence[Claimed]) -> None:
        """Let these wait for a lane."""
        now = self._monotonic()
        self._waiting.extend((one, now) for one in claimed)

    def take(self) -> Claimed:
        """Return the one that has waited longest."""
        return self._waiting.popleft()[0]

    def take_stale(self) -> list[Claimed]:
        """Return those that have waited too long: they are claimed anew, with facts of then."""
        oldest, stale = self._monotonic() - FRESH_SECONDS, []
        while self._waiting and self._waiting[0][1] < oldest:
            stale.append(self.take())
        return stale

    def take_all(self) -> list[Claimed]:
        """Return all that wait."""
        return [self.take() for _ in range(len(self._waiting))]
