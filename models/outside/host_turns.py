"""Consideration for the hosts that are asked: two requests at a time, and a second between two.

A host that asks to be left alone (429 or 503 with Retry-After) is left alone. A process asks all hosts
together for a few documents at a time.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from models.base.turns import Turns

AT_ONCE, SECONDS_BETWEEN = 2, 1.0
AT_ONCE_IN_ALL = 24  # documents; each has a connection, or two questions to DNS before it
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
        self._first = Turns(1)  # whoever begins next with a host; others wait, in order
        self._turns = Turns(AT_ONCE)
        self._in_all = asyncio.Semaphore(AT_ONCE_IN_ALL)
        self._waiting = Counter[str]()
        self._next: dict[str, float] = {}  # when the next request may begin
        self._forgets_at = _FEW_HOSTS

    @asynccontextmanager
    async def of(self, host: str, patience: float, *, last: bool = False) -> AsyncIterator[None]:
        """Wait for this host's turn, for at most `patience` seconds. Raises HostBusy.

        `last`: others go first who want this host when its turn comes.
        """
        ends = self._seconds() + patience
        self._rest(host, ends)
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(patience):
                    if last:
                        await self._let_others_go(host, ends)
                    await self._begin(host, ends, held)
            except TimeoutError:
                raise HostBusy from None
            yield

    def leave_alone(self, host: str, seconds: float) -> None:
        """Begin no request to a host for so many seconds, at most an hour."""
        until = self._seconds() + min(max(seconds, 0.0), LONGEST_REST)
        self._next[host] = max(until, self._next.get(host, until))

    async def _begin(self, host: str, ends: float, held: AsyncExitStack) -> None:
        self._waiting[host] += 1
        try:
            async with self._first.of(host):
                await held.enter_async_context(self._turns.of(host))
                while rest := self._rest(host, ends):
                    await self._sleep(rest)
                await held.enter_async_context(self._in_all)
                now = self._seconds()
                if self._rest(host, ends):  # it has just asked to be left alone
                    raise HostBusy
                self._forget(now)
                self._next[host] = now + SECONDS_BETWEEN
        finally:
            self._waiting[host] -= 1
            if not self._waiting[host]:
                del self._waiting[host]

    async def _let_others_go(self, host: str, ends: float) -> None:
        while (rest := self._rest(host, ends)) or host in self._waiting:
            await self._sleep(rest or SECONDS_BETWEEN)

    def _rest(self, host: str, ends: float) -> float:
        """Return the seconds until a request may begin. Raises HostBusy if it may not before the end."""
        now = self._seconds()
        begins = self._next.get(host, now)
        if begins > ends:
            raise HostBusy
        return max(begins - now, 0.0)

    def _forget(self, now: float) -> None:
        """Forget the hosts that may be asked now, once there are many."""
        if len(self._next) >= self._forgets_at:
            self._next = {host: begins for host, begins in self._next.items() if begins > now}
            self._forgets_at = max(_FEW_HOSTS, 2 * len(self._next))
