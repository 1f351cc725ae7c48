"""Owns turns at heavy work with files: so many at once in this process, of them one for each account.

It must not wait: who gets no turn is told so at once, and what helps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from models.base.refusal import Refusal, RefusalCode


class FileTurns:
    """The turns at one kind of work: a total, and one per account. Without a turn the request is refused
    immediately, while in `Turns` and `FairQueue` it waits.

    `doing` says the work in words, such as "being read".
    """

    def __init__(self, most: int, doing: str) -> None:
        """Begin with none taken."""
        self.most = most
        self._doing = doing
        self._taken = 0
        self._holders: set[UUID] = set()

    @contextmanager
    def take(self, field: tuple[str, ...], holder: UUID | None = None) -> Iterator[None]:
        """Hold a turn, the only one of its holder if one is named; without one left it raises `Refusal`
        LIMIT_EXCEEDED on this field."""
        named = f"{field[0]}: " if field else ""
        if holder in self._holders:
            raise Refusal(
                RefusalCode.LIMIT_EXCEEDED,
                field,
                f"{named}another file of your account is {self._doing} right now. "
                "Wait until that is done, then retry.",
            )
        if self._taken >= self.most:
            raise Refusal(
                RefusalCode.LIMIT_EXCEEDED,
                field,
                f"{named}{self.most} files are {self._doing} right now, which is the maximum. "
                "Retry in a few seconds.",
            )
        self._taken += 1
        if holder is not None:
            self._holders.add(holder)
        try:
            yield
        finally:
            self._taken -= 1
            if holder is not None:
                self._holders.discard(holder)
