"""What this process knows about Redis: whether it answers, and how long to leave it alone if it did not.

A delay of this process is not mistaken for one of Redis, and only one task probes a Redis that was away.
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
TURNS = 5  # of the loop, each on time: a quarter of a second in which an answer could have been read
MOST_LATE_TURNS = 100  # a loop that is never on time still gives up in the end
PAUSE_SECONDS = 1.0  # for which Redis is not asked again once it was away

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class RedisAway(Exception):  # noqa: N818 - a state, not a fault
    """Redis did not answer, or answered with an error; the text names the kind."""


class RedisHealth:
    """One for all that a process asks of Redis: what fails for one need not be waited for by the next."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take this machine's clock, for pauses only."""
        self._monotonic = monotonic
        self._away = False
        self._ask_from = -math.inf

    @property
    def is_away(self) -> bool:
        """Whether the last that was heard of Redis was a failure."""
        return self._away

    def failed(self) -> None:
        """Note that Redis did not answer: nobody asks it for a second."""
        self._away = True
        self._ask_from = self._monotonic() + PAUSE_SECONDS

    def worked(self) -> None:
        """Note that Redis has answered."""
        self._away = False

    @property
    def pause(self) -> float:
        """The seconds for which nobody should ask."""
        return max(0.0, self._ask_from - self._monotonic()) if self._away else 0.0

    def may_ask(self) -> bool:
        """Tell whether the caller should ask now; of a Redis that was away one in a second may try."""
        if not self._away:
            return True
        if self.pause:
            return False
        self._ask_from = self._monotonic() + PAUSE_SECONDS
        return True

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Return Redis' answer to a question and note how it went; raises `RedisAway`.

        Redis has a quarter of a second, of which only that counts in which this loop could have read an
        answer: a loop that was held up finds the answer waiting.
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
    """Raise `TimeoutError` after `TURNS` turns of the loop that were not late themselves."""
    loop = asyncio.get_running_loop()
    left, late_left = TURNS, MOST_LATE_TURNS
    timer: asyncio.TimerHandle

    def turn(due: float) -> None:
        nonlocal left, late_left, timer
        # A turn that comes late is one in which the loop did something else, and read nothing.
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
