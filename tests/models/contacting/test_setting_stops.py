"""Who sets which stop, what it ends, and who is told."""

from datetime import timedelta
from uuid import UUID

import orjson
import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.contacting.set_stop import StopInput, set_stop
from models.leads.list import leads_by_id
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.tables import Prospect
from rules.contacting.terms import Medium
from tests.support.complaints import deliver, offer
from tests.support.concurrency import codes, holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import (
    SECOND,
    START,
    MadeLead,
    MadeProspect,
    Marketplace,
    apply,
    make_lead,
    make_prospect,
    make_vendor,
)
from tests.support.reading import REVEAL_AFTER, application, event_kinds, points, refused, row, rows_of

PROSPECT = "SELECT FROM prospect WHERE id = $1 FOR SHARE"


async def stop(viewer: Viewer, given: StopInput | None = None, key: str = "") -> UUID:
    """Set a stop, with a new key unless one is given."""
    return await set_stop(viewer, Silence(), given or StopInput(), key or new_id().hex)


async def _events(recipient: UUID) -> list[dict[str, object]]:
    rows = await fetch(
        connection(),
        "SELECT parameters FROM feed_event WHERE recipient = $1 AND kind = 'CONTACT_STOPPED' ORDER BY seq",
        recipient,
    )
    return [orjson.loads(row["parameters"]) for row in rows]


async def _row_of_file(place: Marketplace, like: MadeLead) -> MadeLead:
    """Insert a lead of a prospect without a user, with the address of another lead."""
    person = MadeProspect((await Prospect.create()).id, like.prospect.viewer)
    made = await make_lead(place.market, person)
    await fetch(
        connection(),
        """UPDATE contact SET email = upper(its.email) FROM contact AS its
           WHERE contact.lead_id = $1 AND its.lead_id = $2""",
        made.id,
        like.id,
    )
    return made


@pytest.mark.parametrize("who", ["person", "operator"])
async def test_a_stop_of_everybody_for_all_media_ends_everything(
    place: Marketplace, database: Database, who: str
) -> None:
    """Pending applications end, fees are released, offers are withdrawn, and vendors find no lead."""
    made = await apply(place.vendor, place.lead)
    offered = await offer(place, await make_lead(place.market, place.prospect))
    if who == "person":
        await stop(place.prospect.viewer)
    else:
        await stop(place.operator, StopInput(prospect_id=place.prospect.id))
    stored = await application(made)
    assert (stored["ended_at"], stored["hold"]) == (START, "RELEASED")
    assert await points(place.vendor.id) == (100, 0)
    assert (await row("offer", lead_id=offered.id))["withdrawn_at"] == START
    assert await leads_by_id(connection(), place.other_vendor.owner, [place.lead.id, offered.id]) == {}
    assert place.lead.id in await leads_by_id(connection(), place.prospect.viewer, [place.lead.id])
    assert (await reconcile(connection())).findings == ()


async def test_a_stop_for_one_medium_ends_nothing(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    await stop(place.prospect.viewer, StopInput(medium=Medium.CALL))
    assert (await application(made))["ended_at"] is None
    assert place.lead.id in await leads_by_id(connection(), place.other_vendor.owner, [place.lead.id])
    await accept(place.prospect.viewer, Silence(), made)
    assert (await reconcile(connection())).findings == ()


async def test_only_vendors_that_hold_the_contact_are_told(place: Marketplace, database: Database) -> None:
    third = await make_vendor(100)
    accepted = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), accepted)
    await apply(place.other_vendor, place.lead)
    delivered = await make_lead(place.market, place.prospect)
    await deliver(place, third, delivered, points=0)
    stop_id = await stop(place.prospect.viewer, StopInput(medium=Medium.CALL))
    told = {"scope": "MARKET", "medium": "CALL", "doNotContactId": str(stop_id)}
    assert await _events(place.vendor.id) == [told]
    assert await _events(third.id) == [told]
    assert await _events(place.other_vendor.id) == []
    assert await _events(place.prospect.id) == []


async def test_a_vendor_to_whom_the_contact_is_due_is_told(place: Marketplace, database: Database) -> None:
    """Nobody answered for 48 hours, and no worker has run: the vendor holds the contact all the same."""
    made = await apply(place.vendor, place.lead)
    await database.clock.advance(REVEAL_AFTER)
    await stop(place.prospect.viewer, StopInput(medium=Medium.EMAIL))
    assert (await application(made))["revealed_at"] == START + REVEAL_AFTER
    assert len(await _events(place.vendor.id)) == 1


async def test_a_vendor_stops_only_its_own_company(place: Marketplace, database: Database) -> None:
    for vendor in (place.vendor, place.other_vendor):
        await deliver(place, vendor, place.lead, points=0)
    await stop(place.vendor.member, StopInput(lead_id=place.lead.id))
    stored = await row("do_not_contact")
    assert (stored["scope"], stored["account_id"], stored["origin"]) == ("ACCOUNT", place.vendor.id, "VENDOR")
    assert len(await _events(place.vendor.id)) == 1
    assert await _events(place.other_vendor.id) == []
    third = await make_vendor(100)
    await apply(third, place.lead)


async def test_a_vendor_names_no_lead_whose_contact_is_hidden(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    before = await snapshot(connection())
    hidden = await refused(
        stop(place.vendor.owner, StopInput(lead_id=place.lead.id)), RefusalCode.REFUSED_BY_RULE, "leadId"
    )
    assert hidden.decision is not None
    assert hidden.decision.rule_id == "still_waiting"
    unknown = StopInput(lead_id=new_id())
    await refused(stop(place.vendor.owner, unknown), RefusalCode.NOT_FOUND, "leadId")
    assert await snapshot(connection()) == before


async def test_others_set_no_stop(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    before = await snapshot(connection())
    for viewer in (place.vendor.employee, place.agent, Viewer()):
        await refused(stop(viewer, StopInput(lead_id=place.lead.id)), RefusalCode.FORBIDDEN)
    person = StopInput(prospect_id=place.prospect.id)
    await refused(stop(place.vendor.owner, person), RefusalCode.FORBIDDEN, "prospectId")
    await refused(stop(place.other_prospect.viewer, person), RefusalCode.FORBIDDEN, "prospectId")
    lead = StopInput(lead_id=place.lead.id)
    await refused(stop(place.other_prospect.viewer, lead), RefusalCode.NOT_FOUND, "leadId")
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        (StopInput(), RefusalCode.REQUIRED, "leadId"),
        (StopInput(lead_id=new_id(), prospect_id=new_id()), RefusalCode.INVALID, "leadId"),
        (StopInput(prospect_id=new_id()), RefusalCode.NOT_FOUND, "prospectId"),
        (StopInput(lead_id=new_id()), RefusalCode.NOT_FOUND, "leadId"),
    ],
)
async def test_an_operator_names_one_person_that_exists(
    place: Marketplace, database: Database, given: StopInput, code: RefusalCode, field: str
) -> None:
    await refused(stop(place.operator, given), code, field)
    assert await rows_of("do_not_contact") == []


@pytest.mark.parametrize(("later", "accepted"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
async def test_a_stop_ends_in_the_future(
    place: Marketplace, database: Database, *, later: timedelta, accepted: bool
) -> None:
    given = StopInput(until=START + later)
    if accepted:
        await stop(place.prospect.viewer, given)
    else:
        await refused(stop(place.prospect.viewer, given), RefusalCode.INVALID, "until")
    assert len(await rows_of("do_not_contact")) == accepted


async def test_a_persons_rows_of_files_are_stopped_as_well(place: Marketplace, database: Database) -> None:
    """A person who can sign in decides alone, even if somebody else typed their address."""
    imported = await _row_of_file(place, place.lead)
    theirs = await make_lead(place.market, place.other_prospect)
    await fetch(
        connection(),
        """UPDATE contact SET email = its.email FROM contact AS its
           WHERE contact.lead_id = $1 AND its.lead_id = $2""",
        theirs.id,
        place.lead.id,
    )
    await stop(place.prospect.viewer)
    stopped = {one["prospect_id"] for one in await rows_of("do_not_contact")}
    assert stopped == {place.prospect.id, imported.prospect.id}
    await stop(place.operator, StopInput(lead_id=place.lead.id))
    assert place.other_prospect.id in {one["prospect_id"] for one in await rows_of("do_not_contact")}


async def test_the_same_key_sets_one_stop(place: Marketplace, database: Database) -> None:
    first = await stop(place.prospect.viewer, key="once")
    assert await stop(place.prospect.viewer, key="once") == first
    other = StopInput(medium=Medium.CALL)
    await refused(stop(place.prospect.viewer, other, "once"), RefusalCode.IDEMPOTENCY_CONFLICT)
    assert len(await rows_of("do_not_contact")) == 1


async def test_the_later_end_of_two_stops_holds(place: Marketplace, database: Database) -> None:
    """Nobody is told twice, and nothing shortens a stop."""
    await deliver(place, place.vendor, place.lead, points=0)
    viewer, day = place.prospect.viewer, timedelta(days=1)
    for until, expected in [
        (START + 2 * day, START + 2 * day),
        (START + day, START + 2 * day),
        (START + 3 * day, START + 3 * day),
        (None, None),
        (START + 9 * day, None),
    ]:
        await stop(viewer, StopInput(until=until))
        assert (await row("do_not_contact"))["until"] == expected
    assert len(await _events(place.vendor.id)) == 1


async def test_an_ended_stop_makes_room_for_another(place: Marketplace, database: Database) -> None:
    until = START + timedelta(hours=1)
    first = await stop(place.prospect.viewer, StopInput(until=until))
    await database.clock.set(until)
    second = await stop(place.prospect.viewer)
    assert first != second
    assert (await row("do_not_contact", id=first))["lifted_at"] == until
    assert (await row("do_not_contact", id=second))["lifted_at"] is None


async def test_a_stop_and_an_application_are_in_order(place: Marketplace, database: Database) -> None:
    """The stop waits for the person's lock; an application that has it first ends with the stop."""
    async with holding(database.url, PROSPECT, place.prospect.id) as meeting:
        await meeting.join(stop(place.prospect.viewer))
        made = await apply(place.vendor, place.lead)
    assert codes(await meeting.outcomes()) == ["done"]
    assert (await application(made))["ended_at"] == START
    late = await refused(apply(place.other_vendor, place.lead), RefusalCode.NOT_FOUND)
    assert late.code is RefusalCode.NOT_FOUND


async def test_events_of_a_stop_follow_those_of_the_end(place: Marketplace, database: Database) -> None:
    """Who applied and is not answered learns that the application ended, and nothing about the person."""
    await apply(place.other_vendor, place.lead)
    await stop(place.prospect.viewer)
    assert (await event_kinds(place.other_vendor.id))[-2:] == ["APPLICATION_ENDED", "FEE_REFUNDED"]


async def test_a_stop_without_leads_is_set(place: Marketplace, database: Database) -> None:
    nobody = await make_prospect()
    await stop(nobody.viewer)
    assert (await row("do_not_contact"))["prospect_id"] == nobody.id
    assert (await row("do_not_contact"))["since"] < START + SECOND
