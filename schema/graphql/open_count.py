"""Counts the open sockets, subscriptions and downloads per holder in this process.

It never waits for a slot.
"""

from collections import Counter
from collections.abc import Hashable
from enum import Enum, auto


class OpenCount:
    """Slots with a maximum per holder."""

    def __init__(self, most: int) -> None:
        """Start with all slots free."""
        self.most = most
        self._taken: Counter[Hashable] = Counter()

    def take(self, holder: Hashable) -> bool:
        """Take a slot if one is left; `free` returns it."""
        if self._taken[holder] >= self.most:
            return False
        self._taken[holder] += 1
        return True

    def free(self, holder: Hashable) -> None:
        """Free a slot."""
        self._taken[holder] -= 1
        if self._taken[holder] <= 0:
            del self._taken[holder]

    def taken(self, holder: Hashable) -> int:
        """Return the number of slots that a holder has."""
        return self._taken.get(holder, 0)


class Lack(Enum):
    """Which slots are all taken."""

    HOLDER = auto()
    EVERYBODY = auto()


class SharedOpenCount:
    """Slots with a maximum per holder and a maximum in total."""

    def __init__(self, most_of_one: int, most: int) -> None:
        """Start with all slots free."""
        self._of_one = OpenCount(most_of_one)
        self._all = OpenCount(most)

    def take(self, holder: Hashable) -> Lack | None:
        """Take a slot, which `free` returns; if none is left, return which are all taken."""
        if not self._of_one.take(holder):
            return Lack.HOLDER
        if not self._all.take(None):
            self._of_one.free(holder)
            return Lack.EVERYBODY
        return None

    def free(self, holder: Hashable) -> None:
        """Free a slot."""
        self._of_one.free(holder)
        self._all.free(None)
