"""Correcting the note of a call that has ended: its next version, and one amended email, never a text."""

from datetime import timedelta
from uuid import UUID

from models.base.database import transaction
from models.base.viewer import Viewer
from models.calls.call_case import moved
from models.calls.call_note import NoteDraft, check_complete, note_of, read_note
from models.calls.call_tables import CallFlag
from models.calls.call_views import read_note_of
from models.calls.edit import check_employee
from models.calls.entries import asked_fields_of
from models.calls.finish_call import FinishedCall, note_signs, waived, write_note
from models.calls.notices import write_amended_notices
from models.calls.refusals import CallRefusal
from models.calls.state import CallChange
from models.calls.take_call import TakenCall, check_call_version, take_call
from models.calls.words import BuiltInField
from models.feed.journal import Journal
from models.process.wake import Wake


async def correct_call(
    viewer: Viewer,
    wake: Wake,
    call_id: UUID,
    *,
    note: NoteDraft,
    wanted_employee_id: UUID | None,
    expected_version: int,
) -> FinishedCall:
    """Replace the note of a call that has ended; for its agent while the policy lets them, and operators.

    A note that changes nothing sends nothing. Raises `Refusal`: CONFLICT for a call that is open, whose
    caller was forgotten, or whose time for corrections is over.
    """
    async with transaction() as conn:
        taken = await take_call(conn, viewer, call_id)
        case, closing = taken.case, taken.journal
        _check(taken)
        check_call_version(taken, expected_version)
        if closing.notices:
            # Its deadline has closed it just now. The correction goes to those whom that tells.
            await taken.save()
            taken.journal = Journal(closing.now, viewer.user_id)
        journal = taken.journal
        if wanted_employee_id is not None and wanted_employee_id != case.wanted_employee_id:
            await check_employee(conn, case.secretariat_id, wanted_employee_id, "wantedEmployeeId")
        wanted = wanted_employee_id or case.wanted_employee_id
        asked = (await asked_fields_of(conn, [case.secretariat_id]))[case.secretariat_id]
        corrected, warnings = read_note(
            note, asked, await waived(taken, wanted), taken.region, case.ringing_at
        )
        if case.outcome is not None:
            check_complete(corrected, case.outcome, asked, caller_known=case.caller.e164 is not None)
        stored = await read_note_of(conn, case.id, case.secretariat_id)
        if stored is None or note_of(stored) != corrected or wanted != case.wanted_employee_id:
            case.wanted_employee_id = wanted
            case.flags -= {CallFlag.NOTE_MISSING}
            version = await write_note(conn, case, corrected)
            moved(case, CallChange.CORRECTED, journal)
            if stored is None or note_of(stored).value(BuiltInField.CONCERN) != corrected.value(
                BuiltInField.CONCERN
            ):
                await note_signs(taken, corrected)
            await write_amended_notices(conn, case, version, journal)
        await taken.save()
    await wake.send(closing.recipients | journal.recipients, journal.due)
    return FinishedCall(call_id, (), warnings)


def _check(taken: TakenCall) -> None:
    """Raise `Refusal` unless the viewer may correct the call's note now."""
    case, viewer = taken.case, taken.viewer
    if not viewer.operator and case.agent_id != viewer.user_id:
        raise CallRefusal.CALL_NOT_YOURS.at("callId")
    ended_at = case.finished_at or case.closed_at
    if ended_at is None:
        raise CallRefusal.CALL_NOT_ENDED.at("callId")
    if case.forgotten_at is not None:
        raise CallRefusal.CALL_FORGOTTEN.at("callId")
    until = ended_at + timedelta(seconds=case.policy.call.correct_seconds)
    if not viewer.operator and taken.journal.now >= until:
        raise CallRefusal.CORRECTION_TOO_LATE.at("callId", until=until)
