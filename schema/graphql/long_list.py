"""Completes long lists with pauses, so that one response does not block all others.

The result is the same. Short lists stay plain lists, which is faster.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Generic, TypeVar

from models.base.pace import unhurried

LONG = 200  # things; as many take some milliseconds

_Thing = TypeVar("_Thing")


class LongList(Generic[_Thing]):
    """The things of a list, for GraphQL to take one at a time."""

    def __init__(self, things: Sequence[_Thing]) -> None:
        """Keep them."""
        self._things = things

    def __aiter__(self) -> AsyncIterator[_Thing]:
        """Give way after some."""
        return unhurried(self._things)


def with_pauses(things: Sequence[_Thing]) -> Sequence[_Thing] | LongList[_Thing]:
    """Return a list as an answer should have it."""
    return LongList(things) if len(things) > LONG else things
