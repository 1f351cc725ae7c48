"""Who lifts which stop, and how stops end by themselves."""

from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.contacting.lift_stop import lift_stop
from models.contacting.set_stop import StopInput
from models.deadlines.sweep import sweep
from models.leads.list import leads_by_id
from models.process.wake import Silence
from models.reconciliation import reconcile
from rules.contacting.terms import Medium
from tests.models.contacting.test_setting_stops import stop
from tests.support.complaints import NO_CONSENT, PROVEN, deliver, filed
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace, apply, make_lead
from tests.support.reading import application, refused, row, rows_of
from tests.support.stops import insert_stop

TICK, HOUR = timedelta(microseconds=1), timedelta(hours=1)


async def test_the_person_lifts_a_stop_and_is_found_again(place: Marketplace, database: Database) -> None:
    """What has ended does not begin again."""
    made = await apply(place.vendor, place.lead)
    stop_id = await stop(place.prospect.viewer)
    await database.clock.advance(HOUR)
    await lift_stop(place.prospect.viewer, stop_id, reason="I changed my mind.")
    stored = await row("do_not_contact")
    assert (stored["lifted_at"], stored["lifted_by"]) == (START + HOUR, place.prospect.viewer.user_id)
    assert place.lead.id in await leads_by_id(connection(), place.other_vendor.owner, [place.lead.id])
    assert (await application(made))["ended_at"] == START
    await apply(place.other_vendor, place.lead)
    assert (await reconcile(connection())).findings == ()


async def test_the_person_lifts_the_stop_of_a_complaint(place: Marketplace, database: Database) -> None:
    """The closed delivery stays closed, and reconciliation does not ask for the stop."""
    delivery = await deliver(place, place.vendor, place.lead, points=0)
    await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    stop_id = (await row("do_not_contact"))["id"]
    await lift_stop(place.prospect.viewer, stop_id, reason="Welcome again.")
    assert (await row("delivery"))["closed"] == "NO_CONSENT"
    assert (await reconcile(connection())).findings == ()


@pytest.mark.parametrize("by_operator", [False, True])
async def test_what_was_set_together_is_lifted_together(
    place: Marketplace, database: Database, *, by_operator: bool
) -> None:
    """The person lifts the own stop and those of rows of files, an operator all."""
    other = await make_lead(place.market, place.other_prospect)
    await fetch(
        connection(),
        """UPDATE contact SET email = its.email FROM contact AS its
           WHERE contact.lead_id = $1 AND its.lead_id = $2""",
        other.id,
        place.lead.id,
    )
    stop_id = await stop(place.operator, StopInput(lead_id=place.lead.id))
    lifting = place.operator if by_operator else place.prospect.viewer
    await lift_stop(lifting, stop_id, reason="Asked for it.")
    held = {one["prospect_id"] for one in await rows_of("do_not_contact") if one["lifted_at"] is None}
    assert held == (set() if by_operator else {place.other_prospect.id})


async def test_only_an_owner_lifts_what_the_company_set(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    await deliver(place, place.other_vendor, place.lead, points=0)
    own = await stop(place.vendor.member, StopInput(lead_id=place.lead.id))
    market = await stop(place.prospect.viewer, StopInput(medium=Medium.CALL))
    told = await insert_stop(place.prospect.id, medium="EMAIL", account_id=place.vendor.id, origin="PERSON")
    unsubscribed = await insert_stop(
        place.prospect.id, medium="SMS", account_id=place.vendor.id, origin="LINK"
    )
    before = await snapshot(connection())
    for viewer, stop_id, code in [
        (place.vendor.owner, unsubscribed, RefusalCode.FORBIDDEN),
        (place.vendor.member, own, RefusalCode.FORBIDDEN),
        (place.vendor.owner, market, RefusalCode.FORBIDDEN),
        (place.vendor.owner, told, RefusalCode.FORBIDDEN),
        (place.other_vendor.owner, own, RefusalCode.NOT_FOUND),
        (place.vendor.owner, new_id(), RefusalCode.NOT_FOUND),
        (place.other_prospect.viewer, own, RefusalCode.NOT_FOUND),
        (place.agent, own, RefusalCode.FORBIDDEN),
        (place.vendor.employee, own, RefusalCode.FORBIDDEN),
    ]:
        await refused(lift_stop(viewer, stop_id, reason="Why not."), code)
    assert await snapshot(connection()) == before
    await lift_stop(place.vendor.owner, own, reason="They called us.")
    assert (await row("do_not_contact", id=own))["lift_reason"] == "They called us."


async def test_a_vendor_without_the_contact_does_not_find_the_stop(
    place: Marketplace, database: Database
) -> None:
    await apply(place.vendor, place.lead)
    market = await stop(place.prospect.viewer, StopInput(medium=Medium.CALL))
    await refused(
        lift_stop(place.vendor.owner, market, reason="Why not."), RefusalCode.NOT_FOUND, "doNotContactId"
    )


@pytest.mark.parametrize("reason", ["", "   "])
async def test_lifting_needs_a_reason(place: Marketplace, database: Database, reason: str) -> None:
    stop_id = await stop(place.prospect.viewer)
    await refused(lift_stop(place.prospect.viewer, stop_id, reason=reason), RefusalCode.REQUIRED, "reason")
    assert (await row("do_not_contact"))["lifted_at"] is None


async def test_a_stop_is_lifted_once(place: Marketplace, database: Database) -> None:
    stop_id = await stop(place.prospect.viewer)
    await lift_stop(place.prospect.viewer, stop_id, reason="First.")
    await database.clock.advance(HOUR)
    await lift_stop(place.operator, stop_id, reason="Second.")
    stored = await row("do_not_contact")
    assert (stored["lifted_at"], stored["lift_reason"]) == (START, "First.")


async def test_a_stop_ends_at_its_instant_without_a_worker(place: Marketplace, database: Database) -> None:
    """A microsecond before it nobody finds the lead, at it everybody does."""
    until = START + HOUR
    await stop(place.prospect.viewer, StopInput(until=until))
    viewer = place.vendor.owner
    await database.clock.set(until - TICK)
    assert await leads_by_id(connection(), viewer, [place.lead.id]) == {}
    await database.clock.set(until)
    assert place.lead.id in await leads_by_id(connection(), viewer, [place.lead.id])
    await apply(place.vendor, place.lead)


async def test_the_sweep_records_the_end_as_of_its_time(place: Marketplace, database: Database) -> None:
    until = START + HOUR
    await stop(place.prospect.viewer, StopInput(until=until))
    await database.clock.set(until + 5 * HOUR)
    await sweep(Silence())
    stored = await row("do_not_contact")
    assert (stored["lifted_at"], stored["lifted_by"]) == (until, None)
    assert (await row("deadline", kind="DO_NOT_CONTACT_END"))["outcome"] == "ended"


async def test_the_sweep_ends_no_stop_whose_end_was_moved_or_that_was_lifted(
    place: Marketplace, database: Database
) -> None:
    moved = await stop(place.prospect.viewer, StopInput(until=START + HOUR))
    await stop(place.prospect.viewer, StopInput(until=START + 9 * HOUR))
    lifted = await stop(place.other_prospect.viewer, StopInput(until=START + HOUR))
    await lift_stop(place.other_prospect.viewer, lifted, reason="Changed my mind.")
    await database.clock.advance(2 * HOUR)
    await sweep(Silence())
    assert (await row("do_not_contact", id=moved))["lifted_at"] is None
    assert (await row("do_not_contact", id=lifted))["lifted_at"] == START
    found = {one["outcome"] for one in await rows_of("deadline") if one["done_at"]}
    assert found == {"moved", "lifted"}
