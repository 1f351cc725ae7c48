"""What a caller says about being contacted, in the note of a finished call (S3.1)."""

import pytest_asyncio

from models.tables import Contact
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import Desk, make_desk
from tests.support.complaints import deliver
from tests.support.database import Database
from tests.support.marketplace import Marketplace
from tests.support.reading import row, rows_of


@pytest_asyncio.fixture(loop_scope="session", name="desk")
async def _desk(place: Marketplace, database: Database) -> Desk:
    return await make_desk(place, database.clock)


async def _finish(desk: Desk, number: str, concern: str) -> None:
    call_id = await desk.answered(caller=number)
    await desk.finish(call_id, CallOutcome.MESSAGE_TAKEN, answers={"CONCERN": concern})


async def test_the_note_of_a_persons_call_is_read_for_signs(desk: Desk) -> None:
    place = desk.place
    number = (await Contact.get(lead_id=place.lead.id)).phone
    assert number is not None
    await _finish(desk, number, "Bitte schicken Sie mir eine E-Mail.")
    assert await rows_of("contact_statement") == []  # the company does not see this contact
    await deliver(place, place.vendor, place.lead, points=0)
    await _finish(desk, number, "Wants to know the price.")
    assert await rows_of("contact_statement") == []
    await _finish(desk, number, "Bitte schicken Sie mir eine E-Mail und rufen Sie mich nicht mehr an.")
    said = await rows_of("contact_statement", account_id=place.vendor.id)
    assert {one["kind"] for one in said} == {"WRITE", "STOP_CALLS"}
    assert {(one["medium"], one["origin"]) for one in said} == {("CALL", "MARKER")}
    stop = await row("do_not_contact", prospect_id=place.prospect.id)
    assert (stop["account_id"], stop["medium"]) == (place.vendor.id, "CALL")
