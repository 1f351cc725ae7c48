"""Owns how long lists are answered: with pauses, so that no answer keeps all others waiting.

It must not change what is answered. A short list stays a list, which is quicker.
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
