"""Finishing a call and correcting its note: what it needs, who is told, and that nothing is sent twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.asked_fields import FieldDraft, set_asked_fields
from models.calls.call_note import NoteDraft, summary_of
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.call_views import attempts_by_id
from models.calls.correct_call import correct_call
from models.calls.faq import FaqDraft, create_faq_entry
from models.calls.finish_call import Finish, FinishedCall, finish_call
from models.calls.recognition import VipTreatment
from models.calls.state import talk_seconds
from models.calls.statistics import ResultCount, call_statistics
from models.calls.tables import AskedFieldKind
from models.calls.vip_callers import VipDraft, create_vip
from models.calls.warnings import CallNote
from models.deadlines.sweep import sweep
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import (
    ANSWERS,
    CALLER,
    QUIET,
    Desk,
    all_refused,
    everything,
    mails,
    make_desk,
    refused,
)
from tests.support.calls import version_of
from tests.support.concurrency import codes, freely
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace

DAY = timedelta(days=1)
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)  # of the calendar
TRANSFERRED, FAQ_ANSWERED = CallOutcome.TRANSFERRED, CallOutcome.FAQ_ANSWERED


@pytest_asyncio.fixture(loop_scope="session")
async def desk(place: Marketplace, database: Database) -> AsyncIterator[Desk]:
    await database.clock.set(START)
    yield await make_desk(place, database.clock)


async def told() -> list[tuple[str, bool]]:
    """Return the channel of each notice, and whether a message was written."""
    rows = await fetch(
        connection(), "SELECT channel, message_id IS NOT NULL AS sent FROM call_notice ORDER BY channel"
    )
    return [(row["channel"], row["sent"]) for row in rows]


async def test_a_message_needs_each_asked_field(desk: Desk) -> None:
    """One refusal per field; optional fields need no answer, and nothing is written."""
    await set_asked_fields(
        desk.place.operator,
        secretariat_id=desk.secretariat,
        expected_version=await version_of("secretariat", desk.secretariat),
        fields=[
            FieldDraft("BUDGET", "Budget", AskedFieldKind.TEXT, (), required=True),
            FieldDraft("COLOUR", "Colour", AskedFieldKind.TEXT, (), required=False),
        ],
    )
    call_id = await desk.answered()
    before = await everything()
    assert await all_refused(desk.finish(call_id, answers={"COMPANY": "", "CONCERN": "  "})) == [
        ("REQUIRED", "note.answers.COMPANY"),
        ("REQUIRED", "note.answers.CONCERN"),
        ("REQUIRED", "note.answers.BUDGET"),
    ]
    assert await everything() == before
    await desk.finish(call_id, refused=["COMPANY"], answers={"BUDGET": "100 EUR"})
    note = (await desk.read(call_id)).note
    assert note is not None
    assert (note.name, note.company, note.answers) == ("Jo Doe", None, {"BUDGET": "100 EUR"})
    assert list(note.refused_keys) == ["COMPANY"]


async def test_a_vip_entry_waives_what_the_caller_is_not_asked(desk: Desk) -> None:
    draft = VipDraft(CALLER, False, "Ministry", "", VipTreatment.PREFERRED, ["COMPANY", "PHONE"])
    await create_vip(
        desk.place.vendor.owner, secretariat_id=None, draft=draft, idempotency_key=new_id().hex, given={}
    )
    call_id = await desk.answered()
    await desk.finish(call_id, answers={"COMPANY": "", "PHONE": ""})
    note = (await desk.read(call_id)).note
    assert note is not None
    assert sorted(note.waived_keys) == ["COMPANY", "PHONE"]


async def test_finishing_tells_the_company_once_however_often_it_is_sent(desk: Desk) -> None:
    """The same note gets the first answer; another one, and a colleague, are refused."""
    call_id = await desk.answered()
    first = await desk.finish(call_id)
    assert await told() == [("EMAIL", True), ("SMS", False)]
    before = await everything()
    await desk.clock.set(START + 60 * SECOND)
    again = await desk.finish(call_id)
    assert [(one.employee.id, one.mail.verdict) for one in again.notices] == [
        (one.employee.id, one.mail.verdict) for one in first.notices
    ]
    another = await refused(desk.finish(call_id, answers={"CONCERN": "Something else"}))
    assert (another.code.value, "callCorrect" in another.message) == ("CONFLICT", True)
    colleague = await refused(desk.finish(call_id, viewer=desk.other_agent))
    assert colleague.code.value == "CONFLICT"
    assert await everything() == before


async def test_two_requests_at_the_same_time_tell_the_company_once(desk: Desk) -> None:
    for _ in range(10):
        call_id = await desk.answered()
        outcomes = await freely(desk.finish(call_id), desk.finish(call_id))
        assert codes(outcomes) == ["done", "done"]
        assert await mails(call_id) == 1


@pytest.mark.parametrize("swept", [False, True])
async def test_after_its_deadline_a_call_is_corrected_not_finished(desk: Desk, swept: bool) -> None:
    """No second email for the note that comes late, whether a worker has closed the call or not."""
    call_id = await desk.answered()
    await desk.clock.set(START + timedelta(hours=4))
    if swept:
        await sweep(QUIET)
    before = await everything()
    refusal = await refused(desk.finish(call_id))
    assert (refusal.code.value, "callCorrect" in refusal.message) == ("CONFLICT", True)
    assert await everything() == before
    version = (await desk.read(call_id)).version
    await correct(desk, call_id, version=version)
    call = await desk.read(call_id)
    assert (call.outcome, call.flags) == (CallOutcome.UNFINISHED, frozenset({CallFlag.NEVER_ENDED}))
    assert call.note is not None
    assert await told() == [("EMAIL", True), ("SMS", False)]
    assert await mails(call_id) == 2  # what is known, and the note


async def test_an_attempt_ends_when_the_deadline_closes_its_call(desk: Desk) -> None:
    """In the call, in statistics and by itself; the same before and after a worker has closed the call."""
    call_id = await desk.answered()
    attempt_id = await desk.transfer(call_id, desk.agnes, TransferResult.CALLING)
    due_at = START + timedelta(hours=4)
    await desk.clock.set(due_at)

    async def shown() -> list[object]:
        owner = desk.place.vendor.owner
        counted = await call_statistics(connection(), owner, None, (START - DAY, START + DAY))
        one = (await attempts_by_id(connection(), owner, [attempt_id]))[attempt_id]
        (other,) = (await desk.read(call_id)).attempts
        return [counted.by_result, one, other]

    before = await shown()
    await sweep(QUIET)
    assert await shown() == before
    cancelled = (await desk.read(call_id)).attempts[0]
    assert (cancelled.result, cancelled.result_at) == (TransferResult.CANCELLED, due_at)
    assert before == [[ResultCount(TransferResult.CANCELLED, 1)], cancelled, cancelled]


async def test_an_outcome_needs_what_it_says(desk: Desk) -> None:
    """TRANSFERRED an accepted attempt, FAQ_ANSWERED an entry of the company; UNFINISHED is never said."""
    draft = FaqDraft("Open?", "At eight.")
    entry = await create_faq_entry(
        desk.place.vendor.owner, secretariat_id=None, draft=draft, idempotency_key=new_id().hex, given={}
    )
    call_id = await desk.answered()
    before = await everything()
    assert await all_refused(desk.finish(call_id, TRANSFERRED)) == [("CONFLICT", "outcome")]
    assert await all_refused(desk.finish(call_id, FAQ_ANSWERED)) == [("REQUIRED", "faqEntryId")]
    unknown = desk.finish(call_id, FAQ_ANSWERED, faq=new_id())
    assert await all_refused(unknown) == [("NOT_FOUND", "faqEntryId")]
    assert await all_refused(desk.finish(call_id, CallOutcome.UNFINISHED)) == [("INVALID", "outcome")]
    assert await all_refused(desk.finish(call_id, seconds=-1)) == [("INVALID", "durationSeconds")]
    assert await everything() == before
    nothing = dict.fromkeys(ANSWERS, "")
    await desk.finish(call_id, FAQ_ANSWERED, faq=entry, seconds=90, answers=nothing)
    call = await desk.read(call_id)
    assert (call.outcome, call.faq_entry_id, talk_seconds(call)) == (FAQ_ANSWERED, entry, 90)


async def test_a_transfer_needs_the_callers_name_or_number(desk: Desk) -> None:
    """The agent's word does not change that an employee accepted the call."""
    nothing = dict.fromkeys(ANSWERS, "")
    call_id = await desk.answered(caller=None)
    await desk.transfer(call_id, desk.agnes, TransferResult.ACCEPTED)
    assert await all_refused(desk.finish(call_id, TRANSFERRED, answers=nothing)) == [
        ("REQUIRED", "note.name")
    ]
    await desk.finish(call_id, CallOutcome.ABANDONED, answers=nothing)
    assert (await desk.read(call_id)).outcome is TRANSFERRED


async def test_finishing_cancels_an_open_attempt(desk: Desk) -> None:
    call_id = await desk.answered()
    await desk.transfer(call_id, desk.agnes, TransferResult.CALLING)
    await desk.finish(call_id)
    call = await desk.read(call_id)
    assert [one.result for one in call.attempts] == [TransferResult.CANCELLED]
    assert call.outcome is CallOutcome.MESSAGE_TAKEN


async def test_what_is_typed_during_a_call_is_cleaned_and_bounded(desk: Desk) -> None:
    """Control characters and marks that reorder text go; 5,001 characters and a megabyte are refused."""
    call_id = await desk.answered()
    before = await everything()
    for concern in ("x" * 5_001, "x" * 1_000_000):
        found = await all_refused(desk.finish(call_id, answers={"CONCERN": concern}))
        assert found == [("INVALID", "note.concern")]
    assert await all_refused(desk.finish(call_id, answers={"SHOES": "41"})) == [("INVALID", "note.answers")]
    assert await everything() == before
    await desk.finish(
        call_id, answers={"NAME": "Jo\u202e\x00 Doe", "CONCERN": "<b>logo</b>\x1b\r\nsoon\u200f"}
    )
    note = (await desk.read(call_id)).note
    assert note is not None
    assert (note.name, note.concern) == ("Jo Doe", "<b>logo</b>\nsoon")
    assert summary_of(note) == "Jo Doe, Acme: <b>logo</b> soon"


async def test_a_number_that_cannot_be_read_stays_as_the_caller_said_it(desk: Desk) -> None:
    """With a warning; one that can be read is stored as E.164."""
    strange, plain = await desk.answered(), await desk.answered()
    warned = await desk.finish(strange, answers={"PHONE": "extension seven"})
    assert [one.wording for one in warned.warnings] == [CallNote.PHONE_UNREADABLE]
    await desk.finish(plain, answers={"PHONE": "030 23125-208"})
    notes = [(await desk.read(one)).note for one in (strange, plain)]
    assert [note and note.phone for note in notes] == ["extension seven", "+493023125208"]


@pytest.mark.parametrize("when", [FIRST, LAST, START - 2 * DAY, START + 367 * DAY])
async def test_a_callback_is_within_a_year_after_the_call(desk: Desk, when: datetime) -> None:
    """The ends of the calendar cannot be shown in every time zone: lists and emails would fail."""
    call_id = await desk.answered()
    before = await everything()
    draft = NoteDraft(list(ANSWERS.items()), (), False, when)
    finish = Finish(CallOutcome.MESSAGE_TAKEN, draft)
    refusal = await refused(finish_call(desk.agent, QUIET, call_id, finish))
    assert (refusal.code.value, refusal.field) == ("INVALID", ("note", "callbackBy"))
    assert await everything() == before
    last = replace(finish, note=replace(draft, callback_by=START + 366 * DAY))
    await finish_call(desk.agent, QUIET, call_id, last)
    assert (await desk.read(call_id)).note is not None


async def correct(
    desk: Desk,
    call_id: UUID,
    viewer: Viewer | None = None,
    *,
    concern: str = "An old logo",
    version: int | None = None,
) -> FinishedCall:
    """Correct the note, by default as the agent who has the call and with its stored version."""
    draft = NoteDraft(list({**ANSWERS, "CONCERN": concern}.items()), (), False, None)
    expected = await version_of("call", call_id) if version is None else version
    return await correct_call(
        viewer or desk.agent,
        QUIET,
        call_id,
        note=draft,
        wanted_employee_id=None,
        expected_version=expected,
    )


async def test_a_correction_is_the_notes_next_version_and_one_amended_email(desk: Desk) -> None:
    """Never a text message; a note that changes nothing sends nothing, and a stale version is refused."""
    call_id = await desk.answered()
    assert (await refused(correct(desk, call_id))).code.value == "CONFLICT"
    await desk.finish(call_id)
    await correct(desk, call_id)
    call = await desk.read(call_id)
    assert call.note is not None
    assert (call.note.version, call.note.concern) == (2, "An old logo")
    assert await mails(call_id) == 2
    assert await told() == [("EMAIL", True), ("SMS", False)]
    before = await everything()
    await correct(desk, call_id)
    assert (await refused(correct(desk, call_id, version=1))).code.value == "STALE_VERSION"
    assert await everything() == before


async def test_a_note_is_corrected_by_its_agent_for_a_day_and_by_operators_always(desk: Desk) -> None:
    call_id = await desk.answered()
    await desk.finish(call_id)
    assert (await refused(correct(desk, call_id, desk.other_agent))).code.value == "FORBIDDEN"
    await desk.clock.set(START + timedelta(days=1) - SECOND)
    await correct(desk, call_id)
    await desk.clock.set(START + timedelta(days=1))
    assert (await refused(correct(desk, call_id, concern="Late"))).code.value == "CONFLICT"
    await correct(desk, call_id, desk.place.operator, concern="Later")


async def test_nothing_is_written_about_a_caller_who_was_forgotten(desk: Desk) -> None:
    call_id = await desk.answered()
    await desk.finish(call_id)
    await fetch(
        connection(),
        "UPDATE call SET caller = NULL, caller_shown = '', forgotten_at = leadgate_clock() WHERE id = $1",
        call_id,
    )
    before = await everything()
    refusal = await refused(correct(desk, call_id, desk.place.operator))
    assert (refusal.code.value, refusal.field) == ("CONFLICT", ("callId",))
    assert await everything() == before
