"""A bounded queue for few places: first come, first served, but round-robin among the groups that wait."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LONGEST_WAIT = 10.0  # seconds
FIRST_IN_A_ROW = 3  # turns of those who come first, before one of the others


class NoTurn(RuntimeError):  # noqa: N818 - a state, not a fault
    """Too many wait, somebody with more right to a place has taken this one, or it took too long."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """One who waits; a future would be cancelled with its task before the lane knew."""

    group: str
    called: asyncio.Event = field(default_factory=asyncio.Event)
    has_turn: bool = False


class FairQueue:
    """A total at the same time; a bounded number of others wait for a bounded time, in two lanes, in each of
    which the groups take turns. `Turns` has a limit per key, and no bound on who waits or for how long.
    `FileTurns` never waits.

    When the places to wait are used up, whoever comes gets one of the group with most of them, if its own has
    fewer: a group that floods only displaces itself. Who goes first gets one of the others in any case.
    """

    def __init__(self, at_once: int, most_waiting: int, longest_wait: float = LONGEST_WAIT) -> None:
        """Take how many have their turn at once, how many may wait, and for how many seconds."""
        self._free = at_once
        self._most_waiting, self._longest_wait = most_waiting, longest_wait
        self._first, self._others = _Lane(), _Lane()
        self._in_a_row = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self._first.length + self._others.length

    @asynccontextmanager
    async def taken(self, group: str, *, first: bool = False) -> AsyncIterator[None]:
        """Have a turn for as long as the block lasts; `first` go before the others. Raises `NoTurn`."""
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
            if waiter.has_turn:  # it was given in the same moment
                self._pass_on()
            raise
        if not waiter.has_turn:
            raise NoTurn

    def _make_room(self, group: str, lane: "_Lane") -> None:
        """End the wait of somebody with less right to a place; raises `NoTurn` where there is nobody."""
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
    """Those who wait, by group; the group that has waited the longest for a turn stands first."""

    def __init__(self) -> None:
        self._groups: OrderedDict[str, deque[_Waiter]] = OrderedDict()
        self.length = 0

    def places(self, group: str) -> int:
        """Return how many of a group wait."""
        return len(self._groups.get(group, ()))

    def add(self, waiter: _Waiter) -> None:
        """Wait at the end of the group."""
        self._groups.setdefault(waiter.group, deque()).append(waiter)
        self.length += 1

    def discard(self, waiter: _Waiter) -> None:
        """Wait no longer, unless it was called already."""
        if waiter in self._groups.get(waiter.group, ()):
            self._groups[waiter.group].remove(waiter)
            self._left(waiter.group)

    def next(self) -> _Waiter:
        """Take the oldest of the group whose turn it is; the group goes to the end."""
        group = next(iter(self._groups))
        waiter = self._groups[group].popleft()
        self._groups.move_to_end(group)
        self._left(group)
        return waiter

    def largest(self) -> tuple[str, int]:
        """Return the group of which most wait, and how many do."""
        group = max(self._groups, key=self.places, default="")
        return group, self.places(group)

    def newest(self, group: str) -> _Waiter:
        """Take the newest of a group."""
        waiter = self._groups[group].pop()
        self._left(group)
        return waiter

    def _left(self, group: str) -> None:
        self.length -= 1
        if not self._groups[group]:
            del self._groups[group]
