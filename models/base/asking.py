"""The user or address on whose behalf the running task queries the database, and whether it only reads.

It decides whose turn a statement takes; it grants no rights.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose turn a statement takes, nobody's without a key, and whether the operation only reads."""

    key: str | None
    reading: bool = True


UNKNOWN = Asking(None)  # until it is known who asks: that takes nobody's turn, but may not take long

# None is the house itself: workers, the feed's reader. It waits for nobody's turn.
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


def asking() -> Asking | None:
    """Return for whom this task asks."""
    return _asking.get()


def ask_for(whom: Asking | None) -> None:
    """From now on, this task and those that it starts ask for `whom`."""
    _asking.set(whom)


@contextmanager
def asking_for(whom: Asking | None) -> Iterator[None]:
    """Ask for `whom` within the block, whatever is said in it, and for whom it was before afterwards."""
    token = _asking.set(whom)
    try:
        yield
    finally:
        _asking.reset(token)
