"""Connections at hand: a statement that begins when another has just ended uses its connection as it is.

asyncpg's pool wraps a connection anew for each use and takes it back in a task of its own, which costs a
server as much as a short statement itself. So one that was used without an error stays out of the pool for a
moment. It is never kept from somebody who waits: while anybody waits for the pool, all go back to it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any

import asyncpg

LOOK_SECONDS = 1.0  # what was not used for so long goes back to the pool
USES = 1_000  # after so many, one goes through the pool, which replaces connections after a number of queries


class AtHand:
    """The connections of one pool that are at hand; the one used last is the next."""

    def __init__(self, release: Callable[[Any], Awaitable[None]]) -> None:
        """Take the function that returns a connection to the pool; it raises nothing."""
        self._release = release
        self._kept: list[Any] = []
        self._unused = 0  # those at the beginning that nobody has used since the last look
        self._uses = 0
        self._timer: asyncio.TimerHandle | None = None
        self._returning: set[asyncio.Task[None]] = set()  # held, because a loop refers to its tasks weakly

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kept)

    def take(self) -> Any | None:
        """Return a connection that is open; None if there is none."""
        while self._kept:
            raw = self._kept.pop()
            self._unused = min(self._unused, len(self._kept))
            try:
                if not raw.is_closed():
                    return raw
            except asyncpg.InterfaceError:  # the pool took it back when its server was gone
                continue
            self._give_back([raw])
        return None

    def keep(self, raw: Any) -> bool:
        """Keep a connection that was used without an error; False if it has to go through the pool."""
        self._uses += 1
        if self._uses % USES == 0:
            return False
        self._kept.append(raw)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look, context=Context())
        return True

    async def clear(self) -> None:
        """Return all of them to the pool, and wait until they are there."""
        self.drop()
        while self._returning:
            await asyncio.wait(self._returning)

    def drop(self) -> None:
        """Return all of them to the pool."""
        kept, self._kept, self._unused = self._kept, [], 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._give_back(kept)

    def _look(self) -> None:
        surplus, self._kept = self._kept[: self._unused], self._kept[self._unused :]
        self._unused = len(self._kept)
        again = asyncio.get_running_loop().call_later
        self._timer = again(LOOK_SECONDS, self._look, context=Context()) if self._kept else None
        self._give_back(surplus)

    def _give_back(self, surplus: list[Any]) -> None:
        for raw in surplus:
            returning = asyncio.ensure_future(self._release(raw))
            self._returning.add(returning)
            returning.add_done_callback(self._returning.discard)
