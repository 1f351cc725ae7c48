"""Limits how many operations one key may have in progress at the same time; others wait."""

import asyncio
from collections.abc import Hashable
from contextlib import AbstractAsyncContextManager


class Turns:
    """At most `most` at the same time per key; any number of others wait, in order, without a time limit.
    `FairQueue` has one total for all keys and bounds who waits and for how long. `FileTurns` never waits.
    """

    def __init__(self, most: int) -> None:
        """Set the maximum."""
        self.most = most
        self._gates: dict[Hashable, _Gate] = {}

    def of(self, key: Hashable) -> AbstractAsyncContextManager[None]:
        """Wait for a turn of this key, and return it at the end in any case."""
        return _Turn(self._gates, key, self.most)


class _Gate(asyncio.Semaphore):
    """The turns of one key, and how many tasks have or want one."""

    there = 0


class _Turn(AbstractAsyncContextManager[None]):
    __slots__ = ("_gate", "_gates", "_key", "_most")

    def __init__(self, gates: dict[Hashable, _Gate], key: Hashable, most: int) -> None:
        self._gates, self._key, self._most = gates, key, most

    async def __aenter__(self) -> None:
        gate = self._gates.get(self._key)
        if gate is None:
            gate = self._gates[self._key] = _Gate(self._most)
        self._gate = gate
        gate.there += 1
        try:
            await gate.acquire()
        except BaseException:
            self._left()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._gate.release()
        self._left()

    def _left(self) -> None:
        self._gate.there -= 1
        if not self._gate.there:
            del self._gates[self._key]
