"""Marks of reading: the further one stays, the other side learns it, and it is reviewing (S1.5, S1.10)."""

import asyncio

from models.applications.answer import decline
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.chat.mark_read import mark_read
from models.chat.send import send_message
from models.process.wake import Silence
from rules import production_parameters
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import SECOND, START, Marketplace, apply, make_marketplace
from tests.support.reading import application, event_kinds, refused, rows_of

QUIET = Silence()


async def test_the_further_of_two_marks_stays_whatever_their_order(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    reader = place.prospect.viewer
    sent = [await send_message(place.vendor.owner, QUIET, made, f"Part {n}", f"{n}") for n in range(4)]
    await mark_read(reader, QUIET, made, sent[2])
    before = await snapshot(connection())
    for earlier in (made, sent[0], sent[2]):
        await mark_read(reader, QUIET, made, earlier)
    assert await snapshot(connection()) == before, "going back changes nothing, and tells nobody"
    await asyncio.gather(*(mark_read(reader, QUIET, made, one) for one in (sent[3], sent[1], sent[3], made)))
    assert max(row["through_seq"] for row in await rows_of("chat_read", recipient=place.prospect.id)) == 5


async def test_each_mark_tells_the_other_side_only(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    answer = await send_message(place.prospect.viewer, QUIET, made, "Hello", "a")
    await mark_read(place.prospect.viewer, QUIET, made, made)
    assert "CHAT_READ" in await event_kinds(place.vendor.id)
    assert "CHAT_READ" not in await event_kinds(place.prospect.id)
    await mark_read(place.vendor.member, QUIET, made, answer)
    assert (await event_kinds(place.prospect.id)).count("CHAT_READ") == 1
    counts = [len(await event_kinds(one)) for one in (place.vendor.id, place.prospect.id)]
    await mark_read(place.operator, QUIET, made, answer)
    assert counts == [len(await event_kinds(one)) for one in (place.vendor.id, place.prospect.id)]


async def test_a_policy_can_keep_read_marks_private(database: Database) -> None:
    await database.clock.set(START)
    parameters = production_parameters()
    parameters["chat"]["chat_show_read_marks"] = False
    place = await make_marketplace(parameters=parameters)
    made = await apply(place.vendor, place.lead)
    await mark_read(place.prospect.viewer, QUIET, made, made)
    assert "CHAT_READ" not in await event_kinds(place.vendor.id)
    assert len(await rows_of("chat_read")) == 1, "the reader's own count of unread messages needs it"


async def test_reading_the_chat_as_its_prospect_is_reviewing(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    await mark_read(place.vendor.owner, QUIET, made, made)
    await mark_read(place.operator, QUIET, made, made)
    assert (await application(made))["reviewed_at"] is None
    await database.clock.advance(SECOND)
    await mark_read(place.prospect.viewer, QUIET, made, made)
    assert (await application(made))["reviewed_at"] == START + SECOND


async def test_only_messages_of_the_chat_can_be_read_and_only_by_its_sides(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    other = await apply(place.other_vendor, place.lead)
    theirs = await send_message(place.prospect.viewer, QUIET, other, "Hello", "a")
    before = await snapshot(connection())
    for through in (theirs, other, new_id()):
        found = await refused(mark_read(place.vendor.owner, QUIET, made, through), RefusalCode.NOT_FOUND)
        assert found.field == ("through",)
    for stranger in (place.other_vendor.owner, place.vendor.employee, place.agent):
        found = await refused(mark_read(stranger, QUIET, made, made), RefusalCode.NOT_FOUND)
        assert found.field == ("applicationId",)
    assert await snapshot(connection()) == before


async def test_after_a_decline_the_chat_can_still_be_read(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    answer = await send_message(place.prospect.viewer, QUIET, made, "We chose somebody nearer", "a")
    await decline(place.prospect.viewer, QUIET, made)
    await mark_read(place.vendor.owner, QUIET, made, answer)
    assert (await event_kinds(place.prospect.id)).count("CHAT_READ") == 1
