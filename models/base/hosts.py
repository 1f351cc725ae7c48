"""Connecting to the one host of several that is the primary."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from models.base.unavailable import is_away, refuses_user

CONNECT_SECONDS = 3.0  # for all hosts together
LEAST_SECONDS = 1.0  # for each of several hosts


class Hosts:
    """The hosts of one database. Whoever answered last is asked first: a dead host costs its time limit once.

    asyncpg itself has one time limit for all hosts, which the first one uses up if its machine is gone.
    """

    def __init__(self, dsns: Sequence[str]) -> None:
        """Take one address for each host; see `settings.database_url`."""
        self._dsns = list(dsns)

    async def connect(self, **options: Any) -> "asyncpg.Connection[asyncpg.Record]":
        """Connect with these options of asyncpg. Raises the error of the last host if none can be used."""
        several = len(self._dsns) > 1
        seconds = max(CONNECT_SECONDS / len(self._dsns), LEAST_SECONDS) if several else CONNECT_SECONDS
        last: Exception | None = None
        for dsn in tuple(self._dsns):
            try:
                made: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(
                    dsn, timeout=seconds, **options
                )
            except Exception as error:
                if not several or refuses_user(error) or not is_away(error):
                    raise
                last = error
            else:
                self._dsns.sort(key=dsn.__ne__)  # first this one, then the others in their order
                return made
        raise last or ConnectionError("no host")
