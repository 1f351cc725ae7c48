"""Counts the open sockets, subscriptions and downloads per holder in this process.

It never waits for a slot.
"""

from collections import Counter
from collections.abc import Hashable
from enum import Enum, auto


class Slots:
    """So many for each holder."""

    def __init__(self, most: int) -> None:
        """Begin with none taken."""
        self.most = most
        self._taken: Counter[Hashable] = Counter()

    def take(self, holder: Hashable) -> bool:
        """Take a slot, if there is one left; `free` gives it back."""
        if self._taken[holder] >= self.most:
            return False
        self._taken[holder] += 1
        return True

    def free(self, holder: Hashable) -> None:
        """Give a slot back."""
        self._taken[holder] -= 1
        if self._taken[holder] <= 0:
            del self._taken[holder]

    def taken(self, holder: Hashable) -> int:
        """Return how many a holder has."""
        return self._taken.get(holder, 0)


class Lack(Enum):
    """Whose slots are all taken."""

    HOLDER = auto()
    EVERYBODY = auto()


class SharedSlots:
    """So many for each holder, and so many for all of them together."""

    def __init__(self, most_of_one: int, most: int) -> None:
        """Begin with none taken."""
        self._of_one = Slots(most_of_one)
        self._all = Slots(most)

    def take(self, holder: Hashable) -> Lack | None:
        """Take a slot, which `free` gives back; where none is left, say whose are taken."""
        if not self._of_one.take(holder):
            return Lack.HOLDER
        if not self._all.take(None):
            self._of_one.free(holder)
            return Lack.EVERYBODY
        return None

    def free(self, holder: Hashable) -> None:
        """Give a slot back."""
        self._of_one.free(holder)
        self._all.free(None)
