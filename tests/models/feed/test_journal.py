"""Writing a journal: how many statements it takes, and which rows it locks last."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg

from models.base.database import connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.feed.journal import DeadlineRow, EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.ledger.movements import purchase
from rules import decide
from rules.calls.call_closing import CallClosingFacts, CallState, call_closing
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.feed import somebody
from tests.support.marketplace import START, MadeMarket, make_market, make_vendor
from tests.support.parcels import POLICY
from tests.support.query_recorder import recorded_statements

COUNTER = "SELECT FROM feed_counter WHERE recipient = $1 FOR UPDATE"


def _journal(market: MadeMarket, recipient: UUID, count: int = 1) -> Journal:
    """Return a journal with `count` decisions, messages, events and deadlines, and an ended deadline."""
    journal = Journal(START)
    for _ in range(count):
        subject = new_id()
        facts = CallClosingFacts(CallState.RINGING, START)
        decision_id = journal.record(subject, decide(call_closing, POLICY, facts, START))
        event = EventRow(recipient, NotificationKind.POINTS_PURCHASED, START, decision_id=decision_id)
        journal.events.append(event)
        journal.messages.append(
            MessageRow(
                MessageTemplate.APPLICATION_RECEIVED,
                recipient,
                subject,
                market.policy_id,
                f"test:{subject}",
                START,
                event_id=event.id,
            )
        )
        journal.deadlines.append(DeadlineRow("CALL_CLOSE", subject, START + timedelta(days=1)))
    journal.done.append((new_id(), "ended"))
    journal.calendars.add(recipient)
    return journal


async def _write(journal: Journal) -> None:
    async with transaction() as conn:
        await journal.write(conn)


async def _written(journal: Journal) -> int:
    """Write a journal; return how many statements it took."""
    with recorded_statements() as statements:
        await _write(journal)
    return len(statements)


async def _counts() -> dict[str, int]:
    row = await fetch_one(
        connection(),
        """SELECT (SELECT count(*) FROM decision) AS decisions, (SELECT count(*) FROM feed_event) AS events,
                  (SELECT count(*) FROM outbox_message) AS messages,
                  (SELECT count(*) FROM deadline) AS deadlines,
                  (SELECT coalesce(sum(last_seq), 0)::int FROM feed_counter) AS counted""",
    )
    assert row is not None
    return dict(row)


async def test_a_journal_is_one_statement(database: Database) -> None:
    market = await make_market()
    assert await _written(_journal(market, somebody())) == 1
    assert await _counts() == dict.fromkeys(("decisions", "events", "messages", "deadlines", "counted"), 1)
    assert await _written(_journal(market, somebody(), 3)) == 1
    assert await _counts() == dict.fromkeys(("decisions", "events", "messages", "deadlines", "counted"), 4)
    assert await _written(Journal(START)) == 0


async def test_points_are_locked_after_the_other_rows_are_written(database: Database) -> None:
    market, vendor = await make_market(), await make_vendor(5)
    journal = _journal(market, vendor.id)
    journal.movements.append(purchase(vendor.id, 5, new_id()))
    with recorded_statements() as statements:
        await _write(journal)
    first, lock, last = (statement.sql for statement in statements)
    assert "INSERT INTO decision" in first
    assert "feed_counter" not in first
    assert "FROM balance" in lock
    assert all(
        f"INTO {table}" in last for table in ("posting_group", "posting", "feed_counter", "feed_event")
    )


async def test_many_rows_are_copied_and_the_counter_is_locked_last(database: Database) -> None:
    market, recipient = await make_market(), somebody()
    with recorded_statements() as statements:
        await _write(_journal(market, recipient, 100))
    *rows, ended, counter, events = (statement.sql for statement in statements)
    assert rows == [f"COPY {table} FROM STDIN" for table in ("decision", "outbox_message", "deadline")]
    assert "UPDATE deadline" in ended
    assert "INSERT INTO feed_counter" in counter
    assert events == "COPY feed_event FROM STDIN"
    assert await _counts() == dict.fromkeys(("decisions", "events", "messages", "deadlines", "counted"), 100)


async def test_many_events_have_the_same_rows_and_numbers_as_few(database: Database) -> None:
    """Of two recipients in turns, of whom one has events already, and in the order of their instants."""
    market, first, second = await make_market(), somebody(), somebody()
    await _write(_journal(market, first, 2))
    shown = []
    for count in (4, 120):
        journal = Journal(START)
        made = _journal(market, first, count)
        journal.decisions, journal.messages = made.decisions, made.messages
        for place, event in enumerate(reversed(made.events)):
            event.recipient = (first, second)[place % 2]
            event.at = START + timedelta(seconds=count - place)
            event.parameters = {"place": place} if place else {}
            journal.events.append(event)
        journal.calendars.add(second)
        before = await _numbers(first, second)
        await _write(journal)
        shown.append(
            [
                (row["seq"] - before[row["recipient"]], row["parameters"], row["at"] - START)
                for row in await fetch(
                    connection(),
                    """SELECT recipient, seq, parameters::text, at FROM feed_event
                       WHERE id = ANY($1::uuid[]) AND decision_id IS NOT NULL
                       ORDER BY at LIMIT 4""",
                    [event.id for event in journal.events],
                )
            ]
        )
        assert await _numbers(first, second) == {
            one: before[one] + sum(event.recipient == one for event in journal.events)
            for one in (first, second)
        }
    assert [[row[0] for row in rows] for rows in shown] == [[1, 1, 2, 2]] * 2
    assert [len(rows) for rows in shown] == [4, 4]
    assert shown[0][-1][1] == "{}"
    calendars = await fetch_one(
        connection(), "SELECT calendar_changes FROM feed_counter WHERE recipient = $1", second
    )
    assert calendars is not None
    assert calendars["calendar_changes"] == 2


async def _numbers(*recipients: UUID) -> dict[UUID, int]:
    rows = await fetch(
        connection(), "SELECT recipient, last_seq FROM feed_counter WHERE recipient = ANY($1)", recipients
    )
    return dict.fromkeys(recipients, 0) | {row["recipient"]: row["last_seq"] for row in rows}


async def test_many_movements_leave_the_same_ledger_as_few(database: Database) -> None:
    """Groups, postings and balance: of a few purchases in one statement, and of many by COPY."""
    market = await make_market()
    ledgers = []
    for count in (3, 120):
        vendor = await make_vendor(0)
        journal = _journal(market, vendor.id, count)
        journal.movements += [purchase(vendor.id, place + 1, new_id()) for place in range(count)]
        with recorded_statements() as statements:
            await _write(journal)
        assert ("COPY posting FROM STDIN" in [one.sql for one in statements]) == (count == 120)
        rows = await fetch(
            connection(),
            """SELECT ordinal, kind, available_after, at,
                      (SELECT array_agg((book, amount)::text ORDER BY book) FROM posting
                       WHERE group_id = posting_group.id)
               FROM posting_group WHERE account_id = $1 ORDER BY ordinal""",
            vendor.id,
        )
        balance = await fetch_one(
            connection(), "SELECT available, movements FROM balance WHERE account_id = $1", vendor.id
        )
        assert balance is not None
        assert tuple(balance) == (count * (count + 1) // 2, count)
        ledgers.append([tuple(row) for row in rows])
    few, many = ledgers
    assert (len(few), len(many)) == (3, 120)
    assert many[:3] == few


async def test_a_counter_is_the_last_row_that_a_statement_locks(database: Database) -> None:
    """While a journal waits for the feed's counter, it has already drawn the position of its message."""
    market, recipient = await make_market(), somebody()
    await _write(_journal(market, recipient))
    before = await _position()
    async with holding(database.url, COUNTER, recipient) as held:
        await held.join(_write(_journal(market, recipient)))
        assert await _position() == before + 1
    assert await held.outcomes() == [None]


async def test_concurrent_journals_leave_no_gap(database: Database) -> None:
    market, recipients = await make_market(), sorted(somebody() for _ in range(3))
    journals = []
    for turn in range(12):
        journal = _journal(market, recipients[turn % 3])
        journal.events += _journal(market, recipients[(turn + 1 + turn % 2) % 3]).events
        journals.append(journal)
    await asyncio.gather(*map(_write, journals))
    rows = await fetch(
        connection(),
        """SELECT last_seq, (SELECT array_agg(seq ORDER BY seq) FROM feed_event
                             WHERE feed_event.recipient = feed_counter.recipient) AS seqs
           FROM feed_counter""",
    )
    assert [row["seqs"] for row in rows] == [list(range(1, row["last_seq"] + 1)) for row in rows]
    assert sum(row["last_seq"] for row in rows) == 24


async def _position() -> int:
    row: asyncpg.Record | None = await fetch_one(connection(), "SELECT last_value FROM outbox_position")
    assert row is not None
    position: int = row["last_value"]
    return position
