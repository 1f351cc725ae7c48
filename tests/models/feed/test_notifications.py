"""Listing notifications and marking them as read."""

from datetime import timedelta
from typing import Any

import pytest

from models.applications.answer import accept, decline
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode
from models.base.viewer import Viewer
from models.deadlines.sweep import sweep
from models.feed.kinds import NOTIFICATIONS
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import (
    NotificationView,
    count_notifications,
    list_notifications,
    notifications_by_id,
)
from models.feed.mark_read import mark_read
from models.feed.wording import notice
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.feed import CountingConnection, add_events, remove_through, somebody
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, apply, make_marketplace

QUIET = Silence()


async def _notifications(viewer: Viewer) -> list[NotificationView]:
    assert viewer.recipient is not None
    return (await list_notifications(connection(), viewer.recipient, first=100)).items


async def test_pages_are_newest_first_and_stable_while_events_are_added(database: Database) -> None:
    recipient = somebody()
    await add_events(recipient, count=5)
    newest = await list_notifications(connection(), recipient, first=2)
    await add_events(recipient, count=3)
    older = await list_notifications(connection(), recipient, first=2, before_seq=newest.items[-1].event.seq)
    last = await list_notifications(connection(), recipient, first=2, before_seq=older.items[-1].event.seq)
    assert [[item.event.seq for item in page.items] for page in (newest, older, last)] == [
        [5, 4],
        [3, 2],
        [1],
    ]
    assert [page.has_next for page in (newest, older, last)] == [True, True, False]


@pytest.mark.parametrize("kind", sorted(set(Kind) - NOTIFICATIONS))
async def test_what_only_subscriptions_carry_is_no_notification(database: Database, kind: Kind) -> None:
    recipient = somebody()
    viewer = Viewer(user_id=recipient)
    await add_events(recipient, kind=kind)
    await add_events(recipient, kind=Kind.CALL_TAKEN)
    assert [item.event.kind for item in await _notifications(viewer)] == [Kind.CALL_TAKEN]
    rows = await fetch(connection(), "SELECT id FROM feed_event WHERE kind = $1", kind)
    ids = [row["id"] for row in rows]
    assert len(ids) == 1
    assert await notifications_by_id(connection(), recipient, ids) == {}
    with pytest.raises(Refusal) as refused:
        await mark_read(viewer, ids)
    assert refused.value.code is RefusalCode.NOT_FOUND


async def test_a_page_is_one_statement(database: Database) -> None:
    place = await make_marketplace()
    await apply(place.vendor, place.lead)
    await _notifications(place.vendor.owner)  # from here on, this process has cached the policy
    counting: Any = CountingConnection()
    page = await list_notifications(counting, place.vendor.id, first=50)
    assert (counting.statements, len(page.items)) == (1, 2)


async def test_reading_is_noted_once_and_filters_the_list(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    await add_events(place.vendor.id, count=2)
    read = (await _notifications(place.vendor.owner))[1].event.id
    await mark_read(place.vendor.member, [read])
    await database.clock.advance(HOUR)
    await mark_read(place.vendor.owner, [read])
    found = {item.event.seq: item.event.read_at for item in await _notifications(place.vendor.owner)}
    assert [at for at in found.values() if at] == [START]
    for wanted, count in ((True, 2), (False, 1), (None, 3)):
        page = await list_notifications(connection(), place.vendor.id, first=10, unread=wanted)
        assert len(page.items) == count
        assert await count_notifications(connection(), place.vendor.id, unread=wanted) == (count, True)


async def test_nobody_can_mark_anothers_notifications_as_read(database: Database) -> None:
    place = await make_marketplace()
    mine = (await _notifications(place.vendor.owner))[0].event.id
    foreign = (await _notifications(place.other_vendor.owner))[0].event.id
    for ids in ([foreign], [mine, foreign], [new_id()]):
        with pytest.raises(Refusal) as refused:
            await mark_read(place.vendor.owner, ids)
        assert refused.value.code is RefusalCode.NOT_FOUND
    assert await count_notifications(connection(), place.vendor.id, unread=True) == (1, True)
    assert await notifications_by_id(connection(), place.vendor.id, [foreign]) == {}
    assert list(await notifications_by_id(connection(), place.vendor.id, [mine, foreign])) == [mine]


@pytest.mark.parametrize(("count", "code"), [(0, RefusalCode.REQUIRED), (101, RefusalCode.LIMIT_EXCEEDED)])
async def test_the_number_of_ids_is_bounded(database: Database, count: int, code: RefusalCode) -> None:
    with pytest.raises(Refusal) as refused:
        await mark_read(Viewer(user_id=new_id()), [new_id() for _ in range(count)])
    assert refused.value.code is code


async def test_removed_notifications_are_not_listed(database: Database) -> None:
    recipient = somebody()
    await add_events(recipient, count=3)
    await remove_through(recipient, 2)
    assert [v.event.seq for v in (await list_notifications(connection(), recipient, first=9)).items] == [3]


async def test_a_cases_notifications_from_application_to_reveal_have_their_texts(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    meeting = START + timedelta(days=3)
    application_id = await apply(place.vendor, place.lead, meeting_at=meeting)
    moved = START + timedelta(days=4)
    await record_meeting(
        place.prospect.viewer,
        QUIET,
        application_id=application_id,
        kind=MeetingEvidenceKind.RESCHEDULED,
        idempotency_key="moved",
        at=moved,
    )
    await database.clock.advance(48 * HOUR)
    await sweep(QUIET)
    vendor = {view.event.kind: view for view in await _notifications(place.vendor.owner)}
    prospect = {view.event.kind: view for view in await _notifications(place.prospect.viewer)}
    assert set(vendor) == {
        Kind.POINTS_PURCHASED,
        Kind.APPLICATION_SUBMITTED,
        Kind.MEETING_PROPOSED,
        Kind.CONTACT_REVEALED,
    }
    assert set(prospect) == {Kind.APPLICATION_RECEIVED, Kind.REVIEW_REMINDER, Kind.CONTACT_DISCLOSED}
    opens = "4 March 2026, 09:00 UTC"
    assert (
        "The prospect has 48 hours to respond."
        in notice(vendor[Kind.APPLICATION_SUBMITTED], "en", "UTC").body
    )
    assert opens in notice(vendor[Kind.APPLICATION_SUBMITTED], "en", "UTC").body
    assert "6 March 2026, 10:00 CET" in notice(vendor[Kind.MEETING_PROPOSED], "en", "Europe/Berlin").body
    revealed = notice(vendor[Kind.CONTACT_REVEALED], "de", "Europe/Berlin")
    assert revealed.title == "Kontaktdaten freigegeben: „Website relaunch“"
    body = revealed.body.replace("\u00a0", " ")
    assert "am 4. März 2026 um 10:00 Uhr MEZ" in body
    assert "vor dem 4. April 2026, 00:00 Uhr MESZ" in body  # 30 days, not counting the day of receipt
    assert opens in notice(prospect[Kind.APPLICATION_RECEIVED], "en", "UTC").body
    assert "Fake Vendor Ltd" in notice(prospect[Kind.CONTACT_DISCLOSED], "pl", "Europe/Warsaw").title
    assert vendor[Kind.CONTACT_REVEALED].for_vendor
    assert not prospect[Kind.CONTACT_DISCLOSED].for_vendor
    for view in (*vendor.values(), *prospect.values()):
        for locale in ("en", "de", "pl", "ro"):
            text = notice(view, locale, "UTC")
            assert text.title
            assert text.body
            assert not any(value in text.title + text.body for value in CONTACT_VALUES)


async def test_a_decline_says_whether_the_fee_comes_back(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    await decline(place.prospect.viewer, QUIET, await apply(place.vendor, place.lead))
    refunded, declined, *_ = await _notifications(place.vendor.owner)
    assert (refunded.event.kind, declined.event.kind) == (Kind.FEE_REFUNDED, Kind.APPLICATION_DECLINED)
    assert "Refunded to your account: 10 points." in notice(declined, "en", "UTC").body
    assert "Their identity and contact data stay hidden" in notice(declined, "en", "UTC").body
    body = notice(refunded, "ro", "UTC").body.replace("\u00a0", " ")
    assert "10 puncte" in body
    assert "Clientul a refuzat în termen de 48 de ore" in body


async def test_an_acceptance_after_the_reveal_says_that_it_was_open(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    await database.clock.advance(49 * HOUR)
    await accept(place.prospect.viewer, QUIET, application_id)
    accepted, *_ = await _notifications(place.vendor.owner)
    assert accepted.event.kind is Kind.APPLICATION_ACCEPTED
    assert "had already been revealed" in notice(accepted, "en", "UTC").body
