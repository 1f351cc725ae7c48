"""System messages: the notifications about an application, worded for each reader, among the messages."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.chat.list import messages_by_id
from models.chat.mark_read import mark_read
from models.chat.views import ChatMessageView
from models.chat.words import Author
from models.deadlines.sweep import sweep
from models.feed.kinds import SYSTEM_MESSAGES, NotificationKind
from models.feed.list import notifications_of_messages
from models.feed.wording import notice
from models.feed.wording.language import CATALOGS
from models.process.wake import Silence
from rules.chat.chat_view import ChatSide
from tests.models.chat.reading import head_of, messages, thread
from tests.models.chat.writing import send
from tests.support.database import Database
from tests.support.feed import add_events, remove_through
from tests.support.marketplace import (
    CONTACT_VALUES,
    HOUR,
    PHONE,
    SECOND,
    START,
    Marketplace,
    apply,
    make_lead,
    make_marketplace,
    propose_meeting,
)
from tests.support.reading import refused, rows_of

QUIET = Silence()
DUE = START + 48 * HOUR
TICK = timedelta(microseconds=1)


async def placed(viewer: Viewer, application_id: UUID) -> list[ChatMessageView]:
    """Return the system messages."""
    return [one for one in await thread(viewer, application_id) if one.side is ChatSide.SYSTEM]


async def kinds(viewer: Viewer, application_id: UUID) -> list[str]:
    """Return the kinds of the system messages, in the order of the chat."""
    ids = [one.id for one in await placed(viewer, application_id)]
    found = await notifications_of_messages(connection(), ids)
    return [found[one].event.kind for one in ids]


@pytest.mark.parametrize("kind", sorted(SYSTEM_MESSAGES))
async def test_each_kind_is_worded_for_its_reader_and_not_shown_to_the_other_side(
    database: Database, kind: NotificationKind
) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    made = await apply(place.vendor, place.lead)
    for told, other, recipient in (
        (place.vendor.owner, place.prospect.viewer, place.vendor.id),
        (place.prospect.viewer, place.vendor.owner, place.prospect.id),
    ):
        before = [one.id for one in await thread(other, made)]
        await add_events(recipient, kind=kind, about=made)
        assert [one.id for one in await thread(other, made)] == before
        seen = set()
        for language in CATALOGS:
            reader = replace(told, locale=language)
            shown = (await thread(reader, made))[-1]
            found = await notifications_of_messages(connection(), [shown.id])
            assert found[shown.id].event.kind is kind
            words = notice(found[shown.id], language, "UTC")
            assert shown.text == f"{words.title}\n{words.body}".rstrip()
            assert shown.author == getattr(Author.SYSTEM.words, language)
            assert (shown.side, shown.decision.rule_id) == (ChatSide.SYSTEM, "system_message")
            assert (shown.masked, shown.shown_to_other, shown.read_by_other_at) == ((), None, None)
            assert (shown.position, shown.recipient) == (found[shown.id].event.seq, recipient)
            seen.add((shown.author, shown.text))
        assert len({author for author, _ in seen}) == len(seen) == len(CATALOGS)


@pytest.mark.parametrize("kind", sorted(set(NotificationKind) - SYSTEM_MESSAGES))
async def test_other_events_about_the_application_are_no_messages(
    database: Database, kind: NotificationKind
) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    made = await apply(place.vendor, place.lead)
    before = [one.id for one in await thread(place.vendor.owner, made)]
    await fetch(
        connection(),
        """UPDATE feed_event SET kind = $1 WHERE application_id = $2 AND recipient = $3""",
        kind,
        made,
        place.vendor.id,
    )
    assert [one.id for one in await thread(place.vendor.owner, made)] == before[:1]


async def test_each_side_is_told_its_own_story(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead, meeting_at=START + 100 * HOUR)
    await send(place.prospect.viewer, made, f"Call me: {PHONE}")
    await propose_meeting(place.prospect.viewer, made, START + 120 * HOUR)
    await accept(place.prospect.viewer, QUIET, made)
    assert await kinds(place.vendor.owner, made) == [
        "APPLICATION_SUBMITTED",
        "MEETING_PROPOSED",
        "APPLICATION_ACCEPTED",
    ]
    assert await kinds(place.prospect.viewer, made) == ["APPLICATION_RECEIVED", "CONTACT_DISCLOSED"]
    assert await kinds(place.vendor.member, made) == await kinds(place.operator, made)
    for viewer in (place.vendor.owner, place.prospect.viewer, place.operator):
        assert not any(value in one.text for one in await placed(viewer, made) for value in CONTACT_VALUES)
    (looked, *_) = await placed(place.operator, made)
    assert looked.decision.rule_id == "operator_reads"


async def test_those_of_another_application_stay_in_its_chat(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    other = await apply(place.vendor, await make_lead(place.market, place.prospect))
    theirs = await apply(place.other_vendor, place.lead)
    await decline(place.prospect.viewer, QUIET, other)
    assert await kinds(place.vendor.owner, made) == ["APPLICATION_SUBMITTED"]
    assert await kinds(place.vendor.owner, other) == ["APPLICATION_SUBMITTED", "APPLICATION_DECLINED"]
    assert await kinds(place.prospect.viewer, theirs) == ["APPLICATION_RECEIVED"]


async def test_the_reveal_is_told_as_of_the_instant_at_which_the_mask_opens(
    place: Marketplace, database: Database
) -> None:
    """The mask follows the clock; the message, which the worker writes, is never there before."""
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, f"Call me: {PHONE}")
    owner = place.vendor.owner
    (_, hidden) = await messages(owner, made)
    await database.clock.set(DUE - TICK)
    await sweep(QUIET)
    assert (await messages(owner, made))[1].text == "Call me: [phone]"
    assert await kinds(owner, made) == ["APPLICATION_SUBMITTED"]
    await database.clock.set(DUE)
    assert (await messages(owner, made))[1].text == f"Call me: {PHONE}"
    await sweep(QUIET)
    assert await kinds(owner, made) == ["APPLICATION_SUBMITTED", "CONTACT_REVEALED"]
    assert (await placed(owner, made))[-1].at == hidden.decision.changes_at == DUE
    assert await kinds(place.prospect.viewer, made) == ["APPLICATION_RECEIVED", "CONTACT_DISCLOSED"]


async def test_a_message_of_a_deadline_has_its_due_time_but_the_place_of_its_event(
    place: Marketplace, database: Database
) -> None:
    """No message that somebody has read moves, and the list has the order of the subscription."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE + HOUR)  # no worker has run
    late = await send(place.prospect.viewer, made, "Are you there?")
    await sweep(QUIET)
    await database.clock.advance(SECOND)
    last = await send(place.vendor.owner, made, "Yes.")
    for viewer in (place.vendor.owner, place.prospect.viewer):
        found = await thread(viewer, made)
        assert [one.side for one in found[2:]] == ["PROSPECT", "SYSTEM", "VENDOR"]
        assert [found[2].id, found[4].id] == [late, last]
        assert found[3].at == DUE < found[2].at
        positions = [one.position for one in found]
        assert positions == sorted(set(positions)), "the order of the feed"


async def test_system_messages_are_not_unread_and_a_mark_at_one_is_at_the_message_before_it(
    place: Marketplace,
) -> None:
    made = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    assert (await head_of(owner, made)).chat.unread == 0
    assert (await head_of(prospect, made)).chat.unread == 1, "the introduction"
    (received,) = await placed(prospect, made)
    await mark_read(prospect, QUIET, made, received.id)
    assert (await head_of(prospect, made)).chat.unread == 0
    one = await send(prospect, made, "one")
    await accept(prospect, QUIET, made)
    await send(prospect, made, "two")
    assert (await head_of(owner, made)).chat.unread == 2
    accepted = (await placed(owner, made))[-1]
    await mark_read(owner, QUIET, made, accepted.id)
    head = await head_of(owner, made)
    assert (head.chat.unread, (await messages(owner, made))[2].id) == (1, head.chat.first_unread_id)
    marks = {row["recipient"]: row for row in await rows_of("feed_event", kind="CHAT_READ")}
    assert str(made) in marks[place.vendor.id]["parameters"], "both sides know the message of the mark"
    assert str(one) in marks[prospect.prospect_id]["parameters"]
    await mark_read(place.operator, QUIET, made, accepted.id)
    assert (await head_of(place.operator, made)).chat.unread == 1


async def test_only_the_reader_of_a_feed_finds_its_system_messages(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, made)
    ids = {
        viewer: {one.id for one in await placed(viewer, made)}
        for viewer in (place.vendor.owner, place.prospect.viewer)
    }
    everything = set().union(*ids.values())
    for viewer in (place.vendor.owner, place.vendor.member, place.operator):
        assert set(await messages_by_id(connection(), viewer, everything)) == ids[place.vendor.owner]
    prospect = place.prospect.viewer
    assert set(await messages_by_id(connection(), prospect, everything)) == ids[prospect]
    for stranger in (
        place.other_vendor.owner,
        place.other_prospect.viewer,
        place.vendor.employee,
        place.agent,
    ):
        assert await messages_by_id(connection(), stranger, everything) == {}
    for reader, other in ((place.vendor.owner, prospect), (prospect, place.vendor.owner)):
        found = await refused(mark_read(reader, QUIET, made, next(iter(ids[other]))), RefusalCode.NOT_FOUND)
        assert found.field == ("through",)


async def test_an_event_that_is_no_system_message_is_not_found_as_one(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made, "Hello")
    await add_events(place.vendor.id, kind=NotificationKind.FEE_REFUNDED, about=made)
    await add_events(place.vendor.id, kind=NotificationKind.CONTACT_REVEALED)
    others = [
        row
        for row in await rows_of("feed_event", recipient=place.vendor.id)
        if row["kind"] not in SYSTEM_MESSAGES or row["application_id"] is None
    ]
    assert {row["kind"] for row in others} >= {"CHAT_MESSAGE", "FEE_REFUNDED", "CONTACT_REVEALED"}
    ids = [row["id"] for row in others]
    assert await messages_by_id(connection(), place.vendor.owner, ids) == {}
    for one in ids:
        await refused(mark_read(place.vendor.owner, QUIET, made, one), RefusalCode.NOT_FOUND)


async def test_a_closed_chat_shows_none(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, made)
    ids = [one.id for one in await placed(place.vendor.owner, made)]
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT' WHERE application_id = $1", made)
    assert await thread(place.vendor.owner, made) == []
    assert await messages_by_id(connection(), place.vendor.owner, ids) == {}
    assert len(await placed(place.prospect.viewer, made)) == 2


async def test_retention_removes_system_messages_and_no_message_of_a_person(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    await send(prospect, made, "one")
    await propose_meeting(prospect, made, START + 100 * HOUR)
    await send(owner, made, "two")
    await accept(prospect, QUIET, made)
    before = await thread(owner, made)
    assert [one.side for one in before] == ["VENDOR", "SYSTEM", "PROSPECT", "SYSTEM", "VENDOR", "SYSTEM"]
    for removed, left in ((1, (0, 2, 3, 4, 5)), (3, (0, 2, 4, 5)), (5, (0, 2, 4))):
        await remove_through(place.vendor.id, before[removed].position)
        found = [(one.id, one.seq) for one in await thread(owner, made)]
        assert found == [(before[n].id, before[n].seq) for n in left], "in the same places"
    assert len(await placed(prospect, made)) == 2, "the other side's feed is another"
    assert (await head_of(owner, made)).chat.unread == 1


async def test_an_event_that_is_removed_while_a_page_is_read_is_left_out(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await apply(place.vendor, place.lead)

    async def removed(*_: object) -> dict[UUID, object]:
        await asyncio.sleep(0)
        return {}

    monkeypatch.setattr("models.chat.list.notifications_of_messages", removed)
    (introduction,) = await thread(place.vendor.owner, made)
    assert introduction.id == made
