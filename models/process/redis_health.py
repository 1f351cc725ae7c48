"""What this process knows about Redis: whether it responds, and how long to wait if it does not.

A delay of this process is not mistaken for one of Redis, and only one task probes an unavailable Redis.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TypeVar

import structlog
from redis.exceptions import RedisError

TURN_SECONDS = 0.05
TURNS = 5  # loop iterations on time: in total 0.25 s to read an answer
MOST_LATE_TURNS = 100  # give up eventually even if the loop is never on time
PAUSE_SECONDS = 1.0  # after a failure, before Redis is asked again

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class RedisAway(Exception):  # noqa: N818 - a state, not a fault
    """Redis did not answer, or answered with an error; the text says which kind."""


class RedisHealth:
    """Shared by all Redis calls of a process: after one has failed, the next need not wait."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Set this machine's clock, for pauses only."""
        self._monotonic = monotonic
        self._away = False
        self._ask_from = -math.inf

    @property
    def is_away(self) -> bool:
        """Whether the last call to Redis failed."""
        return self._away

    def failed(self) -> None:
        """Record that Redis did not answer: it is not asked for a second."""
        self._away = True
        self._ask_from = self._monotonic() + PAUSE_SECONDS

    def worked(self) -> None:
        """Record that Redis has answered."""
        self._away = False

    @property
    def pause(self) -> float:
        """How many seconds not to ask Redis."""
        return max(0.0, self._ask_from - self._monotonic()) if self._away else 0.0

    def may_ask(self) -> bool:
        """Return whether the caller should ask now; after a failure, one caller per second may try."""
        if not self._away:
            return True
        if self.pause:
            return False
        self._ask_from = self._monotonic() + PAUSE_SECONDS
        return True

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Return Redis' answer to a call and record whether it succeeded; raises `RedisAway`.

        The timeout is a quarter of a second, not counting time when this loop was blocked and could not have
        read an answer that had arrived.
        """
        try:
            async with _AttentiveTimeout():
                answer = await question()
        except (RedisError, OSError, TimeoutError) as error:
            if not self._away:
                _log.warning("redis_away", error=type(error).__name__)
            self.failed()
            raise RedisAway(type(error).__name__) from error
        if self._away:
            _log.info("redis_back")
        self.worked()
        return answer


class _AttentiveTimeout:
    """Raises `TimeoutError` after `TURNS` iterations of the loop that were on time."""

    __slots__ = ("_due", "_late_left", "_left", "_limit", "_loop", "_timer")

    async def __aenter__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._left, self._late_left = TURNS, MOST_LATE_TURNS
        self._limit = asyncio.timeout(None)
        await self._limit.__aenter__()
        self._wait()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        await self._limit.__aexit__(kind, error, trace)

    def _wait(self) -> None:
        self._due = self._loop.time() + TURN_SECONDS
        self._timer = self._loop.call_at(self._due, self._turn)

    def _turn(self) -> None:
        # In a late iteration, the loop was busy and could not read.
        if self._loop.time() - self._due < TURN_SECONDS:
            self._left -= 1
        else:
            self._late_left -= 1
        if self._left and self._late_left:
            self._wait()
        else:
            self._limit.reschedule(self._loop.time())
