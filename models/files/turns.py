"""Limits on concurrent work with files in this process: a total, and one file per account.

Nothing waits: a request that gets no turn is refused immediately.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from models.files.refusals import FileRefusal


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
            raise FileRefusal.FILE_OF_ACCOUNT_IN_PROGRESS.at(*field, named=named, doing=self._doing)
        if self._taken >= self.most:
            raise FileRefusal.TOO_MANY_FILES_IN_PROGRESS.at(
                *field, named=named, most=self.most, doing=self._doing
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
