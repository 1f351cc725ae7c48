"""Listens to Redis for wake-ups of feeds, and reconnects when Redis restarts or stops responding.

Wake-ups carry no events and may get lost: the reader also polls.
"""

import asyncio
import random
from collections.abc import Callable, Collection
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from models.process.wake import FEED_CHANNEL

FIRST_DELAY, LONGEST_DELAY = 0.05, 2.0

_log = structlog.get_logger(__name__)


class WakeListener:
    """The Redis subscription of this process, renewed whenever it ends. `on_confirmed` is called at each
    (re)confirmation, because earlier messages may have been missed; `on_heard` is called at any
    message from Redis, including a pong.
    """

    def __init__(
        self,
        redis: Redis,
        *,
        on_confirmed: Callable[[], None],
        on_words: Callable[[Collection[UUID]], None],
        on_heard: Callable[[], None],
        quiet_seconds: float,
    ) -> None:
        self._redis = redis
        self._on_confirmed, self._on_words, self._on_heard = on_confirmed, on_words, on_heard
        self._quiet_seconds = quiet_seconds
        self.confirmed = asyncio.Event()

    async def run(self) -> None:
        """Listen until cancelled; reconnect with increasing delays."""
        delay = FIRST_DELAY
        while True:
            try:
                await self._listen()
            except Exception as error:  # noqa: BLE001 - Redis is retried after any error
                if self.confirmed.is_set() or delay == FIRST_DELAY:
                    _log.warning("feed_wake_lost", error=type(error).__name__)
            if self.confirmed.is_set():
                delay = FIRST_DELAY
            self.confirmed.clear()
            await asyncio.sleep(delay * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the servers' tries
            delay = min(delay * 2, LONGEST_DELAY)

    async def _listen(self) -> None:
        pubsub = self._redis.pubsub()
        try:
            await pubsub.subscribe(FEED_CHANNEL)
            await self._follow(pubsub)
        finally:
            await asyncio.shield(pubsub.aclose())  # type: ignore[no-untyped-call]

    async def _follow(self, pubsub: PubSub) -> None:
        asked = False
        while True:
            message = await pubsub.get_message(timeout=self._quiet_seconds)
            if message is None:
                if asked or not self.confirmed.is_set():  # a host that disappeared silently
                    raise ConnectionError("Redis did not respond")
                await pubsub.ping()
                asked = True
                continue
            asked = False
            self._on_heard()
            if message["type"] == "subscribe":
                self.confirmed.set()
                self._on_confirmed()
            elif message["type"] == "message":
                self._on_words(_recipients(message["data"]))


def _recipients(data: object) -> set[UUID]:
    text = data.decode("ascii", "replace") if isinstance(data, bytes) else str(data)
    try:
        return {UUID(word) for word in text.split()}
    except ValueError:
        _log.warning("feed_wake_unreadable", length=len(text))
        return set()
