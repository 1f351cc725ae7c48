"""What a notification asks now, until when, and whether its state has passed."""

from datetime import timedelta
from uuid import UUID

from models.applications.answer import accept, review
from models.base.database import connection
from models.base.viewer import Viewer
from models.deadlines.sweep import sweep
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import NotificationView, list_notifications
from models.placements.notifications import ANNOUNCED, Standing, standing_of
from models.process.wake import Silence
from rules.placements.terms import Shown
from rules.registry import MATRICES
from tests.models.placements.reading import application
from tests.rules.support import make_policy
from tests.support.complaints import deliver
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply, propose_meeting

REVEAL, PASSED = START + 48 * HOUR, Standing(current=False)


async def _told(viewer: Viewer, kind: Kind) -> list[NotificationView]:
    assert viewer.recipient is not None
    page = await list_notifications(connection(), viewer.recipient, first=50)
    return [item for item in page.items if item.event.kind is kind]


async def _standing(viewer: Viewer, application_id: UUID, kind: Kind) -> list[Standing]:
    subject = await application(viewer, application_id)
    return [standing_of(view, subject, viewer) for view in await _told(viewer, kind)]


async def test_a_notification_is_current_until_its_state_has_passed(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    submitted, received = Kind.APPLICATION_SUBMITTED, Kind.APPLICATION_RECEIVED
    assert await _standing(owner, application_id, submitted) == [Standing(Shown.WAIT, REVEAL)]
    assert await _standing(prospect, application_id, received) == [Standing(Shown.REVIEW, REVEAL)]
    await review(prospect, Silence(), application_id)
    assert await _standing(prospect, application_id, received) == [Standing(Shown.ANSWER, REVEAL)]
    await database.clock.set(REVEAL - timedelta(microseconds=1))
    assert await _standing(prospect, application_id, received) == [Standing(Shown.ANSWER, REVEAL)]
    await database.clock.set(REVEAL)
    assert await _standing(prospect, application_id, received) == [PASSED]
    await sweep(Silence())
    (revealed,) = await _standing(owner, application_id, Kind.CONTACT_REVEALED)
    assert (revealed.action, revealed.current) == (Shown.CONTACT, True)
    assert await _standing(owner, application_id, submitted) == [PASSED]
    await accept(prospect, Silence(), application_id)
    disclosed = await _standing(prospect, application_id, Kind.CONTACT_DISCLOSED)
    assert disclosed == [Standing(Shown.WITHDRAW)]


async def test_a_proposed_time_does_not_replace_the_question_for_an_answer(
    place: Marketplace, database: Database
) -> None:
    """A later proposal replaces an earlier one, and an agreed time is current until it begins."""
    application_id = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    for hours in (5, 6):
        await propose_meeting(owner, application_id, START + hours * HOUR)
        await database.clock.advance(timedelta(seconds=1))
    newest, older = await _standing(prospect, application_id, Kind.MEETING_PROPOSED)
    assert (newest, older) == (Standing(Shown.CONFIRM_MEETING, START + 6 * HOUR), PASSED)
    (received,) = await _standing(prospect, application_id, Kind.APPLICATION_RECEIVED)
    assert (received.action, received.until) == (Shown.REVIEW, REVEAL)
    await propose_meeting(prospect, application_id, START + 6 * HOUR)
    agreed = await _standing(owner, application_id, Kind.MEETING_AGREED)
    assert agreed == [Standing(Shown.INFORM, START + 6 * HOUR)]
    assert await _standing(prospect, application_id, Kind.MEETING_PROPOSED) == [PASSED, PASSED]


async def test_an_agreed_time_stands_while_another_is_proposed(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    for viewer, hours in ((owner, 5), (prospect, 5), (owner, 6)):
        await propose_meeting(viewer, application_id, START + hours * HOUR)
        await database.clock.advance(timedelta(seconds=1))
    stands = [Standing(Shown.INFORM, START + 5 * HOUR)]
    for viewer in (owner, prospect):
        assert await _standing(viewer, application_id, Kind.MEETING_AGREED) == stands
    proposed = await _standing(prospect, application_id, Kind.MEETING_PROPOSED)
    assert proposed == [Standing(Shown.CONFIRM_MEETING, START + 6 * HOUR), PASSED]
    await propose_meeting(prospect, application_id, START + 6 * HOUR)
    newest, older = await _standing(owner, application_id, Kind.MEETING_AGREED)
    assert (newest, older) == (Standing(Shown.INFORM, START + 6 * HOUR), PASSED)


async def test_a_delivered_contact_is_told_of_without_a_state_to_pass(place: Marketplace) -> None:
    await deliver(place, place.vendor, place.lead)
    prospect = place.prospect.viewer
    (disclosed,) = await _told(prospect, Kind.CONTACT_DISCLOSED)
    assert standing_of(disclosed, None, prospect) == Standing()


async def test_without_its_object_a_notification_has_passed_and_others_only_inform(
    place: Marketplace,
) -> None:
    await apply(place.vendor, place.lead)
    owner = place.vendor.owner
    (submitted,) = await _told(owner, Kind.APPLICATION_SUBMITTED)
    (bought,) = await _told(owner, Kind.POINTS_PURCHASED)
    assert standing_of(submitted, None, owner) == PASSED
    assert standing_of(bought, None, owner) == Standing()


def test_every_rule_that_a_notification_announces_exists() -> None:
    rules = {rule.id: rule for definition in MATRICES for rule in definition.rules(make_policy())}
    announced = {rule for one in ANNOUNCED.values() for rule in one.rules}
    assert announced <= rules.keys()
    kept = {"notice_of_own_decline", "notice_of_question", "notice_of_decisions"}
    assert {rule for rule in rules if rule.startswith("notice_")} - announced == kept
