"""Finishing a call: note, outcome, and in the same transaction who is told of it (S4.6, S4.10, S4.19)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import orjson

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_case import CallCase, end_call, moved
from models.calls.call_note import Note, NoteDraft, Warnings, check_complete, note_of, read_note
from models.calls.call_tables import TransferResult
from models.calls.call_views import read_note_of
from models.calls.edit import check_employee
from models.calls.entries import asked_fields_of
from models.calls.leads import leads_of_callers
from models.calls.limits import LONGEST_CALL_SECONDS
from models.calls.notices import Notice, notices_of, read_audiences, write_notices
from models.calls.recognition import effective
from models.calls.refusals import CallRefusal
from models.calls.state import CallChange, final_outcome
from models.calls.take_call import TakenCall, check_call_version, check_own, take_call
from models.calls.views import AskedFieldView
from models.calls.words import BuiltInField
from models.contacting.markers import find_markers
from models.contacting.note_markers import Heard, note_safely
from models.process.wake import Wake
from rules.calls.call_mail import CallOutcome
from rules.contacting.terms import Medium


@dataclass(frozen=True, slots=True)
class Finish:
    """How an agent finishes a call. `seconds`: of talk, as typed where no telephone system measures."""

    outcome: CallOutcome
    note: NoteDraft
    wanted_employee_id: UUID | None = None
    faq_entry_id: UUID | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class FinishedCall:
    """The call, who is told of it, and what the agent should check."""

    id: UUID
    notices: Sequence[Notice]
    warnings: Warnings


async def finish_call(
    viewer: Viewer, wake: Wake, call_id: UUID, finish: Finish, *, expected_version: int | None = None
) -> FinishedCall:
    """Finish a call with its note and tell its company; for the agent who has it, and operators.

    Sent again with the same note, it returns the first answer. Raises `Refusal`: CONFLICT for a call that was
    finished with another note, that its deadline has closed or that a colleague has, REQUIRED for each asked
    field without an answer.
    """
    if finish.outcome is CallOutcome.UNFINISHED:
        raise CallRefusal.OUTCOME_NOT_SAID.at("outcome")
    if finish.seconds is not None and not 0 <= finish.seconds <= LONGEST_CALL_SECONDS:
        raise CallRefusal.CALL_SECONDS_OUT_OF_RANGE.at("durationSeconds", most=LONGEST_CALL_SECONDS)
    async with transaction() as conn:
        taken = await take_call(conn, viewer, call_id)
        case, journal = taken.case, taken.journal
        await check_own(taken)
        asked = (await asked_fields_of(conn, [case.secretariat_id]))[case.secretariat_id]
        wanted = finish.wanted_employee_id or case.wanted_employee_id
        note, warnings = read_note(
            finish.note, asked, await waived(taken, wanted), taken.region, case.ringing_at
        )
        if case.ended:
            notices = await _first_answer(conn, case, finish, note)
            await taken.save()
            return FinishedCall(call_id, notices, warnings)
        check_call_version(taken, expected_version)
        await _check(taken, finish, note, asked)
        case.wanted_employee_id = wanted
        case.faq_entry_id = finish.faq_entry_id
        case.typed_seconds = finish.seconds
        end_call(case, final_outcome(case, finish.outcome), finished_at=journal.now)
        moved(case, CallChange.FINISHED, journal)
        await write_note(conn, case, note)
        await note_signs(taken, note)
        notices = await write_notices(conn, case, journal)
        await taken.save()
    await wake.send(journal.recipients, journal.due)
    return FinishedCall(call_id, notices, warnings)


async def note_signs(taken: TakenCall, note: Note) -> None:
    """Note what the caller said about being contacted, if it is the person of a lead."""
    concern, number = note.value(BuiltInField.CONCERN), taken.case.caller.e164
    if concern is None or number is None or not find_markers(concern, taken.journal.now):
        return
    account_id = taken.case.account_id
    vendor = Viewer(account_id=account_id, roles=frozenset({Role.OWNER}))
    lead_id = (await leads_of_callers(taken.conn, vendor, [(account_id, number)])).get((account_id, number))
    if lead_id is None:
        return
    (row,) = await fetch(taken.conn, "SELECT prospect_id FROM lead WHERE id = $1", lead_id)
    heard = Heard(account_id, lead_id, row["prospect_id"], Medium.CALL, taken.journal.now)
    await note_safely(taken.conn, taken.journal, heard, concern)


async def waived(taken: TakenCall, wanted: UUID | None) -> Sequence[str]:
    """Return the keys that the VIP entry towards the wanted employee says not to ask, and note the entry."""
    entries = await taken.entries([wanted] if wanted is not None else [])
    vip = effective(entries, wanted)
    taken.case.vip_caller_id = vip.id if vip is not None else None
    return vip.waives if vip is not None else ()


async def write_note(conn: Connection, case: CallCase, note: Note) -> int:
    """Store the note of a locked call, as its next version; return the version."""
    row = await fetch_one(conn, _WRITE, case.id, *_columns(note))
    case.has_note = True
    version: int = row["version"] if row is not None else 0
    return version


_WRITE = """INSERT INTO call_note (id, call_id, version, caller_name, company, phone, concern, answers,
        refused_keys, waived_keys, urgent, callback_by)
    VALUES (gen_random_uuid(), $1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (call_id) DO UPDATE SET version = call_note.version + 1, caller_name = EXCLUDED.caller_name,
        company = EXCLUDED.company, phone = EXCLUDED.phone, concern = EXCLUDED.concern,
        answers = EXCLUDED.answers, refused_keys = EXCLUDED.refused_keys,
        waived_keys = EXCLUDED.waived_keys, urgent = EXCLUDED.urgent, callback_by = EXCLUDED.callback_by
    RETURNING version"""


def _columns(note: Note) -> tuple[object, ...]:
    return (
        note.value(BuiltInField.NAME),
        note.value(BuiltInField.COMPANY),
        note.value(BuiltInField.PHONE),
        note.value(BuiltInField.CONCERN),
        orjson.dumps(dict(note.others)).decode(),
        sorted(note.refused),
        sorted(note.waived),
        note.urgent,
        note.callback_by,
    )


async def _check(taken: TakenCall, finish: Finish, note: Note, asked: Sequence[AskedFieldView]) -> None:
    """Raise `Refusal` unless the call can end in this way."""
    case = taken.case
    if finish.wanted_employee_id is not None:
        await check_employee(taken.conn, case.secretariat_id, finish.wanted_employee_id, "wantedEmployeeId")
    if finish.outcome is CallOutcome.TRANSFERRED and not any(
        one.result is TransferResult.ACCEPTED for one in case.attempts
    ):
        raise CallRefusal.OUTCOME_NEEDS_TRANSFER.at("outcome")
    if finish.outcome is CallOutcome.FAQ_ANSWERED and finish.faq_entry_id is None:
        raise CallRefusal.FAQ_ENTRY_MISSING.at("faqEntryId")
    if finish.faq_entry_id is not None:
        known = await fetch(
            taken.conn,
            "SELECT FROM faq_entry WHERE id = $1 AND secretariat_id = $2",
            finish.faq_entry_id,
            case.secretariat_id,
        )
        if not known:
            raise CallRefusal.FAQ_ENTRY_NOT_FOUND.at("faqEntryId")
    check_complete(note, finish.outcome, asked, caller_known=case.caller.e164 is not None)


async def _first_answer(conn: Connection, case: CallCase, finish: Finish, note: Note) -> list[Notice]:
    """Return the notices of a call that was finished in just this way.

    Raises `Refusal` CONFLICT if it ended in another way. The waived keys are those of then.
    """
    stored = await read_note_of(conn, case.id, case.secretariat_id)
    same = (
        case.finished_at is not None
        and stored is not None
        and replace(note_of(stored), waived=note.waived) == note
        and case.outcome is final_outcome(case, finish.outcome)
        and finish.faq_entry_id == case.faq_entry_id
        and finish.seconds == case.typed_seconds
        and finish.wanted_employee_id in {None, case.wanted_employee_id}
    )
    if not same:
        raise CallRefusal.CALL_ENDED.at("callId")
    return notices_of(case, (await read_audiences(conn, [case]))[case.id])
