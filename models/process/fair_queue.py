"""A bounded queue for a few slots: first come, first served within a group, round-robin among groups."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LONGEST_WAIT = 10.0  # seconds
FIRST_IN_A_ROW = 3  # turns of priority waiters before one of the others


class NoTurn(RuntimeError):  # noqa: N818 - a state, not a fault
    """Too many are waiting, the place went to somebody with priority, or the wait took too long."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """A waiter; a plain future would be cancelled with its task before the lane knew."""

    group: str
    called: asyncio.Event = field(default_factory=asyncio.Event)
    has_turn: bool = False


class FairQueue:
    """Limits the total number of concurrent turns; a bounded number of others wait for a bounded time, in two
    lanes, in each of which the groups take turns. `Turns` has a limit per key, but no limit on waiting.
    `FileTurns` never waits.

    If all places to wait are taken, a newcomer takes one from the group with the most, if its own group has
    fewer: a group that floods the queue displaces only itself. A priority waiter always takes one from the
    others.
    """

    def __init__(self, at_once: int, most_waiting: int, longest_wait: float = LONGEST_WAIT) -> None:
        """Set the number of concurrent turns, of places to wait, and the maximum wait in seconds."""
        self._free = at_once
        self._most_waiting, self._longest_wait = most_waiting, longest_wait
        self._first, self._others = _Lane(), _Lane()
        self._in_a_row = 0

    @property
    def waiting(self) -> int:
        """The number of waiters."""
        return self._first.length + self._others.length

    @asynccontextmanager
    async def taken(self, group: str, *, first: bool = False) -> AsyncIterator[None]:
        """Hold a turn for the duration of the block; with `first`, have priority. Raises `NoTurn`."""
        await self._wait(group, self._first if first else self._others)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, group: str, lane: "_Lane") -> None:
        if self._free:
            self._free -= 1
            return
        if self.waiting >= self._most_waiting:
            self._make_room(group, lane)
        waiter = _Waiter(group)
        lane.add(waiter)
        try:
            async with asyncio.timeout(self._longest_wait):
                await waiter.called.wait()
        except TimeoutError:
            lane.discard(waiter)
        except asyncio.CancelledError:
            lane.discard(waiter)
            if waiter.has_turn:  # it was given at the same moment
                self._pass_on()
            raise
        if not waiter.has_turn:
            raise NoTurn

    def _make_room(self, group: str, lane: "_Lane") -> None:
        """End the wait of somebody with less right to a place; raises `NoTurn` if there is nobody."""
        if lane is self._first and self._others.length:
            crowded = self._others
        else:
            crowded = max(self._others, self._first, key=lambda one: one.largest()[1])
            if crowded.largest()[1] < lane.places(group) + 2:
                raise NoTurn
        crowded.newest(crowded.largest()[0]).called.set()

    def _pass_on(self) -> None:
        lane = self._next_lane()
        if lane is None:
            self._free += 1
        else:
            waiter = lane.next()
            waiter.has_turn = True
            waiter.called.set()

    def _next_lane(self) -> "_Lane | None":
        others_wait = self._others.length > 0
        if self._first.length and not (others_wait and self._in_a_row >= FIRST_IN_A_ROW):
            self._in_a_row += 1
            return self._first
        self._in_a_row = 0
        return self._others if others_wait else None


class _Lane:
    """The waiters, by group; the group that has waited longest for a turn comes first."""

    def __init__(self) -> None:
        self._groups: OrderedDict[str, deque[_Waiter]] = OrderedDict()
        self.length = 0

    def places(self, group: str) -> int:
        """Return the number of waiters of a group."""
        return len(self._groups.get(group, ()))

    def add(self, waiter: _Waiter) -> None:
        """Add a waiter at the end of its group."""
        self._groups.setdefault(waiter.group, deque()).append(waiter)
        self.length += 1

    def discard(self, waiter: _Waiter) -> None:
        """Remove a waiter, unless its turn has come."""
        if waiter in self._groups.get(waiter.group, ()):
            self._groups[waiter.group].remove(waiter)
            self._left(waiter.group)

    def next(self) -> _Waiter:
        """Remove and return the oldest waiter of the next group; the group goes to the end."""
        group = next(iter(self._groups))
        waiter = self._groups[group].popleft()
        self._groups.move_to_end(group)
        self._left(group)
        return waiter

    def largest(self) -> tuple[str, int]:
        """Return the group with the most waiters, and their number."""
        group = max(self._groups, key=self.places, default="")
        return group, self.places(group)

    def newest(self, group: str) -> _Waiter:
        """Remove and return the newest waiter of a group."""
        waiter = self._groups[group].pop()
        self._left(group)
        return waiter

    def _left(self, group: str) -> None:
        self.length -= 1
        if not self._groups[group]:
            del self._groups[group]
