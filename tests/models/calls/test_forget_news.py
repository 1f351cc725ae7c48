"""The agents' shared feed does not grow for ever."""

from datetime import timedelta

import pytest

from models.base.database import connection, transaction
from models.calls import forget_news
from models.calls.call_case import AGENTS_FEED
from models.calls.ring import ring
from models.feed.events import Position, events_after
from models.process.wake import Silence
from models.reconciliation import reconcile
from tests.support.calls import NUMBER, make_secretariat
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace


async def test_events_older_than_two_days_are_a_gap_and_newer_ones_stay(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches, and the counters still agree with the events."""
    monkeypatch.setattr(forget_news, "_BATCH", 1)
    await database.clock.set(START)
    await make_secretariat(place)
    for _ in range(3):
        await ring(Silence(), dialled=NUMBER, caller="+493023125901", wanted=None)
    await database.clock.advance(timedelta(days=1))
    await ring(Silence(), dialled=NUMBER, caller="+493023125901", wanted=None)
    now = START + timedelta(days=2, seconds=1)
    await database.clock.set(now)
    beginning = Position(AGENTS_FEED, 0)
    before = (await events_after(connection(), [beginning], 10))[beginning]
    assert await forget_news.forget_news(now) == 3
    after = (await events_after(connection(), [beginning], 10))[beginning]
    assert (after.missed, after.events) == (3, before.events[3:])
    assert await forget_news.forget_news(now) == 0
    async with transaction() as conn:
        await assert_books_balance(conn)
        assert (await reconcile(conn)).findings == ()
