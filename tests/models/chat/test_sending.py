"""Sending in a chat: who may, in which order, how often, and what a text may be (S1.5)."""

import asyncio
from datetime import timedelta

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.chat.message_text import LONGEST_MESSAGE
from models.chat.send import MOST_MESSAGES, WITHIN, send_message
from models.process.wake import Silence
from tests.models.chat.writing import send
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply
from tests.support.reading import application, event_kinds, refused, rows_of

QUIET = Silence()


async def test_messages_are_numbered_after_the_introduction_and_both_sides_get_each(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    for viewer in (place.prospect.viewer, place.vendor.member, place.operator):
        await send(viewer, made)
    stored = await rows_of("chat_message", application_id=made)
    assert [(row["seq"], row["side"]) for row in sorted(stored, key=lambda row: row["seq"])] == [
        (2, "PROSPECT"),
        (3, "VENDOR"),
        (4, "OPERATOR"),
    ]
    for recipient, column in ((place.vendor.id, "vendor_event"), (place.prospect.id, "prospect_event")):
        assert (await event_kinds(recipient)).count("CHAT_MESSAGE") == 3, "their own one too"
        events = await rows_of("feed_event", recipient=recipient, kind="CHAT_MESSAGE")
        assert {event["id"] for event in events} == {row[column] for row in stored}
        assert not any("Hello" in event["parameters"] for event in events), "an event quotes nothing"


async def test_concurrent_messages_leave_no_gap(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    writers = (place.prospect.viewer, place.vendor.owner, place.vendor.member, place.operator)
    await asyncio.gather(*(send(viewer, made) for viewer in writers * 5))
    assert sorted(row["seq"] for row in await rows_of("chat_message")) == list(range(2, 22))
    for recipient in (place.vendor.id, place.prospect.id):
        events = await rows_of("feed_event", recipient=recipient)
        assert sorted(event["seq"] for event in events) == list(range(1, len(events) + 1))


async def test_a_message_is_sent_once_per_key(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    first = await send(place.prospect.viewer, made, key="a")
    before = await snapshot(connection())
    assert await send(place.prospect.viewer, made, key="a") == first
    assert await snapshot(connection()) == before
    await refused(
        send_message(place.prospect.viewer, QUIET, made, "Other", "a"), RefusalCode.IDEMPOTENCY_CONFLICT
    )
    assert await send(place.vendor.owner, made, key="a") != first, "each side has its own keys"


async def test_a_repeated_key_gets_its_answer_even_after_the_decline(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    first = await send(place.vendor.owner, made, key="a")
    await decline(place.prospect.viewer, QUIET, made)
    assert await send(place.vendor.owner, made, key="a") == first


async def test_nobody_else_finds_the_chat(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    before = await snapshot(connection())
    for stranger in (
        place.other_vendor.owner,
        place.other_prospect.viewer,
        place.vendor.employee,
        place.agent,
    ):
        for one in (made, new_id()):
            found = await refused(send_message(stranger, QUIET, one, "Hello?", "a"), RefusalCode.NOT_FOUND)
            assert found.field == ("applicationId",)
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("accepted", [True, False])
async def test_after_a_decline_nobody_writes(place: Marketplace, database: Database, accepted: bool) -> None:
    made = await apply(place.vendor, place.lead)
    if accepted:
        await accept(place.prospect.viewer, QUIET, made)
    await send(place.vendor.owner, made)
    await decline(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    for viewer in (place.vendor.owner, place.prospect.viewer, place.operator):
        found = await refused(send_message(viewer, QUIET, made, "But why?", "b"), RefusalCode.REFUSED_BY_RULE)
        assert found.decision is not None
        assert found.decision.rule_id == ("acceptance_withdrawn" if accepted else "declined_in_time")
    assert await snapshot(connection()) == before


async def test_a_chat_stays_open_after_the_reveal_by_silence(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 49 * HOUR)
    await send(place.vendor.owner, made)
    await send(place.prospect.viewer, made)
    assert len(await rows_of("chat_message")) == 2


async def test_what_the_prospect_writes_shows_that_the_application_was_reviewed(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made)
    await send(place.operator, made)
    assert (await application(made))["reviewed_at"] is None
    await database.clock.advance(SECOND)
    await send(place.prospect.viewer, made)
    await database.clock.advance(SECOND)
    await send(place.prospect.viewer, made)
    stored = await application(made)
    assert (stored["reviewed_at"], stored["version"]) == (START + SECOND, 1)


async def test_each_side_may_write_200_messages_a_minute(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    for number in range(MOST_MESSAGES):
        await send(place.vendor.owner, made)
        if number % 20 == 0:
            await send(place.prospect.viewer, made)
    await database.clock.advance(timedelta(seconds=20))
    before = await snapshot(connection())
    found = await refused(
        send_message(place.vendor.member, QUIET, made, "One more", "b"), RefusalCode.LIMIT_EXCEEDED
    )
    assert found.retry_after_seconds == 40
    assert await snapshot(connection()) == before
    await send(place.prospect.viewer, made)  # the other side is free
    await database.clock.set(START + WITHIN - timedelta(microseconds=1))
    found = await refused(
        send_message(place.vendor.member, QUIET, made, "One more", "b"), RefusalCode.LIMIT_EXCEEDED
    )
    assert found.retry_after_seconds == 1
    await database.clock.set(START + WITHIN)
    await send(place.vendor.member, made)


async def test_the_limit_holds_among_the_messages_of_others(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    for _ in range(MOST_MESSAGES):
        await send(place.vendor.owner, made)
    for viewer in (place.prospect.viewer, place.operator):
        for _ in range(MOST_MESSAGES):
            await send(viewer, made)
    await refused(send_message(place.vendor.owner, QUIET, made, "One more", "b"), RefusalCode.LIMIT_EXCEEDED)


async def test_nothing_is_searched_for_a_message_that_is_not_sent(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for a repeated key, a stranger, beyond the limit, nor in a closed chat."""
    made = await apply(place.vendor, place.lead)
    vendor = place.vendor.owner
    first = await send(vendor, made, key="a")
    for _ in range(MOST_MESSAGES):
        await send(place.prospect.viewer, made)
    monkeypatch.setattr("models.chat.send.search_new", None)
    assert await send(vendor, made, key="a") == first
    await refused(send_message(vendor, QUIET, made, "Other", "a"), RefusalCode.IDEMPOTENCY_CONFLICT)
    await refused(send_message(place.agent, QUIET, made, "Hello?", "b"), RefusalCode.NOT_FOUND)
    flood = send_message(place.prospect.viewer, QUIET, made, "One more", "b")
    await refused(flood, RefusalCode.LIMIT_EXCEEDED)
    await decline(place.prospect.viewer, QUIET, made)
    await refused(send_message(vendor, QUIET, made, "But why?", "b"), RefusalCode.REFUSED_BY_RULE)


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("", RefusalCode.REQUIRED, "Write a message"),
        (" \n\t ", RefusalCode.REQUIRED, "Write a message"),
        ("x" * (LONGEST_MESSAGE + 1), RefusalCode.INVALID, "shorten"),
        ("x" * 1_000_000, RefusalCode.INVALID, "shorten"),
        ("\u200b\u200d\ufeff", RefusalCode.INVALID, "can be read"),
        ("\u2800\u3164 \u00ad", RefusalCode.INVALID, "can be read"),
        ("\u0301\u0301", RefusalCode.INVALID, "can be read"),
        ("\x00", RefusalCode.INVALID, "can be read"),
        ("call \ud83d me", RefusalCode.INVALID, "U+D83D"),
    ],
)
async def test_texts_that_nobody_could_read_are_refused(
    place: Marketplace, text: str, code: RefusalCode, remedy: str
) -> None:
    made = await apply(place.vendor, place.lead)
    before = await snapshot(connection())
    found = await refused(send_message(place.vendor.owner, QUIET, made, text, "a"), code)
    assert found.field == ("text",)
    assert remedy in found.message
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (" Two\r\nlines\r ", "Two\nlines"),
        ("x" * LONGEST_MESSAGE, "x" * LONGEST_MESSAGE),
        ("\u202egnp.exe\u202c and ze\u200bro", "gnp.exe and zero"),
        ("nul\x00l", "null"),
        ("Z" + "\u0335" * 40 + "algo", "Z" + "\u0335" * 4 + "algo"),
        ("Cafe\u0301 👩‍👩‍👧 ❤️", "Café 👩‍👩‍👧 ❤️"),
        ("<b>&amp;</b> {{7*7}} ${x} '; --", "<b>&amp;</b> {{7*7}} ${x} '; --"),
    ],
)
async def test_texts_are_stored_as_they_can_be_read(place: Marketplace, text: str, stored: str) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made, text)
    assert [row["text"] for row in await rows_of("chat_message")] == [stored]
