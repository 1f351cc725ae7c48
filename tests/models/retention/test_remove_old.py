"""What is old is removed at night, and nothing that somebody still needs."""

from datetime import time

import asyncpg
import pytest

from models.applications.answer import accept, decline
from models.applications.list import applications_by_id, deadlines_of
from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.feed.events import Position, events_after
from models.leads.contact_access import log_contact_access
from models.leads.facts import ApplicationStatus
from models.placements.banners import banners
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.retention.kinds import BATCH, KINDS
from models.retention.remove_old import Kept
from rules.messages.retry import DispatchOutcome
from tests.models.chat.writing import send
from tests.models.retention.conftest import (
    TABLES,
    WEEK,
    counts,
    lay_rows,
    night,
    night_after,
)
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply, make_lead
from tests.support.messages import FakeChannel, failed, send_all
from tests.support.reading import rows_of

QUIET = Silence()
EVERYTHING = dict.fromkeys(TABLES, 5)
NOTHING = dict.fromkeys(TABLES, 0)


async def test_rows_are_removed_once_they_are_older_than_they_are_kept(database: Database) -> None:
    """Of every kind; not a microsecond before."""
    await database.clock.set(night(0))
    await lay_rows(database, 5)
    await night_after(database, 7)
    assert await counts() == EVERYTHING
    removed = await night_after(database, 7, at=time(1, 7, 0, 1))
    assert await counts() == NOTHING
    assert removed == {kind.what: 5 for kind in KINDS}


async def test_zero_days_keep_rows_for_ever(database: Database) -> None:
    await database.clock.set(night(0))
    await lay_rows(database, 5)
    assert await night_after(database, 10_000, Kept(0, 0, 0, 0, 0)) == {}
    assert await counts() == EVERYTHING


async def test_more_than_one_transaction_of_rows_is_removed_and_the_younger_stay(database: Database) -> None:
    await database.clock.set(night(0))
    await lay_rows(database, 2 * BATCH + 5)
    await database.clock.set(night(5))
    await lay_rows(database, 5)
    await night_after(database, 10)
    assert await counts() == EVERYTHING
    assert await _removed_through() == {(2 * BATCH + 5) // 5}
    assert (await reconcile()).counts["feeds_have_no_gap"] == 0


@pytest.mark.parametrize("at", [time(0, 59, 59), time(4, 30), time(12, 0)])
async def test_nothing_is_removed_by_day(database: Database, at: time) -> None:
    await database.clock.set(night(0))
    await lay_rows(database, 5)
    assert await night_after(database, 30, at=at) == {}
    assert await counts() == EVERYTHING


async def test_an_unfinished_removal_goes_on_in_the_next_night(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the kind that was interrupted, where it was interrupted."""
    await database.clock.set(night(0))
    await lay_rows(database, 3 * BATCH)
    asked: list[str] = []

    async def half_past_four(_: object) -> object:
        asked.append("")
        return night(10, time(1, 7)) if len(asked) < 6 else night(10, time(4, 30))

    await database.clock.set(night(10))
    with monkeypatch.context() as patched:
        patched.setattr("models.retention.remove_old.database_now", half_past_four)
        first = await night_after(database, 10)
    assert set(first) == {"idempotency"}
    assert await _unfinished() == ["idempotency"]
    assert (await counts())["idempotency"] == 3 * BATCH - first["idempotency"]
    await night_after(database, 11)
    assert await counts() == NOTHING
    assert await _unfinished() == []


async def test_a_row_that_somebody_holds_is_left_for_the_next_night(database: Database) -> None:
    """Nobody waits: neither the removal, nor who writes to a feed."""
    await database.clock.set(night(0))
    await lay_rows(database, 10)
    held = {"feed_event": "feed_counter", "dispatch": "outbox_message"}
    other = await asyncpg.connect(database.url)
    try:
        async with other.transaction():
            for table in {held.get(table, table) for table in TABLES}:
                key = "recipient" if table == "feed_counter" else "id"
                await other.execute(f"SELECT FROM {table} ORDER BY {key} LIMIT 1 FOR UPDATE")
            await night_after(database, 30)
            assert await counts() == dict.fromkeys(TABLES, 1) | {"feed_event": 2}
    finally:
        await other.close()
    await night_after(database, 31)
    assert await counts() == NOTHING


async def test_a_removed_key_of_a_request_can_be_used_again(market: Marketplace, database: Database) -> None:
    """Before that, it gives the first answer."""
    lead = await make_lead(market.market, market.prospect)
    first = await apply(market.vendor, market.lead, key="the same")
    assert await apply(market.vendor, market.lead, key="the same") == first
    await night_after(database, 8)
    assert await apply(market.vendor, lead, key="the same") != first


async def test_a_client_is_told_of_events_that_were_removed(market: Marketplace, database: Database) -> None:
    await apply(market.vendor, market.lead)
    await night_after(database, 8)
    position = Position(market.vendor.id, 1)
    read = (await events_after(connection(), [position], 10))[position]
    assert (read.events, read.missed, read.reset) == ((), 1, False)


async def test_an_event_dated_back_keeps_nothing_before_it_and_leaves_no_hole(database: Database) -> None:
    """A deadline's event may be dated before earlier ones: a young one keeps all that follow it."""
    await database.clock.set(night(0))
    await lay_rows(database, 15)
    await database.plant("UPDATE feed_event SET at = at + interval '20 days' WHERE seq = $1", 2)
    await night_after(database, 10)
    assert {row["seq"] for row in await rows_of("feed_event")} == {2, 3}
    assert await _removed_through() == {1}


@pytest.mark.parametrize("fate", ["accepted", "declined", "silent", "withdrawn"])
async def test_an_application_is_what_it_was_without_its_deadlines(
    market: Marketplace, database: Database, fate: str
) -> None:
    made = await apply(market.vendor, market.lead)
    await database.clock.advance(HOUR)
    if fate in {"accepted", "withdrawn"}:
        await accept(market.prospect.viewer, QUIET, made)
    if fate in {"declined", "withdrawn"}:
        await decline(market.prospect.viewer, QUIET, made)
    await database.clock.advance(49 * HOUR)
    await sweep(QUIET)
    await database.clock.set(night(20))

    async def seen() -> list[object]:
        views = [(await applications_by_id(connection(), who, [made]))[made] for who in viewers]
        shown = [await banners(connection(), who, 20) for who in viewers]
        return [[(view.status, view.revealed_at) for view in views], [len(one) for one in shown]]

    viewers = (market.vendor.owner, market.prospect.viewer)
    before = await seen()
    await night_after(database, 20, Kept(0, 0, 0, 7, 0))
    assert (await deadlines_of(connection(), [made]))[made] == []
    assert await seen() == before
    if fate == "silent":
        assert before[0] == [(ApplicationStatus.REVEALED, before[0][0][1])] * 2  # type: ignore[index]


async def test_a_waiting_deadline_is_kept_whatever_its_age(market: Marketplace, database: Database) -> None:
    made = await apply(market.vendor, market.lead)
    await night_after(database, 400)
    assert {row["done_at"] for row in await rows_of("deadline", subject=made)} == {None}
    await sweep(QUIET)


async def test_messages_that_were_sent_are_removed_and_those_that_were_not_are_kept(
    market: Marketplace, database: Database
) -> None:
    """So are those that an operator has to look at."""
    await apply(market.vendor, market.lead)
    await send_all(FakeChannel(failed(DispatchOutcome.PERMANENT)))
    await database.clock.advance(HOUR)
    await apply(market.vendor, await make_lead(market.market, market.prospect))
    await send_all()
    await database.clock.advance(HOUR)
    await apply(market.vendor, await make_lead(market.market, market.prospect))
    states = {row["state"] for row in await rows_of("dispatch")}
    assert states == {"DEAD", "SENT"}
    waiting = len([row for row in await rows_of("outbox_message") if row["expanded_at"] is None])
    assert waiting
    await night_after(database, 8)
    assert {row["state"] for row in await rows_of("dispatch")} == {"DEAD"}
    assert len([row for row in await rows_of("outbox_message") if row["expanded_at"] is None]) == waiting


@pytest.mark.parametrize("change", ["cost_cents = 9", "sent_at = sent_at + interval '300 days'"])
async def test_a_message_that_was_charged_or_sent_again_lately_is_kept(
    database: Database, change: str
) -> None:
    await database.clock.set(night(0))
    await lay_rows(database, 5)
    await database.plant(f"UPDATE dispatch SET {change} WHERE id = (SELECT id FROM dispatch LIMIT $1)", 1)
    await night_after(database, 100)
    assert await counts() == NOTHING | {"dispatch": 1, "outbox_message": 1}


async def test_the_proof_that_a_person_was_told_of_a_disclosure_is_kept(
    market: Marketplace, database: Database
) -> None:
    made = await apply(market.vendor, market.lead)
    await accept(market.prospect.viewer, QUIET, made)
    await send_all()
    await send_all()
    await night_after(database, 100)
    assert [row["template"] for row in await rows_of("outbox_message")] == ["contact_disclosed"]
    assert [row["state"] for row in await rows_of("dispatch")] == ["SENT"]


async def test_the_notice_of_a_call_goes_with_the_call(database: Database) -> None:
    await database.clock.set(night(0))
    await lay_rows(database, 5)
    (message,) = (await rows_of("outbox_message"))[:1]
    await database.plant(
        """INSERT INTO call_notice (id, call_id, employee_id, channel, decision_id, message_id)
           VALUES ($1, $1, $1, 'EMAIL', $1, $1)""",
        message["id"],
    )
    await night_after(database, 100)
    assert [row["id"] for row in await rows_of("outbox_message")] == [message["id"]]


async def test_reconciliation_finds_nothing_after_anything_was_removed(
    market: Marketplace, database: Database
) -> None:
    """Whichever of an email about unread messages and its deadline is kept longer."""
    made = await apply(market.vendor, market.lead)
    await send(market.vendor.owner, made)
    await database.clock.advance(HOUR)
    await sweep(QUIET)
    await send_all()
    await log_contact_access(market.operator, [market.lead.id])
    for kept in (Kept(7, 7, 7, 0, 7), Kept(0, 0, 0, 7, 0)):
        await night_after(database, 2 if kept is WEEK else 9, kept)
        assert (await reconcile()).findings == ()
    assert await counts() == dict.fromkeys(TABLES, 0) | {
        "deadline": 2,  # the application waits: nobody has swept since
    }
    await sweep(QUIET)


async def test_a_database_that_gets_and_forgets_as_much_keeps_its_size(database: Database) -> None:
    """Thirty days with the same number of rows a day, each kept for a week: from the second week on the
    tables and their indexes have the same number of rows and, with VACUUM, no more bytes.
    """
    sizes: list[int] = []
    rows: list[dict[str, int]] = []
    for day in range(30):
        await database.clock.set(night(day, time(0, 30)))
        await lay_rows(database, 200)
        await night_after(database, day)
        for table in TABLES:
            await fetch(connection(), f"VACUUM {table}")
        rows.append(await counts())
        sizes.append(await _bytes())
    assert rows[10:] == [dict.fromkeys(TABLES, 7 * 200)] * 20
    assert max(sizes[20:]) <= 1.1 * max(sizes[10:20])


async def _unfinished() -> list[str]:
    rows = await fetch(connection(), "SELECT what FROM removed_rows WHERE position IS NOT NULL")
    return [row["what"] for row in rows]


async def _removed_through() -> set[int]:
    return {row["removed_through"] for row in await fetch(connection(), "SELECT * FROM feed_counter")}


async def _bytes() -> int:
    sql = " + ".join(f"pg_total_relation_size('{table}')" for table in (*TABLES, "feed_counter"))
    return int((await fetch(connection(), f"SELECT {sql} AS n"))[0]["n"])
