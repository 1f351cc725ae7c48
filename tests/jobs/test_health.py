"""What `/readyz` and `/metrics` report about the database."""

from datetime import timedelta

from prometheus_client import REGISTRY, generate_latest

from jobs.sweeping import Sweeper
from models.applications.answer import accept
from models.base.database import connection, fetch, transaction
from models.base.metrics import LATENESS_BUCKETS
from models.messages.claim import claim_due
from models.messages.expand import expand_messages
from models.messages.note import Noted, note_results
from models.process import lateness
from models.process.health import DatabaseMetrics, DoneCount, done_counts, gauges, overdue
from models.process.lateness import NAME, recent_lateness
from models.process.wake import Silence
from rules.messages.retry import DispatchOutcome
from tests.jobs.conftest import SmallMarket
from tests.support.database import Database
from tests.support.marketplace import HOUR, START
from tests.support.messages import CONTEXT, FakeChannel, failed

MINUTE = timedelta(minutes=1)


async def test_nothing_is_overdue_in_an_empty_marketplace(database: Database) -> None:
    assert await overdue(connection()) == 0.0
    now = await gauges(connection())
    assert (now.deadlines_overdue, now.dispatches_waiting, now.dispatches_dead, now.feed_events) == (
        0,
        0,
        0,
        0,
    )
    assert (now.deadlines_oldest_overdue, now.dispatches_oldest_waiting) == (0.0, 0.0)


async def test_the_reported_lateness_is_that_of_the_oldest_overdue_deadline(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply()
    await database.clock.advance(MINUTE)
    await small_market.apply()
    await database.clock.set(START + 24 * HOUR - MINUTE)
    assert await overdue(connection()) == 0.0
    await database.clock.advance(3 * MINUTE)
    assert await overdue(connection()) == 120.0
    now = await gauges(connection())
    assert (now.deadlines_overdue, now.deadlines_oldest_overdue) == (2, 120.0)
    await Sweeper(Silence(), 10).settle_due()
    assert await overdue(connection()) == 0.0


async def test_unsent_messages_are_counted(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(MINUTE)
    now = await gauges(connection())
    assert (now.dispatches_waiting, now.dispatches_oldest_waiting) == (9, 60.0)
    await expand_messages()
    channel = FakeChannel(failed(DispatchOutcome.PERMANENT), lanes=1)
    (claimed,) = (await claim_due(CONTEXT, channel, 1)).claimed
    await note_results(CONTEXT, channel, [Noted(claimed, channel.answer(claimed.parcel))])
    now = await gauges(connection())
    assert (now.dispatches_waiting, now.dispatches_dead, now.dispatches_oldest_waiting) == (11, 1, 60.0)
    assert now.feed_events == 7  # the points, each application twice


async def test_done_deadlines_are_counted_by_outcome(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(25 * HOUR)
    await Sweeper(Silence(), 10).settle_due()
    assert await done_counts(connection()) == [DoneCount("REVIEW_REMINDER", "not_reviewed", 2)]


async def test_metrics_show_the_database(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(24 * HOUR + MINUTE)
    await DatabaseMetrics().refresh(connection())
    assert REGISTRY.get_sample_value("leadgate_deadlines_overdue") == 2
    assert REGISTRY.get_sample_value("leadgate_deadlines_oldest_overdue_seconds") == 60
    assert REGISTRY.get_sample_value("leadgate_dispatches", {"state": "WAITING"}) == 6
    await Sweeper(Silence(), 10).settle_due()
    shown = DatabaseMetrics()
    await shown.refresh(connection())
    reveals = {"kind": "REVEAL", "outcome": "revealed_by_silence"}
    before = REGISTRY.get_sample_value("leadgate_deadlines_stored", reveals)
    await database.clock.advance(24 * HOUR)
    await Sweeper(Silence(), 10).settle_due()
    await shown.refresh(connection())  # the totals are at most a minute old
    labels = {"kind": "REVIEW_REMINDER", "outcome": "not_reviewed"}
    assert REGISTRY.get_sample_value("leadgate_deadlines_stored", labels) == 2
    assert REGISTRY.get_sample_value("leadgate_deadlines_stored", reveals) == before
    assert b"leadgate_feed_events" in generate_latest()


async def test_the_lateness_of_the_last_hour_is_read_from_the_database(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(24 * HOUR + timedelta(seconds=1))
    await Sweeper(Silence(), 10).settle_due()
    (reminders,) = await recent_lateness(connection())
    assert (reminders.kind, reminders.count, reminders.sum) == ("REVIEW_REMINDER", 3, 3.0)
    assert dict(zip(LATENESS_BUCKETS, reminders.within, strict=True))[0.5] == 0
    assert dict(zip(LATENESS_BUCKETS, reminders.within, strict=True))[1] == 3
    await DatabaseMetrics().refresh(connection())
    assert REGISTRY.get_sample_value(f"{NAME}_bucket", {"kind": "REVIEW_REMINDER", "le": "1.0"}) == 3
    assert f'{NAME}_bucket{{kind="REVIEW_REMINDER",le="+Inf"}} 3.0'.encode() in generate_latest()
    await database.clock.advance(HOUR)
    assert await recent_lateness(connection()) == []


async def test_a_deadline_answered_before_it_was_due_was_not_late(
    database: Database, small_market: SmallMarket
) -> None:
    await database.clock.set(START)
    (application_id,) = await small_market.apply()
    await database.clock.advance(HOUR)
    await accept(small_market.prospect.viewer, Silence(), application_id=application_id)
    assert await recent_lateness(connection()) == []


async def test_lateness_is_read_through_its_index(database: Database) -> None:
    async with transaction() as conn:
        await fetch(conn, "SET LOCAL enable_seqscan = off")
        rows = await fetch(conn, f"EXPLAIN {lateness._RECENT}")
    assert any("deadline_settled" in row["QUERY PLAN"] for row in rows)
