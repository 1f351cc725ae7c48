"""Owns waiting one's turn: how many things one key may have under way at once.

It must not refuse, nor remember a key that has nothing under way.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """At most `most` at once for each key; who comes later waits, in order."""

    def __init__(self, most: int) -> None:
        """Take the number."""
        self.most = most
        self._gates: dict[Hashable, tuple[asyncio.Semaphore, list[None]]] = {}

    @asynccontextmanager
    async def of(self, key: Hashable) -> AsyncIterator[None]:
        """Wait for a turn of this key, and give it back at the end, whatever happens."""
        gate, there = self._gates.setdefault(key, (asyncio.Semaphore(self.most), []))
        there.append(None)
        try:
            async with gate:
                yield
        finally:
            there.pop()
            if not there:
                del self._gates[key]

    @property
    def keys(self) -> int:
        """How many keys have something under way."""
        return len(self._gates)
