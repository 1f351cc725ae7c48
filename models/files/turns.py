"""Limits on concurrent work with files in this process: a total, and one file per account.

Nothing waits: a request that gets no turn is refused immediately.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from models.base.refusal import Refusal, RefusalCode


class FileTurns:
    """Turns for one kind of work: a total, and one per account. Without a turn the request is refused
    immediately, while in `Turns` and `FairQueue` it waits.

    `doing` describes the work in error messages, such as "being read".
    """

    def __init__(self, most: int, doing: str) -> None:
        """Start with all turns free."""
        self.most = most
        self._doing = doing
        self._taken = 0
        self._holders: set[UUID] = set()

    @contextmanager
    def take(self, field: tuple[str, ...], holder: UUID | None = None) -> Iterator[None]:
        """Hold a turn, only one per holder if one is given.

        Raises `Refusal` LIMIT_EXCEEDED on this field if none is free.
        """
        named = f"{field[0]}: " if field else ""
        if holder in self._holders:
            raise Refusal(
                RefusalCode.LIMIT_EXCEEDED,
                field,
                f"{named}another file of your account is currently {self._doing}. "
                "Wait until it is finished, then retry.",
            )
        if self._taken >= self.most:
            raise Refusal(
                RefusalCode.LIMIT_EXCEEDED,
                field,
                f"{named}{self.most} files are currently {self._doing}, which is the maximum. "
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
