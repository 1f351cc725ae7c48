"""What `/readyz` and `/metrics` report about the database."""

import math
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY, generate_latest

from jobs.sweeping import Sweeper
from models.applications.answer import accept
from models.base.database import connection, fetch, transaction
from models.base.metrics import LATENESS_BUCKETS
from models.messages.claim import claim_due
from models.messages.expand import expand_messages
from models.messages.note import Noted, note_results
from models.process import health, lateness
from models.process.health import MOST_COUNTED, DatabaseMetrics, overdue
from models.process.lateness import NAME, recent_lateness
from models.process.wake import Silence
from rules.messages.retry import DispatchOutcome
from tests.jobs.conftest import SmallMarket
from tests.support.database import Database
from tests.support.marketplace import HOUR, START
from tests.support.messages import CONTEXT, FakeChannel, failed
from tests.support.planning import as_never_analyzed

MINUTE = timedelta(minutes=1)


async def test_nothing_is_overdue_in_an_empty_marketplace(database: Database) -> None:
    assert await overdue(connection()) == 0.0
    await DatabaseMetrics().refresh()
    assert _shown("leadgate_deadlines_overdue") == 0
    assert _shown("leadgate_deadlines_oldest_overdue_seconds") == 0
    assert await _messages() == {"WAITING": 0, "UNCERTAIN": 0, "DEAD": 0, "age": 0}


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
    await DatabaseMetrics().refresh()
    assert _shown("leadgate_deadlines_overdue") == 2
    assert _shown("leadgate_deadlines_oldest_overdue_seconds") == 120
    await Sweeper(Silence(), 10).settle_due()
    assert await overdue(connection()) == 0.0


async def test_unsent_messages_are_counted(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply(3)
    await database.clock.advance(MINUTE)
    assert await _messages() == {"WAITING": 9, "UNCERTAIN": 0, "DEAD": 0, "age": 60}
    await expand_messages()
    channel = FakeChannel(failed(DispatchOutcome.PERMANENT), lanes=1)
    (claimed,) = (await claim_due(CONTEXT, channel, 1)).claimed
    await note_results(CONTEXT, channel, [Noted(claimed, channel.answer(claimed.parcel))])
    assert await _messages() == {"WAITING": 11, "UNCERTAIN": 0, "DEAD": 1, "age": 60}


async def _messages() -> dict[str, float]:
    """Read the gauges of messages: how many are in each state, and the age of the oldest, in seconds."""
    await DatabaseMetrics().refresh()
    states = {state: _shown("leadgate_dispatches", state=state) for state in ("WAITING", "UNCERTAIN", "DEAD")}
    return states | {"age": _shown("leadgate_dispatches_oldest_waiting_seconds")}


async def test_metrics_show_the_database(database: Database, small_market: SmallMarket) -> None:
    await database.clock.set(START)
    await small_market.apply(2)
    await database.clock.advance(24 * HOUR + MINUTE)
    await DatabaseMetrics().refresh()
    assert REGISTRY.get_sample_value("leadgate_deadlines_overdue") == 2
    assert REGISTRY.get_sample_value("leadgate_deadlines_oldest_overdue_seconds") == 60
    assert REGISTRY.get_sample_value("leadgate_dispatches", {"state": "WAITING"}) == 6
    await Sweeper(Silence(), 10).settle_due()
    shown = DatabaseMetrics()
    await shown.refresh()
    await shown.refresh()
    assert REGISTRY.get_sample_value("leadgate_deadlines_overdue") == 0


async def test_what_is_stored_is_shown_as_the_planner_estimates_it(
    database: Database, small_market: SmallMarket
) -> None:
    await small_market.apply(2)
    await fetch(connection(), "VACUUM ANALYZE deadline")
    await fetch(connection(), "VACUUM ANALYZE feed_event")
    await DatabaseMetrics().refresh()
    assert REGISTRY.get_sample_value("leadgate_deadlines_stored") == 4
    assert REGISTRY.get_sample_value("leadgate_feed_events") == 5  # the points, each application twice


async def test_a_gauge_that_fails_leaves_the_others(
    database: Database, small_market: SmallMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no value then, and the failure is counted."""
    await database.clock.set(START)
    await small_market.apply()
    await database.clock.advance(25 * HOUR)
    first, *others = health.READINGS
    before = _failures(first)
    monkeypatch.setattr(health, "READINGS", (replace(first, sql="SELECT 1 / 0"), *others))
    await DatabaseMetrics().refresh()
    assert math.isnan(_shown("leadgate_deadlines_overdue"))
    assert _failures(first) == before + 1
    assert _shown("leadgate_dispatches", state="WAITING") == 3


async def test_a_gauge_that_takes_too_long_is_given_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = health.READINGS
    before = _failures(first)
    monkeypatch.setattr(health, "READINGS", (replace(first, sql="SELECT pg_sleep(600)"),))
    monkeypatch.setattr(health, "STATEMENT_MS", 1)
    monkeypatch.setattr(health, "ANSWER_SECONDS", 60.0)
    await DatabaseMetrics().refresh()
    assert _failures(first) == before + 1


@pytest.mark.parametrize("reading", health.READINGS, ids=lambda reading: reading.name)
async def test_no_gauge_scans_a_table(database: Database, reading: health.Reading) -> None:
    """With many rows, each part is read from an index of what waits, and counted up to a limit."""
    async with transaction() as conn:
        await fetch(conn, "SET LOCAL enable_seqscan = off")
        await as_never_analyzed(conn, "deadline", "dispatch", "outbox_message")
        rows = await fetch(conn, f"EXPLAIN {reading.sql}")
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan" not in plan
    used = set(re.findall(r"(?:using|Index Scan on) (\w+)", plan))
    assert used <= {
        "deadline_waiting",
        "deadline_by_kind",
        "dispatch_waiting",
        "dispatch_problems",
        "outbox_unexpanded",
        "pg_class_oid_index",
    }
    assert reading.sql.count("count(*)") == reading.sql.count(f"LIMIT {MOST_COUNTED}")


def _failures(reading: health.Reading) -> float:
    return REGISTRY.get_sample_value("leadgate_gauge_failures_total", {"gauge": reading.name}) or 0.0


def _shown(name: str, **labels: str) -> float:
    value = REGISTRY.get_sample_value(name, labels)
    assert value is not None
    return value


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
    await DatabaseMetrics().refresh()
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
