"""What a caller says about being contacted, in the note of a finished call (S3.1)."""

import pytest_asyncio

from models.calls.call_note import NoteDraft
from models.calls.correct_call import correct_call
from models.tables import Contact
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import ANSWERS, QUIET, Desk, make_desk
from tests.support.calls import version_of
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


async def test_a_corrected_note_is_read_when_what_it_says_has_changed(desk: Desk) -> None:
    place = desk.place
    await deliver(place, place.vendor, place.lead, points=0)
    number = (await Contact.get(lead_id=place.lead.id)).phone
    call_id = await desk.answered(caller=number)
    await desk.finish(call_id, CallOutcome.MESSAGE_TAKEN, answers={"CONCERN": "Please call me."})
    for name in ("Petra", "Petra Prospect"):
        answers = {**ANSWERS, "NAME": name, "CONCERN": "Please don't call me again."}
        await correct_call(
            desk.agent,
            QUIET,
            call_id,
            note=NoteDraft(list(answers.items()), (), False, None),
            wanted_employee_id=None,
            expected_version=await version_of("call", call_id),
        )
    assert [one["kind"] for one in await rows_of("contact_statement")] == ["CALL", "STOP_CALLS"]
    assert (await row("do_not_contact", prospect_id=place.prospect.id))["medium"] == "CALL"
