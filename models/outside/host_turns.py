"""Consideration for the hosts that are asked: two requests at a time, and a second between two.

A host that asks to be left alone (429 or 503 with Retry-After) is left alone.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from models.base.turns import Turns

AT_ONCE, SECONDS_BETWEEN = 2, 1.0
LONGEST_REST = 3_600.0  # seconds that a host can ask for
_FEW_HOSTS = 1_000


class HostBusy(Exception):  # noqa: N818 - named for its state
    """The host's turn does not come in time, or it asked to be left alone."""


class HostTurns:
    """The turns of the hosts, in this process."""

    def __init__(
        self,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take a clock, and what waits by it."""
        self._seconds, self._sleep = seconds, sleep
        self._turns = Turns(AT_ONCE)
        self._next: dict[str, float] = {}  # when the next request may begin
        self._forgets_at = _FEW_HOSTS

    @asynccontextmanager
    async def of(self, host: str, patience: float) -> AsyncIterator[None]:
        """Wait for this host's turn, for at most `patience` seconds. Raises HostBusy."""
        now = self._seconds()
        begins = max(now, self._next.get(host, now))
        if begins - now > patience:
            raise HostBusy
        self._forget(now)
        self._next[host] = begins + SECONDS_BETWEEN
        turn = self._turns.of(host)
        try:
            async with asyncio.timeout(patience):
                await turn.__aenter__()
        except TimeoutError:
            raise HostBusy from None
        try:
            if begins > (now := self._seconds()):
                await self._sleep(begins - now)
            yield
        finally:
            await turn.__aexit__(None, None, None)

    def leave_alone(self, host: str, seconds: float) -> None:
        """Begin no request to a host for so many seconds, at most an hour."""
        until = self._seconds() + min(max(seconds, 0.0), LONGEST_REST)
        self._next[host] = max(until, self._next.get(host, until))

    def _forget(self, now: float) -> None:
        """Forget the hosts that may be asked now, once there are many."""
        if len(self._next) >= self._forgets_at:
            self._next = {host: begins for host, begins in self._next.items() if begins > now}
            self._forgets_at = max(_FEW_HOSTS, 2 * len(self._next))
