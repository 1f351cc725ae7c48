"""Reading feeds from positions."""

import re
from typing import Any

import pytest

from models.base.database import connection, fetch, transaction
from models.feed.events import Position, events_after, feed_position
from tests.support.database import Database
from tests.support.feed import REVEALED, CountingConnection, add_events, backlog, remove_through, somebody
from tests.support.query_recorder import recorded_statements


async def test_a_feed_that_was_never_written_is_at_zero_and_has_no_news(database: Database) -> None:
    recipient = somebody()
    assert await feed_position(connection(), recipient) == 0
    assert await events_after(connection(), [Position(recipient, 0)], 10) == {}
    assert await events_after(connection(), [], 10) == {}


async def test_events_follow_the_position_in_order_up_to_the_limit(database: Database) -> None:
    recipient = somebody()
    await add_events(recipient, count=5, kind=REVEALED)
    read = (await events_after(connection(), [Position(recipient, 1)], 3))[Position(recipient, 1)]
    assert [event.seq for event in read.events] == [2, 3, 4]
    assert (read.starts_at, read.missed, read.reset, read.last_seq) == (1, 0, False, 5)
    assert read.events[0].kind is REVEALED
    assert read.events[0].recipient == recipient
    assert read.events[0].parameters == {"points": 2}
    assert await feed_position(connection(), recipient) == 5


async def test_one_statement_serves_many_readers_at_several_positions(database: Database) -> None:
    first, second, third = somebody(), somebody(), somebody()
    await add_events(first, second, count=2)
    at = ((first, 0), (first, 1), (first, 2), (second, 1), (third, 0), (first, 0))
    wanted = [Position(*one) for one in at]
    counting: Any = CountingConnection()
    found = await events_after(counting, wanted, 10)
    assert counting.statements == 1
    assert {at: [event.seq for event in read.events] for at, read in found.items()} == {
        Position(first, 0): [1, 2],
        Position(first, 1): [2],
        Position(second, 1): [2],
    }


@pytest.mark.parametrize(
    ("after", "missed", "seqs"), [(0, 3, [4, 5]), (2, 1, [4, 5]), (3, 0, [4, 5]), (4, 0, [5])]
)
async def test_events_removed_by_retention_are_counted_as_missed(
    database: Database, after: int, missed: int, seqs: list[int]
) -> None:
    recipient = somebody()
    await add_events(recipient, count=5)
    await remove_through(recipient, 3)
    read = (await events_after(connection(), [Position(recipient, after)], 10))[Position(recipient, after)]
    assert (read.missed, [event.seq for event in read.events]) == (missed, seqs)


async def test_a_feed_that_is_removed_as_a_whole_is_still_a_gap(database: Database) -> None:
    recipient = somebody()
    await add_events(recipient, count=5)
    await remove_through(recipient, 5)
    read = (await events_after(connection(), [Position(recipient, 2)], 10))[Position(recipient, 2)]
    assert (read.missed, read.starts_at, read.events) == (3, 5, ())


async def test_a_position_beyond_the_end_is_reset_to_it(database: Database) -> None:
    recipient = somebody()
    await add_events(recipient, count=2)
    read = (await events_after(connection(), [Position(recipient, 9)], 10))[Position(recipient, 9)]
    assert (read.reset, read.starts_at, read.missed, read.events) == (True, 2, 0, ())


async def test_a_long_feed_is_read_from_the_readers_position(database: Database) -> None:
    recipient = somebody()
    await backlog(recipient, 5000)
    read = (await events_after(connection(), [Position(recipient, 4990)], 64))[Position(recipient, 4990)]
    assert [event.seq for event in read.events] == list(range(4991, 5001))


async def test_a_reader_about_an_application_gets_its_events_only_and_is_through_with_the_others(
    database: Database,
) -> None:
    recipient, wanted, other = somebody(), somebody(), somebody()
    await add_events(recipient, count=3, about=other)
    await add_events(recipient, count=2, about=wanted)
    await add_events(recipient, count=2)
    await add_events(recipient, about=wanted)
    beginning = Position(recipient, 0, wanted)
    few = (await events_after(connection(), [beginning], 2))[beginning]
    assert ([event.seq for event in few.events], few.read_through, few.last_seq) == ([4, 5], 5, 8)
    all_, nobodys = Position(recipient, 0), Position(recipient, 3, somebody())
    found = await events_after(connection(), [beginning, all_, nobodys, Position(recipient, 8, wanted)], 10)
    assert {position: [event.seq for event in read.events] for position, read in found.items()} == {
        beginning: [4, 5, 8],
        all_: [1, 2, 3, 4, 5, 6, 7, 8],
        nobodys: [],
    }
    assert {read.read_through for read in found.values()} == {8}


async def test_a_gap_is_one_of_the_whole_feed_also_about_an_application(database: Database) -> None:
    recipient, wanted = somebody(), somebody()
    await add_events(recipient, about=wanted)
    await add_events(recipient, count=3)
    await remove_through(recipient, 2)
    for after, missed in ((0, 2), (1, 1), (2, 0)):
        position = Position(recipient, after, wanted)
        read = (await events_after(connection(), [position], 10))[position]
        assert (read.missed, read.starts_at, read.events, read.read_through) == (missed, 2, (), 4)
    beyond = Position(recipient, 9, wanted)
    read = (await events_after(connection(), [beyond], 10))[beyond]
    assert (read.reset, read.starts_at, read.read_through) == (True, 4, 4)


async def test_the_events_about_an_application_are_read_by_their_index(database: Database) -> None:
    """Whatever else has happened in the feed since then."""
    recipient, wanted = somebody(), somebody()
    await backlog(recipient, 20_000)
    await add_events(recipient, about=wanted)
    await fetch(connection(), "VACUUM ANALYZE feed_event")
    for position, index in (
        (Position(recipient, 0, wanted), "feed_event_of_application"),
        (Position(recipient, 19_000), "feed_event_gapless"),
    ):
        with recorded_statements() as sent:
            await events_after(connection(), [position], 64)
        async with transaction() as conn:
            rows = await fetch(conn, f"EXPLAIN (ANALYZE) {sent[0].sql}", *sent[0].values)
        scans = [row[0] for row in rows if " on feed_event" in row[0]]
        used = [one for one in scans if not re.search(r"never executed|rows=0[. ]", one)]
        assert [index in one for one in used] == [True], scans
        assert not any("Rows Removed" in row[0] for row in rows)
