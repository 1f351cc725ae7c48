"""Attempts to put a call through to an employee (S4.13, S4.15, S4.18): asked again, under lock, each time."""

from dataclasses import dataclass, replace
from uuid import UUID

from models.base.database import transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.attempts import Attempt
from models.calls.call_case import CallCase, moved, put_attempt
from models.calls.call_tables import AttemptSource, TransferResult
from models.calls.limits import LONGEST_TEXT
from models.calls.refusals import CallRefusal
from models.calls.routes import Route, Routes
from models.calls.state import CallChange
from models.calls.take_call import TakenCall, check_call_version, check_open, check_own, take_call
from models.contact_data.checked_text import checked_text
from models.process.wake import Wake
from rules.calls.call_route import CallRoute


@dataclass(frozen=True, slots=True)
class RecordedTransfer:
    """The call and the attempt."""

    call_id: UUID
    attempt_id: UUID


async def record_transfer(
    viewer: Viewer,
    wake: Wake,
    call_id: UUID,
    *,
    employee_id: UUID,
    result: TransferResult,
    message_for_caller: str | None,
    expected_version: int | None,
    idempotency_key: str,
) -> RecordedTransfer:
    """Begin an attempt (CALLING), or note its result; an attempt that was not begun begins with its result.

    The rules are asked under lock whether this employee gets the call now; an attempt that is open already
    was decided when it began. A newer attempt ends an open one as CANCELLED. Raises `Refusal`:
    REFUSED_BY_RULE with the decision, CONFLICT for a call that was put through, has ended or is a
    colleague's, REQUIRED for MESSAGE without a message.
    """
    message = _message(result, message_for_caller)
    async with transaction() as conn:
        taken = await take_call(conn, viewer, call_id)
        begun = _begun(taken.case, employee_id, result)
        attempt_id = new_id() if begun is None else begun.id
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or call_id,
            operation="callTransferRecord",
            key=idempotency_key,
            given={
                "call": str(call_id),
                "employee": str(employee_id),
                "result": result.value,
                "message": message,
            },
            result=attempt_id,
            now=taken.journal.now,
        )
        if earlier is not None:
            return RecordedTransfer(call_id, earlier)
        await check_own(taken)
        check_open(taken.case)
        check_call_version(taken, expected_version)
        if any(one.result is TransferResult.ACCEPTED for one in taken.case.attempts):
            raise CallRefusal.CALL_PUT_THROUGH.at("callId")
        attempt = await _new_attempt(taken, attempt_id, employee_id) if begun is None else begun
        if result is not TransferResult.CALLING:
            at = min(one for one in (taken.journal.now, taken.case.hung_up_at) if one is not None)
            attempt = replace(attempt, result=result, result_at=at, message_for_caller=message)
        put_attempt(taken.case, attempt)
        accepted = result is TransferResult.ACCEPTED
        moved(taken.case, CallChange.TRANSFERRED if accepted else CallChange.ATTEMPT, taken.journal)
        await taken.save()
    await wake.send(taken.journal.recipients, taken.journal.due)
    return RecordedTransfer(call_id, attempt.id)


def _message(result: TransferResult, text: str | None) -> str | None:
    if result is not TransferResult.MESSAGE:
        return None
    if text is None or not text.strip():
        raise CallRefusal.MESSAGE_FOR_CALLER_MISSING.at("messageForCaller")
    return checked_text("messageForCaller", text, LONGEST_TEXT)


def _begun(case: CallCase, employee_id: UUID, result: TransferResult) -> Attempt | None:
    """Return the attempt of this employee that is open, or that only the hang-up has ended.

    An agent may say what became of it when the caller has already hung up.
    """
    for one in case.attempts:
        unheard = one.result is TransferResult.CANCELLED and one.result_at == case.hung_up_at
        late = unheard and result is not TransferResult.CALLING
        if one.employee_id == employee_id and (one.result is TransferResult.CALLING or late):
            return one
    return None


async def _new_attempt(taken: TakenCall, attempt_id: UUID, employee_id: UUID) -> Attempt:
    """Return a new attempt, if the caller is there and the rules put the call through to this employee."""
    case = taken.case
    if case.hung_up_at is not None:
        raise CallRefusal.CALL_HUNG_UP.at("callId")
    wanted = case.wanted_employee_id or employee_id
    routes = await taken.routes(wanted)
    if employee_id not in _of(routes):
        # Somebody else than the wanted employee and the deputies: the caller has changed their mind.
        wanted = employee_id
        routes = await taken.routes(wanted)
    case.wanted_employee_id = wanted
    route = _of(routes)[employee_id]
    if route.action is not CallRoute.TRANSFER or route.number is None:
        raise CallRefusal.TRANSFER_NOT_ALLOWED.at("employeeId", decision=route.decision)
    return Attempt(
        _next_ordinal(case),
        employee_id,
        route.number,
        taken.journal.now,
        AttemptSource.AGENT,
        taken.journal.record(case.id, route.decision),
        id=attempt_id,
    )


def _of(routes: Routes) -> dict[UUID, Route]:
    """Return the decision about each employee of the chain: the transfer, or why there is none."""
    found = {one.employee_id: one for one in routes.skipped if one.employee_id is not None}
    transfers = [one for one in routes.routes if one.action is CallRoute.TRANSFER]
    return found | {one.employee_id: one for one in transfers if one.employee_id is not None}


def _next_ordinal(case: CallCase) -> int:
    return max((one.ordinal for one in case.attempts), default=0) + 1
