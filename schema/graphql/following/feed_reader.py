"""Reads feeds for all subscriptions of this process: one reader, one statement for all woken recipients.

Redis only signals when to look; the events are read from the database. Rights are checked elsewhere.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Collection
from itertools import islice
from types import TracebackType
from typing import Self
from uuid import UUID

import structlog
from prometheus_client import Counter, Gauge, Histogram
from redis.asyncio import Redis

from models.base.database import connection
from models.feed.events import Position, events_after, feed_position
from models.feed.kinds import NotificationKind
from models.process.ending import end_tasks
from schema.graphql.following.feed_subscription import BUFFER, FeedItem, FeedSubscription, Gap
from schema.graphql.following.wake_listener import WakeListener

__all__ = ["FEED_LAG", "FeedItem", "FeedReader", "FeedSubscription", "Gap"]

POSITIONS, ROWS = 500, 4000  # per statement: more would delay everybody else in this process
LONGEST_DELAY = 2.0
SHARES = 12  # of the followers; with Redis, each poll checks one share

FEED_LAG = Histogram(
    "leadgate_feed_lag_seconds",
    "Seconds from an event until it reaches subscribers, by the database clock",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)
FEED_SUBSCRIPTIONS = Gauge(
    "leadgate_feed_subscriptions", "Open subscriptions in this process", multiprocess_mode="livesum"
)
FEED_READS = Counter("leadgate_feed_reads_total", "Statements that read feeds", ["outcome"])

_log = structlog.get_logger(__name__)


class FeedReader:
    """Replays feeds from cursors and follows them, without gaps or duplicates. A subscription is
    registered before its first read, and each confirmation of the Redis subscription wakes all. An
    event that is committed after a read is therefore announced, read at the confirmation or, without
    Redis, read at the next poll. With Redis, each subscription is polled once a minute, a twelfth of
    them every five seconds.
    """

    def __init__(
        self, redis: Redis, poll_seconds: float = 5, *, on_redis: Callable[[], None] = lambda: None
    ) -> None:
        """Take the Redis connection, the polling interval, and a callback for signs of life from Redis."""
        self._poll_seconds = poll_seconds
        self._share = 0
        self._registered: dict[UUID, set[FeedSubscription]] = {}
        self._woken: set[UUID] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopped = False
        self._listener = WakeListener(
            redis,
            on_confirmed=self._wake_all,
            on_words=self._wake_some,
            on_heard=on_redis,
            quiet_seconds=poll_seconds,
        )

    @property
    def listening(self) -> bool:
        """Whether Redis has confirmed the subscription; otherwise events are found by polling."""
        return self._listener.confirmed.is_set()

    @property
    def stopped(self) -> bool:
        """Whether the server is stopping."""
        return self._stopped

    @property
    def subscriptions(self) -> int:
        """How many subscriptions are registered."""
        return sum(map(len, self._registered.values()))

    async def start(self) -> None:
        """Start listening and reading; wait up to a second for the confirmation of Redis."""
        self._tasks = [
            asyncio.create_task(self._listener.run(), name="feed wakes"),
            asyncio.create_task(self._run(), name="feed reader"),
        ]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(1.0, self._poll_seconds)):
                await self._listener.confirmed.wait()

    async def stop(self) -> None:
        """End all subscriptions, then the reader's own tasks."""
        self._stopped = True
        for subscription in [one for group in self._registered.values() for one in group]:
            subscription.close()
        await end_tasks(self._tasks)
        self._tasks = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def subscribe(
        self,
        recipient: UUID,
        after: int | None = None,
        kinds: frozenset[NotificationKind] | None = None,
        about: UUID | None = None,
    ) -> FeedSubscription:
        """Return the events of a recipient after a sequence number, or from now on, of some kinds or all,
        about one application or anything.

        Use it as `async with reader.subscribe(…) as feed: async for item in feed: …`; leaving the block
        unregisters it.
        """
        return FeedSubscription(
            recipient,
            after,
            kinds,
            about=about,
            attach=self._attach,
            detach=self._detach,
            look=self._look,
        )

    async def _attach(self, subscription: FeedSubscription) -> None:
        if self._stopped or subscription.closed:
            subscription.close()
            return
        self._registered.setdefault(subscription.recipient, set()).add(subscription)
        FEED_SUBSCRIPTIONS.inc()
        if subscription.read_through is None:
            subscription.read_through = await feed_position(connection(), subscription.recipient)
            subscription.live = True
        self._look(subscription)

    def _detach(self, subscription: FeedSubscription) -> None:
        group = self._registered.get(subscription.recipient)
        if group is None or subscription not in group:
            return
        group.remove(subscription)
        FEED_SUBSCRIPTIONS.dec()
        if not group:
            del self._registered[subscription.recipient]
            self._woken.discard(subscription.recipient)

    def _look(self, subscription: FeedSubscription) -> None:
        self._wake_some((subscription.recipient,))

    def _wake_some(self, recipients: Collection[UUID]) -> None:
        woken = [recipient for recipient in recipients if recipient in self._registered]
        if woken:
            self._woken.update(woken)
            self._wake.set()

    def _wake_all(self) -> None:
        self._wake_some(list(self._registered))

    def _poll(self) -> None:
        if not self.listening:
            self._wake_all()
            return
        self._share = (self._share + 1) % SHARES
        self._wake_some([one for one in self._registered if one.int % SHARES == self._share])

    async def _run(self) -> None:
        delay, next_poll = 0.05, time.monotonic() + self._poll_seconds
        while True:
            # Not wait_for: before Python 3.12 it swallows a cancellation that meets the event.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, next_poll - time.monotonic())):
                    await self._wake.wait()
            if time.monotonic() >= next_poll:
                self._poll()
                next_poll = time.monotonic() + self._poll_seconds
            woken, self._woken = self._woken, set()
            self._wake.clear()
            try:
                await self._read(woken)
                delay = 0.05
            except Exception as error:  # noqa: BLE001 - whatever ails the database, all are read for again
                FEED_READS.labels("failed").inc()
                _log.warning("feed_read_failed", error=type(error).__name__, recipients=len(woken))
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
                self._wake_some(woken)

    async def _read(self, woken: set[UUID]) -> None:
        """Read for all woken subscriptions with room, each from its cursor, in as few statements as
        possible.
        """
        waiting: dict[Position, list[FeedSubscription]] = {}
        for recipient in woken:
            for subscription in self._registered.get(recipient, ()):
                if subscription.read_through is None:
                    continue  # its position is being looked up; then it wakes itself
                if subscription.has_room:
                    position = Position(recipient, subscription.read_through, subscription.about)
                    waiting.setdefault(position, []).append(subscription)
                else:
                    subscription.behind = True
        positions = iter(waiting)
        while batch := list(islice(positions, POSITIONS)):
            found = await events_after(connection(), batch, min(BUFFER, ROWS // len(batch)))
            FEED_READS.labels("read").inc()
            for position, read in found.items():
                followed = any(one.following for one in waiting[position])
                for subscription in waiting[position]:
                    if not subscription.closed and subscription.take(read):
                        self._look(subscription)
                if followed:
                    for event in read.events:
                        FEED_LAG.observe(max(0.0, (read.now - event.at).total_seconds()))
