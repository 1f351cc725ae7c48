"""Interrupting the wait for the next item of a feed: whoever waits looks around, and no item is lost."""

import asyncio
from datetime import UTC, datetime

import pytest

from models.base.ids import new_id
from models.feed.events import FeedEventView, FeedRead
from models.feed.kinds import NotificationKind
from schema.graphql.following.feed_subscription import FeedSubscription, Interrupted

FEED, NOW = new_id(), datetime.now(UTC)


async def attach(subscription: FeedSubscription) -> None:
    """Begin at the beginning."""
    subscription.live = True


def following() -> FeedSubscription:
    """Follow a feed that the test fills."""
    return FeedSubscription(
        FEED, 0, None, about=None, attach=attach, detach=lambda _: None, look=lambda _: None
    )


def read(seq: int) -> FeedRead:
    """The event at a position."""
    kind = NotificationKind.CALL_CHANGED
    event = FeedEventView(new_id(), FEED, seq, kind, None, None, None, None, {}, NOW, None)
    return FeedRead(
        (event,), starts_at=seq - 1, missed=0, reset=False, read_through=seq, last_seq=seq, now=NOW
    )


async def test_a_wait_is_interrupted_once_and_no_item_is_lost() -> None:
    async with following() as feed:
        waiting = asyncio.create_task(anext(feed))
        await asyncio.sleep(0)
        feed.interrupt()
        with pytest.raises(Interrupted):
            await waiting
        feed.take(read(1))
        feed.interrupt()
        feed.take(read(2))
        items = [await anext(feed) for _ in range(2)]  # what has been read comes first
        assert [item.seq for item in items] == [1, 2]
        with pytest.raises(Interrupted):
            await anext(feed)
        feed.close()
        with pytest.raises(StopAsyncIteration):
            await anext(feed)


async def test_one_alarm_is_set_at_a_time_and_ends_with_the_subscription() -> None:
    loop = asyncio.get_running_loop()
    async with following() as feed:
        feed.interrupt_within(0.0)
        feed.interrupt_within(3600.0)
        with pytest.raises(Interrupted):
            await anext(feed)
        feed.interrupt_within(3600.0)
        alarm = feed._alarm
        assert alarm is not None
        assert alarm.when() > loop.time()
    assert alarm.cancelled()
    assert feed._alarm is None
