"""Unread messages: one email for each stretch of them, without a word of what they say (S1 R.messages)."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.applications.answer import decline
from models.chat.mark_read import mark_read
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from models.reconciliation import reconcile
from tests.models.chat.writing import send
from tests.support.database import Database
from tests.support.marketplace import PHONE, SECOND, START, Marketplace, apply
from tests.support.messages import dispatches, send_all
from tests.support.reading import rows_of

QUIET = Silence()
MINUTE, MICROSECOND = timedelta(minutes=1), timedelta(microseconds=1)
AFTER = 10 * MINUTE
VENDOR, PROSPECT = 0, 1


async def _deadlines(application_id: UUID) -> list[tuple[int, datetime, str | None]]:
    """The deadlines of the chat, by place: ordinal, due time, outcome."""
    rows = await rows_of("deadline", subject=application_id, kind="CHAT_NUDGE")
    return sorted((row["ordinal"], row["due_at"], row["outcome"]) for row in rows)


async def _swept(database: Database, at: datetime) -> list[str]:
    """Sweep at a time; return the outcomes of the chat's deadlines."""
    await database.clock.set(at)
    return [one.outcome for one in (await sweep(QUIET)).deadlines if one.kind == "CHAT_NUDGE"]


async def _letters() -> list[tuple[UUID, datetime]]:
    rows = await rows_of("outbox_message", template="chat_nudge")
    return sorted((row["recipient"], row["not_before"]) for row in rows)


async def test_the_email_is_written_ten_minutes_after_the_oldest_unread_message(
    place: Marketplace, database: Database
) -> None:
    """Not a microsecond before; as of the due time, however late the sweep is."""
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made)
    await database.clock.set(START + MINUTE)
    await send(place.vendor.member, made)
    assert await _deadlines(made) == [(2 * 2 + PROSPECT, START + AFTER, None)]
    assert await _swept(database, START + AFTER - MICROSECOND) == []
    assert await _swept(database, START + AFTER + 5 * MINUTE) == ["unread_too_long"]
    assert await _letters() == [(place.prospect.id, START + AFTER)]
    (decision,) = await rows_of("decision", ruleset="chat_nudge")
    assert (decision["verdict"], decision["decided_at"]) == ("WRITE", START + AFTER)
    assert (await reconcile()).findings == ()


@pytest.mark.parametrize(("early", "outcome"), [(0, "all_read"), (-1, "unread_too_long")])
async def test_who_reads_in_time_gets_no_email(
    place: Marketplace, database: Database, early: int, outcome: str
) -> None:
    """Decided as of the due time: reading a microsecond later doesn't count, however late the sweep is."""
    made = await apply(place.vendor, place.lead)
    sent = await send(place.vendor.owner, made)
    await database.clock.set(START + AFTER - early * MICROSECOND)
    await mark_read(place.prospect.viewer, QUIET, made, sent)
    assert await _swept(database, START + 2 * AFTER) == [outcome]
    assert len(await _letters()) == (outcome == "unread_too_long")
    assert (await reconcile()).findings == ()


async def test_one_email_for_a_stretch_and_another_for_the_next(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    for minutes in (0, 4, 15, 30):
        await database.clock.set(START + minutes * MINUTE)
        await sweep(QUIET)
        last = await send(place.vendor.owner, made)
    assert await _letters() == [(place.prospect.id, START + AFTER)]
    await mark_read(place.prospect.viewer, QUIET, made, last)
    await database.clock.set(START + 40 * MINUTE)
    await send(place.vendor.owner, made)
    assert await _swept(database, START + 60 * MINUTE) == ["unread_too_long"]
    assert await _letters() == [(place.prospect.id, START + AFTER), (place.prospect.id, START + 50 * MINUTE)]


async def test_what_a_reader_leaves_unread_is_a_stretch_that_begins_with_the_reading(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    first = await send(place.vendor.owner, made)
    await database.clock.set(START + MINUTE)
    second = await send(place.vendor.owner, made)
    await database.clock.set(START + 9 * MINUTE)
    await mark_read(place.prospect.viewer, QUIET, made, first)
    assert await _deadlines(made) == [(5, START + AFTER, None), (7, START + 19 * MINUTE, None)]
    assert await _swept(database, START + 18 * MINUTE) == ["all_read"]
    assert await _swept(database, START + 19 * MINUTE) == ["unread_too_long"]
    await mark_read(place.prospect.viewer, QUIET, made, second)
    assert await _letters() == [(place.prospect.id, START + 19 * MINUTE)]
    assert (await reconcile()).findings == ()


async def test_nobody_is_written_to_again_about_what_the_last_email_was_about(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    first = await send(place.vendor.owner, made)
    await database.clock.set(START + MINUTE)
    await send(place.vendor.owner, made)
    await database.clock.set(START + 12 * MINUTE)
    await mark_read(place.prospect.viewer, QUIET, made, first)
    assert await _swept(database, START + 30 * MINUTE) == ["unread_too_long", "told_before"]
    assert await _letters() == [(place.prospect.id, START + AFTER)]


async def test_ones_own_messages_begin_and_end_no_stretch(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made)
    await send(place.prospect.viewer, made)
    own = await send(place.vendor.owner, made)
    assert [ordinal for ordinal, _, _ in await _deadlines(made)] == [2 * 2 + PROSPECT, 2 * 3 + VENDOR]
    await mark_read(place.vendor.member, QUIET, made, own)
    assert await _swept(database, START + AFTER) == ["unread_too_long", "all_read"]
    assert await _letters() == [(place.prospect.id, START + AFTER)]


async def test_both_sides_are_told_of_an_operators_message(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    sent = await send(place.operator, made)
    await mark_read(place.operator, QUIET, made, sent)
    assert await _swept(database, START + AFTER) == ["unread_too_long"] * 2
    assert {recipient for recipient, _ in await _letters()} == {place.vendor.id, place.prospect.id}


async def test_nobody_is_told_of_the_introduction_again(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    assert await _deadlines(made) == []


async def test_after_a_decline_nobody_is_written_to(place: Marketplace, database: Database) -> None:
    """Before the due time it ends the stretch, and afterwards it makes an unsent email moot."""
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made)
    await database.clock.set(START + MINUTE)
    await send(place.prospect.viewer, made)
    assert await _swept(database, START + AFTER) == ["unread_too_long"]
    await database.clock.set(START + AFTER + SECOND)
    await decline(place.prospect.viewer, QUIET, made)
    assert await _swept(database, START + 2 * AFTER) == ["chat_ended"]
    await send_all()
    assert {row["state"] for row in await dispatches("chat_nudge")} <= {"SUPPRESSED", "EXPIRED"}


async def test_the_letter_says_with_whom_and_about_what_and_nothing_else(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    await send_all()
    for viewer in (place.vendor.owner, place.prospect.viewer):
        await send(viewer, made, f"Call me: {PHONE}")
    assert await _swept(database, START + AFTER) == ["unread_too_long"] * 2
    sent = (await send_all()).sent
    texts = {content.text for _, content in sent}
    assert texts == {
        "You have unread messages in the chat with the prospect about “Website relaunch”. Open the "
        "application to read and answer them.",
        "You have unread messages in the chat with Fake Vendor Ltd about “Website relaunch”. Open the "
        "application to read and answer them.",
    }
    assert {content.subject for _, content in sent} == {"Unread messages about “Website relaunch”"}
    assert all(content.unsubscribe for _, content in sent), "it is optional"
    assert {row["channel"] for row in await dispatches("chat_nudge")} == {"EMAIL"}


async def test_an_email_that_is_not_sent_yet_is_moot_once_all_is_read(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    sent = await send(place.vendor.owner, made)
    await _swept(database, START + AFTER)
    await mark_read(place.prospect.viewer, QUIET, made, sent)
    subjects = (await send_all()).subjects
    assert "Unread messages about “Website relaunch”" not in subjects
    (dispatch,) = await dispatches("chat_nudge")
    assert dispatch["state"] in {"EXPIRED", "SUPPRESSED", "CANCELLED"}
