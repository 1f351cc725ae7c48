"""Completes long lists with pauses, so that one response does not block all others.

The result is the same. Short lists stay plain lists, which is faster.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Generic, TypeVar

from models.base.pace import unhurried

LONG = 200  # items; this many take a few milliseconds

_Thing = TypeVar("_Thing")


class LongList(Generic[_Thing]):
    """The items of a list as an asynchronous iterator."""

    def __init__(self, things: Sequence[_Thing]) -> None:
        """Store the items."""
        self._things = things

    def __aiter__(self) -> AsyncIterator[_Thing]:
        """Yield the items, with pauses."""
        return unhurried(self._things)


def with_pauses(things: Sequence[_Thing]) -> Sequence[_Thing] | LongList[_Thing]:
    """Return a short list as it is, a long list with pauses."""
    return LongList(things) if len(things) > LONG else things
