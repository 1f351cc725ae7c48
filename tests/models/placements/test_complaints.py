"""What the sides of a complaint are shown (S5.9, S5.12): placed messages, banners, notifications."""

import re
from datetime import timedelta
from uuid import UUID

from models.base.database import connection
from models.base.viewer import Viewer
from models.complaints.list import complaints_by_id
from models.complaints.send_message import send_message
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import list_notifications
from models.placements.banners import banners
from models.placements.dismiss import dismiss_banner
from models.placements.notifications import Standing, standing_of
from models.process.wake import Silence
from rules.placements.terms import Placement, Shown
from tests.models.placements.reading import placed_on_complaint
from tests.support.complaints import deliver, filed, say, verdict
from tests.support.database import Database
from tests.support.marketplace import Marketplace

DECIDE_BY = timedelta(days=22)


async def _rules(viewer: Viewer, complaint_id: UUID) -> dict[str, str]:
    found = await placed_on_complaint(viewer, complaint_id)
    return {place.value: one.rule_id for place, one in found.items()}


async def _banners(viewer: Viewer) -> list[str]:
    return [one.rule_id for one in await banners(connection(), viewer, 20)]


async def _standing(viewer: Viewer, complaint_id: UUID, kind: Kind) -> Standing:
    assert viewer.recipient is not None
    page = await list_notifications(connection(), viewer.recipient, first=50)
    latest = next(item for item in page.items if item.event.kind is kind)
    subject = (await complaints_by_id(connection(), viewer, [complaint_id]))[complaint_id]
    return standing_of(latest, subject, viewer)


async def test_both_sides_of_a_complaint_know_who_acts_next(place: Marketplace, database: Database) -> None:
    owner, operator = place.vendor.owner, place.operator
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    assert await _rules(owner, complaint_id) == {
        "BANNER": "decision_awaited",
        "TOOLTIP": "decided_until",
        "SYSTEM_MESSAGE": "details_help",
    }
    assert await _rules(operator, complaint_id) == {"BANNER": "decision_needed", "TOOLTIP": "deadline_runs"}
    assert (await _banners(owner), await _banners(operator)) == (["decision_awaited"], ["decision_needed"])
    decide_by = (await placed_on_complaint(owner, complaint_id))[Placement.BANNER].action_until
    assert await _standing(owner, complaint_id, Kind.COMPLAINT_FILED) == Standing(Shown.WAIT, decide_by)
    assert await _standing(operator, complaint_id, Kind.COMPLAINT_FILED) == Standing(Shown.DECIDE, decide_by)

    await send_message(operator, Silence(), complaint_id, "Which number did you call?", "ask")
    assert (await _rules(owner, complaint_id))["SYSTEM_MESSAGE"] == "operator_asks"
    assert (await _banners(owner), await _banners(operator)) == (["vendor_asked"], ["vendor_answers"])
    assert (await _standing(owner, complaint_id, Kind.COMPLAINT_MESSAGE)).action is Shown.ANSWER
    await send_message(owner, Silence(), complaint_id, "The one on the dashboard.", "say")
    assert (await _rules(operator, complaint_id))["SYSTEM_MESSAGE"] == "vendor_wrote"
    assert await _standing(owner, complaint_id, Kind.COMPLAINT_MESSAGE) == Standing(current=False)
    assert await _banners(operator) == ["decision_needed"]

    await database.clock.advance(DECIDE_BY)
    assert (await _banners(owner), await _banners(operator)) == (["decision_late"], ["decision_overdue"])
    await say(operator, verdict(item))
    assert await _rules(owner, complaint_id) == {
        "BANNER": "complaint_decided",
        "TOOLTIP": "outcome_known",
        "SYSTEM_MESSAGE": "questions_welcome",
    }
    assert (await _banners(owner), await _banners(operator)) == (["complaint_decided"], [])
    assert await _standing(owner, complaint_id, Kind.COMPLAINT_DECIDED) == Standing()
    assert await _standing(owner, complaint_id, Kind.COMPLAINT_FILED) == Standing(current=False)
    await send_message(owner, Silence(), complaint_id, "Why?", "why")
    assert (await _rules(operator, complaint_id))["SYSTEM_MESSAGE"] == "vendor_wrote"
    await send_message(operator, Silence(), complaint_id, "The number is in use.", "reply")
    assert "SYSTEM_MESSAGE" not in await _rules(operator, complaint_id)
    assert (await _rules(owner, complaint_id))["SYSTEM_MESSAGE"] == "operator_replied"
    assert await _standing(owner, complaint_id, Kind.COMPLAINT_MESSAGE) == Standing()
    await database.clock.advance(timedelta(days=14))
    assert await _banners(owner) == []


async def test_banners_of_complaints_are_dismissed_and_ordered_by_their_deadlines(
    place: Marketplace, database: Database
) -> None:
    owner, operator = place.vendor.owner, place.operator
    ids = []
    for _ in range(4):
        complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
        ids.append(complaint_id)
        await database.clock.advance(timedelta(days=1))
    for viewer in (owner, operator):
        found = await banners(connection(), viewer, 3)
        assert [one.subject.id for one in found] == ids[:3]
    await dismiss_banner(owner, "Complaint", ids[1], "decision_awaited")
    await send_message(operator, Silence(), ids[2], "Which number?", "ask")
    await dismiss_banner(operator, "Complaint", ids[2], "vendor_answers")
    assert [one.subject.id for one in await banners(connection(), owner, 3)] == [ids[0], ids[2], ids[3]]
    assert [one.subject.id for one in await banners(connection(), operator, 3)] == [ids[0], ids[1], ids[3]]
    assert await banners(connection(), place.other_vendor.owner, 3) == []


async def test_texts_of_complaints_name_them_and_their_deadline(place: Marketplace) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    for viewer, parts in (
        (place.vendor.owner, ["is being reviewed", "All decisions are due before"]),
        (place.operator, ["awaits a decision", "It was filed by Fake Vendor Ltd."]),
    ):
        banner = (await placed_on_complaint(viewer, complaint_id))[Placement.BANNER]
        assert all(part in banner.title + banner.body for part in parts), banner.title
        assert re.search(r"C-\d{6}", banner.title)
