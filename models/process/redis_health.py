"""What this process knows about Redis: whether it responds, and how long to wait if it does not.

A delay of this process is not mistaken for one of Redis, and only one task probes an unavailable Redis.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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
            async with _attentive_timeout():
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


@asynccontextmanager
async def _attentive_timeout() -> AsyncIterator[None]:
    """Raise `TimeoutError` after `TURNS` iterations of the loop that were on time."""
    loop = asyncio.get_running_loop()
    left, late_left = TURNS, MOST_LATE_TURNS
    timer: asyncio.TimerHandle

    def turn(due: float) -> None:
        nonlocal left, late_left, timer
        # In a late iteration, the loop was busy and could not read.
        if loop.time() - due < TURN_SECONDS:
            left -= 1
        else:
            late_left -= 1
        if left and late_left:
            timer = _after_a_turn(loop, turn)
        else:
            limit.reschedule(loop.time())

    timer = _after_a_turn(loop, turn)
    try:
        async with asyncio.timeout(None) as limit:
            yield
    finally:
        timer.cancel()


def _after_a_turn(loop: asyncio.AbstractEventLoop, turn: Callable[[float], None]) -> asyncio.TimerHandle:
    due = loop.time() + TURN_SECONDS
    return loop.call_at(due, turn, due)
