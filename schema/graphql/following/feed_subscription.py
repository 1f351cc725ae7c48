"""One subscriber's position in a feed: its cursor, a bounded buffer, and waiting for more events.

The reader fills the buffer. If the buffer is empty and more events exist, the subscription asks the reader.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from uuid import UUID

from models.feed.events import FeedEventView, FeedRead
from models.feed.kinds import NotificationKind

BUFFER = 64


@dataclass(frozen=True, slots=True)
class Gap:
    """Retention has removed requested events: `missed` events of all kinds, up to and including `seq`. If
    `missed` is 0, the cursor was beyond the end of this feed, and following starts at `seq`. In both
    cases the client must read its lists again.
    """

    recipient: UUID
    seq: int
    missed: int


FeedItem = FeedEventView | Gap


class Interrupted(Exception):  # noqa: N818 - nothing is wrong: whoever waits shall look around
    """The wait for the next item was interrupted."""


class FeedSubscription:
    """Events of one recipient in order, each exactly once: `async with` registers it, `async for` reads it.

    The reader passes on only events about the application `about`, if there is one. It ends when the reader
    stops. Cancelling a wait loses nothing; only one task may wait at a time.
    """

    __slots__ = (
        "_alarm",
        "_attach",
        "_buffer",
        "_detach",
        "_interrupted",
        "_look",
        "_waiting",
        "about",
        "behind",
        "closed",
        "kinds",
        "live",
        "read_through",
        "recipient",
    )

    def __init__(
        self,
        recipient: UUID,
        after: int | None,
        kinds: frozenset[NotificationKind] | None,
        *,
        about: UUID | None,
        attach: Callable[["FeedSubscription"], Awaitable[None]],
        detach: Callable[["FeedSubscription"], None],
        look: Callable[["FeedSubscription"], None],
    ) -> None:
        """Created by `FeedReader.subscribe` only."""
        self.recipient, self.kinds, self.about = recipient, kinds, about
        self.read_through = None if after is None else max(0, after)
        self.behind = self.live = self.closed = self._interrupted = False
        self._attach, self._detach, self._look = attach, detach, look
        # Neither a deque nor an event, which has one: there may be thousands of idle subscriptions.
        self._buffer: list[FeedItem] = []
        self._waiting: asyncio.Future[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def following(self) -> bool:
        """Whether the subscription has caught up with its feed."""
        return self.live and not self.behind

    @property
    def has_room(self) -> bool:
        """Whether the buffer has room; for a slow consumer, reading resumes once it has caught up."""
        return len(self._buffer) < BUFFER

    def take(self, read: FeedRead) -> bool:
        """Buffer events after the cursor while there is room; return whether to read again immediately."""
        buffered = len(self._buffer)
        if read.missed or read.reset:
            self._buffer.append(Gap(self.recipient, read.starts_at, read.missed))
            self.read_through = read.starts_at
        for event in read.events:
            if not self.has_room:
                break
            self.read_through = event.seq
            if self.kinds is None or event.kind in self.kinds:
                self._buffer.append(event)
        else:
            self.read_through = read.read_through
        self.behind = self.read_through != read.last_seq
        self.live = self.live or not self.behind
        if len(self._buffer) > buffered:
            self._stop_waiting()
        return self.behind and not self._buffer

    def interrupt(self) -> None:
        """Let the wait for the next item end with `Interrupted`; nothing is lost."""
        self._interrupted = True
        self._stop_waiting()
        self._stop_alarm()

    def interrupt_within(self, seconds: float) -> None:
        """Interrupt after this time, unless that is planned already: one timer for many items."""
        if self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.interrupt)

    def _stop_waiting(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def close(self) -> None:
        """Unregister and end; the buffer is dropped, and the client can resume from its cursor."""
        self._detach(self)
        self._stop_alarm()
        self._buffer.clear()
        self.closed = True
        self._stop_waiting()

    async def __aenter__(self) -> Self:
        try:
            await self._attach(self)
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> FeedItem:
        while not self._buffer:
            if self.closed:
                raise StopAsyncIteration
            if self._interrupted:
                self._interrupted = False
                raise Interrupted
            if self.behind:
                self._look(self)
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        item = self._buffer.pop(0)
        if self.behind and not self._buffer:
            self._look(self)
        return item
