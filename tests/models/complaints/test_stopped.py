"""After a do-not-contact stop, pending applications to the person end and are never revealed.

The tests set the database's clock and never sleep.
"""

from datetime import datetime
from uuid import UUID

import pytest

from models.applications.answer import accept, decline, review
from models.applications.end import end_applications, lock_applications
from models.applications.list import ApplicationFilter, count_applications, list_applications
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, transaction
from models.base.keyset import Slice
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from models.feed.journal import Journal
from models.leads.facts import ApplicationStatus
from models.leads.list import LeadFilter, list_leads
from models.leads.views import ApplicationView
from models.reconciliation import reconcile
from tests.support.complaints import (
    NO_CONSENT,
    PROVEN,
    QUIET,
    deliver,
    filed,
    make_contact,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import (
    CONTACT_VALUES,
    HOUR,
    SECOND,
    START,
    MadeLead,
    MadeProspect,
    Marketplace,
    apply,
    make_lead,
    make_vendor,
)
from tests.support.reading import (
    REMIND_AFTER,
    REVEAL_AFTER,
    application,
    decided,
    erase,
    event_kinds,
    mailed,
    movements,
    outcomes,
    points,
    refused,
    row,
    rows_of,
)
from tests.support.stops import insert_stop


@pytest.fixture(name="lead")
async def _lead(place: Marketplace) -> MadeLead:
    return await make_contact(place.market)


async def _stop(place: Marketplace, lead: MadeLead) -> None:
    """Uphold a "no consent" complaint about the lead's person, whom the vendor received by the Lead Club."""
    delivery = await deliver(place, place.vendor, lead, points=0)
    await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)


async def _forbid(prospect: MadeProspect, since: datetime) -> None:
    """Set the stop without the action, as only a fault could: no application ends."""
    await insert_stop(prospect.id, since)


async def _seen(place: Marketplace, application_id: UUID) -> ApplicationView:
    page = await list_applications(connection(), place.other_vendor.owner, Slice(9), ApplicationFilter())
    (found,) = [one for one in page.items if one.id == application_id]
    return found


async def test_a_stop_ends_the_pending_applications_of_all_vendors(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    """In the stop's transaction: fee released, deadlines done, both sides notified, mail and calendar."""
    second = await make_lead(place.market, lead.prospect)
    third = await make_vendor(10)
    made = [
        await apply(place.other_vendor, lead, meeting_at=START + 72 * HOUR),
        await apply(place.other_vendor, second),
        await apply(third, second),
    ]
    await _stop(place, lead)
    for one in made:
        stored = await application(one)
        assert (stored["ended_at"], stored["refunded_at"], stored["hold"]) == (START, START, "RELEASED")
        assert [kind for kind, _ in await movements(one)] == ["HOLD", "RELEASE"]
        assert await decided(one, "visibility") == ["contact_stopped"]
        assert await decided(one, "refund") == ["application_ended"]
        assert set((await outcomes(one)).values()) == {"ended"}
        assert {"application_ended", "calendar_cancelled"} <= set(await mailed(one))
    assert await points(place.other_vendor.id) == (100, 0)
    assert await points(third.id) == (10, 0)
    assert (await event_kinds(third.id))[-2:] == ["APPLICATION_ENDED", "FEE_REFUNDED"]
    assert (await event_kinds(lead.prospect.id)).count("APPLICATION_ENDED") == 3


@pytest.mark.parametrize("swept", [False, True])
async def test_nothing_is_revealed_automatically_after_the_stop(
    place: Marketplace, database: Database, lead: MadeLead, swept: bool
) -> None:
    """Whether or not a worker runs when the 48 hours are over, and long after."""
    made = await apply(place.other_vendor, lead)
    await database.clock.advance(REVEAL_AFTER - SECOND)
    await _stop(place, lead)
    await database.clock.advance(100 * HOUR)
    if swept:
        await sweep(QUIET)
    assert await rows_of("delivery", account_id=place.other_vendor.id) == []
    found = await _seen(place, made)
    assert (found.status, found.visibility.rule_id) == (ApplicationStatus.ENDED, "contact_stopped")
    assert found.refund.rule_id == "application_ended"
    for wanted in (True, False, None):
        page = await list_leads(
            connection(), place.other_vendor.owner, Slice(9), criteria=LeadFilter(contact_visible=wanted)
        )
        assert not [one for one in page.items if one.contact is not None]
    assert all(str(value) not in repr(found) for value in CONTACT_VALUES)


@pytest.mark.parametrize("swept", [False, True])
async def test_contact_data_revealed_before_the_stop_stays_revealed(
    place: Marketplace, database: Database, lead: MadeLead, swept: bool
) -> None:
    """Even if the worker is late: the contact was revealed at 48 hours, the stop came a second later."""
    made = await apply(place.other_vendor, lead)
    await database.clock.advance(REVEAL_AFTER)
    if swept:
        await sweep(QUIET)
    await database.clock.advance(SECOND)
    await _stop(place, lead)
    delivery = await row("delivery", application_id=made)
    assert (delivery["received_at"], delivery["closed"]) == (START + REVEAL_AFTER, "NO")
    assert (await application(made))["hold"] == "CAPTURED"
    assert (await _seen(place, made)).visibility.rule_id == "revealed_by_silence"


async def test_answers_given_before_the_stop_remain(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    """An acceptance was the person's decision, and a vendor who was declined is not notified of the stop."""
    second = await make_lead(place.market, lead.prospect)
    accepted, declined = await apply(place.other_vendor, lead), await apply(place.other_vendor, second)
    await accept(lead.prospect.viewer, QUIET, accepted)
    await decline(lead.prospect.viewer, QUIET, declined)
    before = [await application(one) for one in (accepted, declined)]
    await _stop(place, lead)
    assert [await application(one) for one in (accepted, declined)] == before
    assert (await _seen(place, accepted)).visibility.rule_id == "prospect_accepted"
    assert (await _seen(place, declined)).visibility.rule_id == "declined_in_time"
    assert "APPLICATION_ENDED" not in await event_kinds(place.other_vendor.id)


async def test_the_end_of_an_application_is_final(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    """Accepting, declining and moving the meeting are refused with a message and change nothing."""
    made = await apply(place.other_vendor, lead, meeting_at=START + 72 * HOUR)
    await _stop(place, lead)
    await database.clock.advance(HOUR)
    person = lead.prospect.viewer
    before = await snapshot(connection())
    for answer in (accept, decline):
        found = await refused(answer(person, QUIET, made), RefusalCode.REFUSED_BY_RULE, "applicationId")
        assert found.decision is not None
        assert found.decision.rule_id == "contact_stopped"
    moved = record_meeting(
        person,
        QUIET,
        application_id=made,
        kind=MeetingEvidenceKind.CANCELLED,
        idempotency_key="moved",
    )
    assert "has ended" in (await refused(moved, RefusalCode.CONFLICT, "applicationId")).message
    assert await snapshot(connection()) == before
    await review(person, QUIET, made)
    assert (await _seen(place, made)).status is ApplicationStatus.ENDED


async def test_an_unsent_reminder_is_moot_after_the_stop(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    made = await apply(place.other_vendor, lead)
    await database.clock.advance(REMIND_AFTER)
    await sweep(QUIET)
    await database.clock.advance(HOUR)
    await _stop(place, lead)
    reminder = await row("outbox_message", subject=made, template="not_reviewed")
    assert reminder["expires_at"] == START + REMIND_AFTER + HOUR


async def test_ended_applications_are_found_by_their_status(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    ended, waiting = await apply(place.other_vendor, lead), await apply(place.other_vendor, place.lead)
    await _stop(place, lead)
    await database.clock.advance(2 * REVEAL_AFTER)
    owner = place.other_vendor.owner
    for status, expected in (
        (ApplicationStatus.ENDED, [ended]),
        (ApplicationStatus.REVEALED, [waiting]),
        (ApplicationStatus.PENDING, []),
    ):
        criteria = ApplicationFilter(status)
        page = await list_applications(connection(), owner, Slice(9), criteria)
        assert [one.id for one in page.items] == expected
        assert (await count_applications(connection(), owner, criteria)).total == len(expected)


async def test_a_stop_that_bypassed_the_action_reveals_nothing_and_is_reported(
    place: Marketplace, database: Database
) -> None:
    """The rules alone keep it closed, reconciliation reports it, and the sweep ends it."""
    made = await apply(place.other_vendor, place.lead)
    await _forbid(place.prospect, START)
    assert {finding.subject for finding in (await reconcile()).findings} == {str(made)}
    await refused(accept(place.prospect.viewer, QUIET, made), RefusalCode.REFUSED_BY_RULE)
    await database.clock.advance(REVEAL_AFTER + SECOND)
    assert (await _seen(place, made)).visibility.rule_id == "contact_stopped"
    await sweep(QUIET)
    stored = await application(made)
    assert (stored["ended_at"], stored["hold"]) == (START + REMIND_AFTER, "RELEASED"), "whatever is due first"
    assert "REVIEW_REMINDER" not in await event_kinds(place.prospect.id)
    assert await rows_of("delivery") == []


@pytest.mark.parametrize("how", ["the action", "the sweep"])
async def test_an_erased_persons_application_ends_and_its_fee_is_released(
    place: Marketplace, database: Database, how: str
) -> None:
    """The person gets no more messages."""
    made = await apply(place.other_vendor, place.lead)
    await erase(place.prospect.id, START)
    assert {finding.check for finding in (await reconcile()).findings} == {
        "stopped_persons_have_no_application_waiting"
    }
    before = await event_kinds(place.prospect.id)
    if how == "the action":
        async with transaction() as conn:
            journal = Journal(START)
            waiting = await lock_applications(conn, journal, [place.prospect.id])
            await end_applications(conn, journal, waiting)
            await journal.write(conn)
    else:
        await database.clock.advance(REMIND_AFTER)
        await sweep(QUIET)
    assert (await application(made))["hold"] == "RELEASED"
    assert await decided(made, "visibility") == ["person_erased"]
    assert (await event_kinds(place.other_vendor.id))[-2:] == ["APPLICATION_ENDED", "FEE_REFUNDED"]
    assert [kind for kind in await event_kinds(place.prospect.id) if kind not in before] == []
    assert await points(place.other_vendor.id) == (100, 0)
