"""Pages of a chat: people's messages and system messages in one order, read both ways by indexes."""

import re
from random import Random
from uuid import UUID

import pytest

from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.chat.list import first_unread_of, list_messages, messages_by_id, messages_of
from models.chat.mark_read import mark_read
from models.chat.send import send_message
from models.feed.kinds import NotificationKind
from models.process.wake import Silence
from rules.chat.chat_view import ChatSide
from tests.models.chat.reading import head_of, thread
from tests.support.database import Database
from tests.support.feed import add_events, remove_through
from tests.support.marketplace import START, Marketplace, apply, make_lead, make_marketplace
from tests.support.query_recorder import recorded_statements

QUIET = Silence()
PLACED = (
    NotificationKind.MEETING_PROPOSED,
    NotificationKind.MEETING_AGREED,
    NotificationKind.APPLICATION_ENDED,
)
HIDDEN = (NotificationKind.FEE_REFUNDED, NotificationKind.REVIEW_REMINDER)


async def _happen(random: Random, place: Marketplace, application_id: UUID, count: int) -> list[str]:
    """Let people write and read, and the marketplace tell both of something; return who wrote, in order."""
    written = []
    recipients = (place.vendor.id, place.prospect.id)
    for number in range(count):
        writer = random.choice((place.vendor.owner, place.prospect.viewer, place.operator))
        match random.randrange(4):
            case 0 | 1:
                written.append(f"message {number}")
                await send_message(writer, QUIET, application_id, written[-1], new_id().hex)
            case 2:
                await add_events(*recipients, kind=random.choice(PLACED), about=application_id)
            case _:
                await add_events(*recipients, kind=random.choice(HIDDEN), about=application_id)
                await add_events(*recipients, kind=random.choice(PLACED))
                await mark_read(writer, QUIET, application_id, application_id)
    return written


async def _walk(viewer: Viewer, application_id: UUID, size: int, *, backwards: bool) -> list[UUID]:
    """Return the ids of all messages, page by page, in the order of the chat."""
    found: list[UUID] = []
    position: tuple[str, ...] | None = None
    while True:
        part = Slice(size, before=position, backwards=True) if backwards else Slice(size, after=position)
        page = await list_messages(connection(), await head_of(viewer, application_id), part)
        ids = [one.id for one in page.items]
        found = ids + found if backwards else found + ids
        if not (page.has_previous if backwards else page.has_next):
            return found
        assert len(ids) == size
        position = page.position(0 if backwards else -1)


@pytest.mark.parametrize("seed", range(6))
async def test_pages_of_any_size_go_both_ways_across_system_messages(database: Database, seed: int) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    made, random = await apply(place.vendor, place.lead), Random(seed)
    written = await _happen(random, place, made, 24)
    for viewer in (place.vendor.owner, place.prospect.viewer, place.operator):
        found = await thread(viewer, made)
        assert [one.text for one in found if one.side is not ChatSide.SYSTEM][1:] == written
        positions = [one.position for one in found]
        assert positions == sorted(set(positions)), "the order of the feed, which subscriptions have"
        ids = [one.id for one in found]
        for size in (1, 2, 3, 7):
            assert await _walk(viewer, made, size, backwards=False) == ids
            assert await _walk(viewer, made, size, backwards=True) == ids


@pytest.mark.parametrize("backwards", [False, True])
async def test_a_page_after_a_position_stays_the_same_while_others_come_and_go(
    database: Database, *, backwards: bool
) -> None:
    """New messages come at the end, and retention removes system messages at the beginning."""
    await database.clock.set(START)
    place = await make_marketplace()
    made, owner = await apply(place.vendor, place.lead), place.vendor.owner
    await _happen(Random(3), place, made, 20)
    before = await thread(owner, made)
    middle = await list_messages(connection(), await head_of(owner, made), Slice(len(before) // 2))
    position, half = middle.position(-1), len(middle.items)
    part = Slice(100, before=position, backwards=True) if backwards else Slice(100, after=position)
    await add_events(place.vendor.id, kind=PLACED[0], about=made)
    await remove_through(place.vendor.id, before[3].position)
    found = [one.id for one in (await list_messages(connection(), await head_of(owner, made), part)).items]
    gone = {one.id for one in before[:4] if one.side is ChatSide.SYSTEM}
    assert gone
    if backwards:
        assert found == [one.id for one in before[: half - 1] if one.id not in gone]
    else:
        assert found[:-1] == [one.id for one in before[half:]]


async def test_pages_and_look_ups_cost_a_fixed_number_of_statements(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    first = await apply(place.vendor, place.lead)
    chats = [first]

    async def statements() -> list[int]:
        counts = []
        for viewer in (place.vendor.owner, place.prospect.viewer):
            heads = [await head_of(viewer, one) for one in chats]
            ids = [one.id for chat in chats for one in await thread(viewer, chat)]
            assert len(ids) >= 2 * len(chats)
            for read in (
                lambda heads=heads: messages_of(connection(), heads, Slice(100)),
                lambda heads=heads: first_unread_of(connection(), heads),
                lambda viewer=viewer, ids=ids: messages_by_id(connection(), viewer, ids),
            ):
                with recorded_statements() as sent:
                    await read()
                counts.append(len(sent))
        return counts

    await send_message(place.prospect.viewer, QUIET, first, "Hello", "hello")
    await statements()  # policies are in the cache from here on
    few = await statements()
    for _ in range(4):
        chats.append(await apply(place.vendor, await make_lead(place.market, place.prospect)))
        await _happen(Random(1), place, chats[-1], 12)
    assert await statements() == few
    assert few[0] == 2, "the lines, and the words of the system messages"


async def test_a_page_of_a_long_chat_in_a_long_feed_reads_few_rows(database: Database) -> None:
    """An account with 100,000 events about other applications, and a chat of 3,000 messages."""
    await database.clock.set(START)
    place = await make_marketplace()
    made, owner = await apply(place.vendor, place.lead), place.vendor.owner
    await send_message(place.prospect.viewer, QUIET, made, "Hello", "hello")
    await fetch(
        connection(),
        """WITH counted AS (UPDATE feed_counter SET last_seq = last_seq + 100000 WHERE recipient = $1
               RETURNING last_seq - 100000 AS last_seq)
           INSERT INTO feed_event (id, recipient, seq, kind, application_id, parameters, at)
           SELECT gen_random_uuid(), $1, last_seq + n, 'MEETING_AGREED',
               md5((n % 5000)::text)::uuid, '{}', leadgate_clock()
           FROM counted, generate_series(1, 100000) AS n""",
        place.vendor.id,
    )
    await add_events(place.vendor.id, kind=NotificationKind.MEETING_AGREED, about=made)
    await fetch(
        connection(),
        """INSERT INTO chat_message (id, application_id, seq, side, author_id, text, spans, at, vendor_event,
               prospect_event)
           SELECT gen_random_uuid(), application_id, n, side, author_id, text, spans, at, gen_random_uuid(),
               gen_random_uuid()
           FROM chat_message, generate_series(3, 3000) AS n""",
    )
    await fetch(connection(), "VACUUM ANALYZE")
    head = await head_of(owner, made)
    page = await list_messages(connection(), head, Slice(100, backwards=True))
    assert [one.side for one in page.items[-2:]] == [ChatSide.PROSPECT, ChatSide.SYSTEM]
    middle = page.position(40)
    for part in (
        Slice(2),
        Slice(2, after=middle),
        Slice(2, before=middle, backwards=True),
        Slice(2, backwards=True),
    ):
        with recorded_statements() as sent:
            await list_messages(connection(), head, part)
        statement = next(one for one in sent if "AS line" in one.sql)
        async with transaction() as conn:
            rows = await fetch(conn, f"EXPLAIN (ANALYZE, BUFFERS) {statement.sql}", *statement.values)
        plan = "\n".join(row[0] for row in rows)
        assert "using feed_event_of_application on feed_event event" in plan
        assert "feed_event_gapless" not in plan
        assert "Seq Scan on chat_message" not in plan
        read = [int(rows) for rows in re.findall(r"actual time=\S+ rows=(\d+)", plan)]
        left_out = [int(rows) for rows in re.findall(r"Rows Removed by \w+: (\d+)", plan)]
        assert max(read + left_out) < 100, plan


async def test_system_messages_in_a_row_do_not_read_each_other(database: Database) -> None:
    """Each stands before the next message of a person, however many system messages are between them."""
    await database.clock.set(START)
    place = await make_marketplace()
    made, owner = await apply(place.vendor, place.lead), place.vendor.owner
    for text in ("Hello", "Goodbye"):
        await send_message(place.prospect.viewer, QUIET, made, text, text)
        await add_events(place.vendor.id, kind=NotificationKind.MEETING_CANCELLED, about=made, count=300)
    await fetch(connection(), "VACUUM ANALYZE")
    with recorded_statements() as sent:
        page = await list_messages(connection(), await head_of(owner, made), Slice(100))
    assert [one.seq for one in page.items[:3]] == [1, 1, 2]
    statement = next(one for one in sent if "AS line" in one.sql)
    async with transaction() as conn:
        rows = await fetch(conn, f"EXPLAIN (ANALYZE, BUFFERS) {statement.sql}", *statement.values)
    plan = "\n".join(row[0] for row in rows)
    left_out = [int(rows) for rows in re.findall(r"Rows Removed by \w+: (\d+)", plan)]
    assert max(left_out, default=0) < 50, plan
