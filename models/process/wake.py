"""Wake-ups sent through Redis after a commit: "look at these feeds", "sweep at that second",
"ask for this search".

A lost wake-up causes a delay but never loses an event, and a search that no worker asks for fails and costs
nothing. So nothing else is sent this way, and nobody waits for it.
"""

import asyncio
import time
from collections.abc import Collection
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias
from uuid import UUID

import structlog
from arq.connections import ArqRedis
from arq.constants import job_key_prefix
from arq.jobs import serialize_job

from models.base.metrics import WAKE_DROPPED, WAKE_FAILURES
from models.process.ending import end_tasks
from models.process.redis_health import RedisAway, RedisHealth

FEED_CHANNEL = "leadgate:feed"
SWEEP_JOB, LOOK_UP_JOB = "sweep", "look_up"
MOST_WORDS = 10_000  # retained while Redis is away; above it the oldest are dropped
MOST_AT_ONCE = 1_000  # per pipeline, which Redis must answer in 0.25 s
DRAIN_SECONDS = 1.0  # to send the rest when a process ends

_log = structlog.get_logger(__name__)


class Wake(Protocol):
    """Receives what must be announced after a commit."""

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Wake the readers of these feeds, and schedule the workers' sweeps; never raises."""

    async def look_up(self, search_id: UUID) -> None:
        """Have a worker ask public sources for a search; never raises."""


class Silence:
    """Sends no wake-ups: for commands and tests, which rely on polling."""

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Do nothing."""

    async def look_up(self, search_id: UUID) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """A search for which a worker asks public sources."""

    search_id: UUID


Word: TypeAlias = UUID | datetime | LookUp


def bucket(due: datetime) -> datetime:
    """Return the second, rounded up, in which a deadline is swept: one job per instant, not per lead."""
    whole = due.astimezone(UTC).replace(microsecond=0)
    return whole if whole == due else whole + timedelta(seconds=1)


class RedisWake:
    """Passes wake-ups to one task of the process, which sends them as long as there are any.

    Wake-ups that Redis did not accept are sent again. Use it as `async with`, or `drain` it: those unsent
    when a process ends are covered by polling and the cron.
    """

    def __init__(self, redis: ArqRedis, health: RedisHealth | None = None) -> None:
        """Take the health of Redis, if it is shared with other parts of this process."""
        self._redis = redis
        self._health = health or RedisHealth()
        # A feed, a second to sweep at, or a search; duplicates are merged until they are sent.
        self._words: dict[Word, None] = {}
        self._speaking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Queue the recipients, and one sweep for each due second; does not wait."""
        self._words.update(dict.fromkeys(recipients))
        self._words.update(dict.fromkeys(bucket(instant) for instant in due))
        self._begin_speaking()

    async def look_up(self, search_id: UUID) -> None:
        """Queue a job for the search; does not wait."""
        self._words[LookUp(search_id)] = None
        self._begin_speaking()

    def _begin_speaking(self) -> None:
        self._drop_oldest()
        if self._words and (self._speaking is None or self._speaking.done()):
            # Not in the context of a request: the task sends for all of them.
            self._speaking = asyncio.create_task(self._speak(), name="wakes", context=Context())

    async def drain(self, seconds: float | None = None) -> None:
        """Wait until everything is sent, for at most this many seconds."""
        if self._speaking is not None:
            await asyncio.wait({self._speaking}, timeout=seconds)

    async def close(self) -> None:
        """Send the rest, for at most a second."""
        await self.drain(DRAIN_SECONDS)
        if self._speaking is not None:
            await end_tasks([self._speaking])
        if self._words:
            WAKE_DROPPED.inc(len(self._words))
            _log.warning("wake_ups_not_sent", count=len(self._words))
            self._words.clear()

    async def _speak(self) -> None:
        while self._words:
            if not self._health.may_ask():
                await asyncio.sleep(self._health.pause)
                continue
            said = dict.fromkeys(islice(self._words, MOST_AT_ONCE))
            for word in said:
                del self._words[word]
            try:
                await self._health.ask(partial(self._say, said))
            except RedisAway:
                WAKE_FAILURES.inc()
                self._words = said | self._words
                self._drop_oldest()
            except asyncio.CancelledError:
                self._words = said | self._words
                raise

    async def _say(self, words: Collection[Word]) -> None:
        """Publish the recipients in one message, and enqueue one sweep a second and each search, in one round
        trip.
        """
        now = _milliseconds(time.time())
        recipients = sorted(str(word) for word in words if isinstance(word, UUID))
        async with self._redis.pipeline(transaction=True) as pipe:
            if recipients:
                pipe.publish(FEED_CHANNEL, " ".join(recipients))
            for second in sorted(word for word in words if isinstance(word, datetime)):
                at = _milliseconds(second.timestamp())
                self._enqueue(pipe, f"sweep:{second.timestamp():.0f}", SWEEP_JOB, (), at, now)
            for search_id in (word.search_id for word in words if isinstance(word, LookUp)):
                self._enqueue(pipe, f"{LOOK_UP_JOB}:{search_id}", LOOK_UP_JOB, (str(search_id),), now, now)
            await pipe.execute()

    def _enqueue(self, pipe: Any, job_id: str, name: str, given: tuple[str, ...], at: int, now: int) -> None:
        """Enqueue a job as arq does: a duplicate is ignored, even while the first is running."""
        job = serialize_job(name, given, {}, None, now, serializer=self._redis.job_serializer)
        expires_ms = max(0, at - now) + self._redis.expires_extra_ms
        pipe.set(job_key_prefix + job_id, job, px=expires_ms, nx=True)
        pipe.zadd(self._redis.default_queue_name, {job_id: at}, nx=True)

    def _drop_oldest(self) -> None:
        excess = len(self._words) - MOST_WORDS
        if excess > 0:
            for word in list(islice(self._words, excess)):
                del self._words[word]
            WAKE_DROPPED.inc(excess)


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
