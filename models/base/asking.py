"""The user or address on whose behalf the running task queries the database, and whether it only reads.

It decides whose turn a statement uses; it grants no rights.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose turn a statement uses (none without a key), and whether the operation only reads."""

    key: str | None
    reading: bool = True


UNKNOWN = Asking(None)  # before authentication: uses no turn, but has a time limit

# None is Leadgate itself: workers, the feed's reader. It waits for no turn.
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


def asking() -> Asking | None:
    """Return on whose behalf this task asks."""
    return _asking.get()


def ask_for(whom: Asking | None) -> None:
    """From now on, this task and those that it starts ask on behalf of `whom`."""
    _asking.set(whom)


class asking_for:  # noqa: N801 - used as a function
    """Ask on behalf of `whom` within the block, then restore the previous one, even if the block changes
    it.
    """

    __slots__ = ("_token", "_whom")

    def __init__(self, whom: Asking | None) -> None:
        """Take whom."""
        self._whom = whom

    def __enter__(self) -> None:
        self._token = _asking.set(self._whom)

    def __exit__(self, *_: object) -> None:
        _asking.reset(self._token)
