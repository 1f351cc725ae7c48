"""B.3, in seconds: a worker killed at its worst moment, eight concurrent sweepers, a worker down for a week.

Workers are blocked in the database or in Valkey; the tests do not hook into the product.
"""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from models.applications.answer import decline
from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.process.redis_pool import open_redis
from models.process.wake import Silence
from schema.graphql.following.feed_reader import FeedReader
from tests.chaos.breakable import BreakableMarket, freeze, is_blocked, standing, thaw, until
from tests.support.marketplace import HOUR, SECOND, START
from tests.support.reading import points

QUIET = Silence()
DUE = START + 48 * HOUR


async def test_a_worker_killed_between_decision_and_commit_has_done_nothing(
    breakable: BreakableMarket,
) -> None:
    """The next worker does all of the work, once."""
    await breakable.apply(5)
    await breakable.database.clock.set(DUE)
    async with standing(breakable.database.url, "feed_event") as holder:
        worker = await breakable.worker()
        await until(lambda: is_blocked(holder))
        await worker.kill()
    await until(lambda: _alone(breakable))
    assert await breakable.waiting() == 10
    assert await breakable.value("SELECT count(*) FROM delivery") == 0
    await breakable.check(reveals=0)
    await breakable.worker()
    await until(breakable.settled)
    await breakable.check(reveals=5)


async def _alone(breakable: BreakableMarket) -> bool:
    """Whether the killed worker's session and its locks are gone."""
    others = (
        "SELECT count(*) FROM pg_locks WHERE relation = 'application'::regclass AND pid <> pg_backend_pid()"
    )
    return await breakable.value(others) == 0


async def test_a_worker_killed_between_commit_and_publishing_loses_no_event(
    breakable: BreakableMarket,
) -> None:
    """Followers of the feed receive the event by polling; the next worker repeats nothing."""
    await breakable.apply(3)
    await breakable.database.clock.set(DUE)
    freeze(breakable.services.pids["valkey"])
    worker = await breakable.worker()
    await until(breakable.settled)
    await worker.kill()
    thaw(breakable.services.pids["valkey"])
    async with (
        open_redis(breakable.services.redis_url, answer_seconds=None) as channel,
        FeedReader(channel, poll_seconds=1) as reader,
        reader.subscribe(breakable.place.vendor.id, 0) as feed,
    ):
        heard = [await asyncio.wait_for(anext(feed), 60) for _ in range(1 + 3 + 3)]
    assert [event.seq for event in heard] == list(range(1, 8))
    await breakable.worker()
    await asyncio.sleep(1.5)  # long enough for a repeated event to show
    await breakable.check(reveals=3)


async def test_a_worker_that_was_down_for_a_week_decides_as_of_the_due_times(
    breakable: BreakableMarket,
) -> None:
    """Each reveal is as of its due time, and a decline a second after 48 h is late, without a worker."""
    made = await breakable.apply(6)
    await breakable.database.clock.set(DUE - SECOND)
    await decline(breakable.place.prospect.viewer, QUIET, made[0])
    await breakable.database.clock.set(DUE + SECOND)
    await decline(breakable.place.prospect.viewer, QUIET, made[1])
    await breakable.database.clock.set(DUE + timedelta(days=7))
    await breakable.worker()
    await until(breakable.settled)
    await breakable.check(reveals=5)
    rows = await fetch(
        connection(), "SELECT rule_id FROM decision WHERE ruleset = 'refund' ORDER BY decided_at"
    )
    assert [row["rule_id"] for row in rows] == ["declined_in_time", "declined_late"]
    assert await points(breakable.place.vendor.id) == (996, 0)


async def test_eight_sweepers_race_with_declines(breakable: BreakableMarket) -> None:
    """Some declines come before the sweepers and some after, all at the instant when everything is due."""
    made = await breakable.apply(40)
    await breakable.database.clock.set(DUE)

    async def sweeper() -> None:
        while (await sweep(QUIET, 3)).more:
            pass

    prospect = breakable.place.prospect.viewer
    declines: list[Coroutine[Any, Any, object]] = [decline(prospect, QUIET, one) for one in made[::2]]
    async with asyncio.timeout(60):
        await asyncio.gather(*(sweeper() for _ in range(8)), *declines)
        await sweeper()  # what the sweepers skipped because a decline held it
    assert await breakable.waiting() == 0
    await breakable.check(reveals=40)
    assert await points(breakable.place.vendor.id) == (980, 0), "late declines are refunded, once each"
