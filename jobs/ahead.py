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
        """Begin with none; `monotonic` measures how long attempts take and the age of what waits."""
        self._monotonic = monotonic
        self._waiting: deque[tuple[Claimed, float]] = deque()  # with the instant when it was claimed
        self._lanes = channel.lanes
        self._wanted = channel.lanes * SPARE
        self._most = max(MOST, self._wanted)
        # About each that a killed worker leaves in doubt, begun or not, the provider is asked; if it can't, a
        # person has to decide.
        if channel.charged:
            self._most = self._wanted = self._wanted if channel.repeatable else 0
        self._busy, self._counted_at = 0, monotonic()
        self._busy_seconds, self._ended = 0.0, 0  # of all lanes, since the last claim

    def __len__(self) -> int:
        return len(self._waiting)

    def count_ended(self, attempts: int) -> None:
        """Count attempts that have ended and free their lanes."""
        self._count_seconds()
        self._busy -= attempts
        self._ended += attempts

    def room(self, idle: int) -> int:
        """Return how many dispatches to claim now, for these idle lanes and the time until the next claim."""
        if idle == 0 and 2 * len(self._waiting) > self._wanted:
            return 0
        return max(0, idle + self._wanted - len(self._waiting))

    def begin_claim(self) -> None:
        """Choose the size of the next claim by how long attempts have taken since the last one.

        It at most doubles, so that a few quick refusals don't claim much from a slow provider.
        """
        self._count_seconds()
        if not self._busy_seconds:
            return
        pace = self._lanes * max(self._ended, 1) / self._busy_seconds  # if no lane ever waited
        most = min(self._most, 2 * max(self._wanted, self._lanes)) if self._ended else self._wanted
        self._wanted = min(most, int(pace * SECONDS))
        self._busy_seconds, self._ended = 0.0, 0

    def _count_seconds(self) -> None:
        now = self._monotonic()
        self._busy_seconds += self._busy * (now - self._counted_at)
        self._counted_at = now

    def add(self, claimed: Sequence[Claimed]) -> None:
        """Let these wait for a lane."""
        now = self._monotonic()
        self._waiting.extend((one, now) for one in claimed)

    def take(self) -> Claimed:
        """Return the one that has waited longest, for a lane that begins with it now."""
        self._count_seconds()
        self._busy += 1
        return self._waiting.popleft()[0]

    def take_stale(self) -> list[Claimed]:
        """Return those that have waited too long: they are claimed anew, with facts of then."""
        oldest, stale = self._monotonic() - FRESH_SECONDS, []
        while self._waiting and self._waiting[0][1] < oldest:
            stale.append(self._waiting.popleft()[0])
        return stale

    def take_all(self) -> list[Claimed]:
        """Return all that wait."""
        waiting = [one for one, _ in self._waiting]
        self._waiting.clear()
        return waiting
