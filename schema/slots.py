"""Owns counting what each user holds open in this process: sockets, subscriptions.

It must not wait: who has no slot left is told so.
"""

from collections import Counter
from collections.abc import Hashable


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
