"""Any sweeper settles due deadlines, however often and however late, always as of their due time."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from prometheus_client import REGISTRY

from jobs.safety_net import NET_SECONDS, RETRY_SECONDS, keep_sweeping
from jobs.sweeping import LOOK_AHEAD, Sweeper, Swept
from models.base.clock import database_now
from models.base.database import connection, fetch
from models.deadlines.sweep import seconds_until_due
from models.process.wake import Silence
from models.reconciliation import reconcile
from tests.jobs.conftest import ClockPause, SmallMarket, revealed_after, waiting
from tests.support.database import Database
from tests.support.marketplace import HOUR, START

WEEK = timedelta(days=7)


class OverError(Exception):
    """Ends an endless loop."""


async def test_batches_follow_each_other_until_nothing_is_due(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(12)
    await database.clock.advance(48 * HOUR)
    swept = await Sweeper(Silence(), 5).settle_due()
    assert not swept.more
    assert await waiting() == 0
    assert await revealed_after() == {48 * HOUR}
    assert (await reconcile()).findings == ()


async def test_a_worker_that_was_down_for_a_week_changes_nothing(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(WEEK)
    await Sweeper(Silence(), 1_000).settle_round(NET_SECONDS)
    assert await revealed_after() == {48 * HOUR}
    rows = await fetch(connection(), "SELECT DISTINCT received_at - $1 AS after FROM delivery", START)
    assert [row["after"] for row in rows] == [48 * HOUR]


async def test_a_job_is_bounded_and_reports_that_more_is_due(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(6)
    await database.clock.advance(25 * HOUR)  # the reminders
    sweeper = Sweeper(Silence(), 2, most_batches=2)
    assert await sweeper.settle_bucket() == Swept(4, more=True)
    assert await sweeper.settle_bucket() == Swept(2, more=False)
    assert await sweeper.settle_bucket() == Swept(0, more=False)


async def test_concurrent_sweepers_settle_each_deadline_once(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(30)
    await database.clock.advance(48 * HOUR)
    swept = await asyncio.gather(*(Sweeper(Silence(), 4).settle_due() for _ in range(4)))
    assert sum(each.deadlines for each in swept) == 60
    assert await waiting() == 0
    rows = await fetch(connection(), "SELECT kind, count(*) AS count FROM posting_group GROUP BY kind")
    assert {row["kind"]: row["count"] for row in rows} == {"PURCHASE": 1, "HOLD": 30, "CAPTURE": 30}
    assert (await reconcile()).findings == ()


@pytest.mark.parametrize("early", [0.001, 0.5, 1.9])
async def test_a_job_that_starts_early_awaits_the_due_time(
    database: Database, small_market: SmallMarket, pause: ClockPause, early: float
) -> None:
    await database.clock.set(START)
    await small_market.apply()
    await database.clock.advance(24 * HOUR - timedelta(seconds=early))
    swept = await Sweeper(Silence(), 10, pause=pause).settle_bucket()
    assert swept.deadlines == 1
    assert sum(pause.asked) == pytest.approx(max(early + 0.001, 0.02), abs=0.001)


async def test_a_job_does_not_wait_for_a_time_that_has_its_own_job(
    database: Database, small_market: SmallMarket, pause: ClockPause
) -> None:
    await database.clock.set(START)
    await small_market.apply()
    await database.clock.advance(24 * HOUR - timedelta(seconds=LOOK_AHEAD + 0.1))
    assert await Sweeper(Silence(), 10, pause=pause).settle_bucket() == Swept(0, more=False)
    assert pause.asked == []


async def test_what_becomes_due_between_two_statements_is_not_missed(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply()
    before = await database_now(connection())
    await database.clock.advance(24 * HOUR)
    assert await seconds_until_due(before) == 0.0
    assert await seconds_until_due(before + 48 * HOUR) is None


async def test_a_sweep_skips_locked_cases(
    database: Database, small_market: SmallMarket, pause: ClockPause
) -> None:
    await database.clock.set(START)
    (application,) = await small_market.apply()
    await database.clock.advance(47 * HOUR)
    sweeper = Sweeper(Silence(), 10, pause=pause)
    holder = await asyncpg.connect(database.url)
    async with holder.transaction():
        await holder.execute("SELECT 1 FROM application WHERE id = $1 FOR NO KEY UPDATE", application)
        assert await sweeper.settle_bucket() == Swept(0, more=False)
        assert await sweeper.settle_round(NET_SECONDS) == NET_SECONDS
    await holder.close()
    assert (await sweeper.settle_bucket()).deadlines == 1


async def test_the_safety_net_sweeps_again_exactly_when_something_is_due(
    database: Database, small_market: SmallMarket, pause: ClockPause
) -> None:
    await database.clock.set(START)
    sweeper = Sweeper(Silence(), 10, pause=pause)
    assert await sweeper.settle_round(NET_SECONDS) == NET_SECONDS
    await small_market.apply()
    assert await sweeper.settle_round(NET_SECONDS) == NET_SECONDS
    await database.clock.advance(24 * HOUR - timedelta(seconds=4))
    assert await sweeper.settle_round(NET_SECONDS) == pytest.approx(4.001)


async def test_the_safety_net_continues_immediately_while_more_is_due(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(24 * HOUR)
    sweeper = Sweeper(Silence(), 1, most_batches=2)
    assert await sweeper.settle_round(NET_SECONDS) == 0.0
    assert await waiting() == 4


async def test_the_safety_net_announces_a_reveal_within_milliseconds(
    database: Database, small_market: SmallMarket, pause: ClockPause
) -> None:
    await database.clock.set(START)
    (application,) = await small_market.apply()
    await database.clock.advance(48 * HOUR - timedelta(seconds=25))

    async def until_revealed(seconds: float) -> None:
        if await _revealed(application):
            raise OverError
        await pause(seconds)

    with pytest.raises(OverError):
        await keep_sweeping(Sweeper(Silence(), 10), pause=until_revealed)
    assert pause.asked == pytest.approx([10, 10, 5.001])
    assert database.clock.now is not None
    assert database.clock.now - START < 48 * HOUR + timedelta(milliseconds=20)


async def _revealed(application: UUID) -> bool:
    rows = await fetch(connection(), "SELECT revealed_at FROM application WHERE id = $1", application)
    return rows[0]["revealed_at"] is not None


class Failing(Sweeper):
    """Fails in its first round, as if the database had restarted."""

    rounds = 0

    async def settle_round(self, longest: float) -> float:
        """Fail once."""
        self.rounds += 1
        if self.rounds == 1:
            raise OSError("the database is restarting")
        return await super().settle_round(longest)


async def test_the_safety_net_survives_a_failure(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply()
    await database.clock.advance(24 * HOUR)
    asked = []
    failures = REGISTRY.get_sample_value("leadgate_sweep_failures_total") or 0

    async def twice(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 2:
            raise OverError

    with pytest.raises(OverError):
        await keep_sweeping(Failing(Silence(), 10), pause=twice)
    assert asked == [RETRY_SECONDS, NET_SECONDS]
    assert await waiting() == 1
    assert REGISTRY.get_sample_value("leadgate_sweep_failures_total") == failures + 1


async def test_lateness_and_outcomes_are_counted(database: Database, small_market: SmallMarket) -> None:
    labels = {"kind": "REVEAL"}
    done = {"kind": "REVEAL", "outcome": "revealed_by_silence"}

    def samples() -> list[float]:
        name = "leadgate_deadline_lateness_seconds"
        return [
            REGISTRY.get_sample_value(f"{name}_count", labels) or 0,
            REGISTRY.get_sample_value(f"{name}_sum", labels) or 0,
            REGISTRY.get_sample_value(f"{name}_bucket", {**labels, "le": "0.25"}) or 0,
            REGISTRY.get_sample_value("leadgate_deadlines_done_total", done) or 0,
        ]

    before = samples()
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(48 * HOUR + timedelta(seconds=0.2))
    await Sweeper(Silence(), 10).settle_due()
    assert [after - was for after, was in zip(samples(), before, strict=True)] == pytest.approx(
        [3, 0.6, 3, 3]
    )
