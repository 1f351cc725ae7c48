"""Answering a call, and taking one over from a colleague; the first commit has the call."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_case import CallCase, moved
from models.calls.edit import check_employee
from models.calls.list import find_secretariat
from models.calls.recognition import effective
from models.calls.refusals import CallRefusal
from models.calls.state import CallChange
from models.calls.take_call import TakenCall, check_call_version, check_open, take_call, taken_by
from models.calls.typed_number import read_typed_caller
from models.contact_data import InvalidPhone, parse_phone
from models.feed.journal import Journal
from models.policies.versions import policy_in_force
from models.process.wake import Wake


def _check_agent(viewer: Viewer) -> None:
    if Role.AGENT not in viewer.roles:
        raise CallRefusal.ONLY_FOR_AGENTS.at()


async def answer_call(viewer: Viewer, wake: Wake, call_id: UUID, *, employee_id: UUID | None = None) -> UUID:
    """Answer a call that rings; `employee_id` is whom the caller wants.

    A call whose caller has hung up meanwhile can be taken too, to write a note by hand. The agent who has the
    call gets it again. Raises `Refusal`: CONFLICT with the name of the agent who was faster.
    """
    _check_agent(viewer)
    async with transaction() as conn:
        taken = await take_call(conn, viewer, call_id)
        case = taken.case
        if case.agent_id != viewer.user_id:
            if case.agent_id is not None:
                raise await taken_by(taken)
            check_open(case)
            case.agent_id = viewer.user_id
            if case.hung_up_at is None:
                case.answered_at = taken.journal.now
            await _want(taken, employee_id)
            moved(case, CallChange.ANSWERED, taken.journal)
        elif employee_id is not None and case.wanted_employee_id is None and not case.ended:
            # A telephone system told who answered, before the agent could say whom the caller wants.
            await _want(taken, employee_id)
            moved(case, CallChange.ANSWERED, taken.journal)
        await taken.save()
    await wake.send(taken.journal.recipients, taken.journal.due)
    return call_id


async def answer_dialled(
    viewer: Viewer,
    wake: Wake,
    *,
    dialled: str,
    caller: str | None,
    employee_id: UUID | None,
    idempotency_key: str,
) -> UUID:
    """Answer a call that no telephone system told of: `caller` called `dialled`, as the agent typed them.

    Raises `Refusal`: NOT_FOUND for a number that is nobody's, or of a company that the agent does not answer.
    """
    _check_agent(viewer)
    async with transaction() as conn:
        now, call_id = await database_now(conn), new_id()
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or call_id,
            operation="callAnswer",
            key=idempotency_key,
            given={"dialled": dialled, "caller": caller, "employee": str(employee_id)},
            result=call_id,
            now=now,
        )
        if earlier is not None:
            return earlier
        number = _dialled(dialled)
        secretariat = await find_secretariat(conn, viewer, number=number)
        if secretariat is None:
            raise CallRefusal.DIALLED_UNKNOWN.at("dialled")
        try:
            who = read_typed_caller(caller, secretariat.holidays_of[:2])
        except InvalidPhone as error:
            raise error.refusal("caller") from error
        policy_id, policy = await policy_in_force(conn, secretariat.market_id, now)
        case = CallCase(
            call_id,
            1,
            secretariat.id,
            secretariat.account_id,
            policy_id,
            policy,
            secretariat.own_retention_days,
            None,
            who,
            number,
            now,
            answered_at=now,
            agent_id=viewer.user_id,
            new=True,
        )
        taken = TakenCall(conn, viewer, case, secretariat, Journal(now, viewer.user_id), case.version)
        await _want(taken, employee_id)
        moved(case, CallChange.ANSWERED, taken.journal)
        await taken.save()
    await wake.send(taken.journal.recipients, taken.journal.due)
    return call_id


async def take_over(viewer: Viewer, wake: Wake, call_id: UUID, *, expected_version: int) -> UUID:
    """Take an open call over from a colleague, whom the event of the change tells. Raises `Refusal`."""
    _check_agent(viewer)
    async with transaction() as conn:
        taken = await take_call(conn, viewer, call_id)
        case = taken.case
        check_open(case)
        if case.agent_id is None:
            raise CallRefusal.CALL_NOT_ANSWERED.at("callId")
        if case.agent_id != viewer.user_id:
            check_call_version(taken, expected_version)
            case.agent_id, case.taken_over_at = viewer.user_id, taken.journal.now
            moved(case, CallChange.TAKEN_OVER, taken.journal)
        await taken.save()
    await wake.send(taken.journal.recipients, taken.journal.due)
    return call_id


async def _want(taken: TakenCall, employee_id: UUID | None) -> None:
    """Note whom the caller wants, and the VIP entry that holds towards them."""
    case = taken.case
    if employee_id is not None:
        await check_employee(taken.conn, taken.secretariat.id, employee_id, "employeeId")
        case.wanted_employee_id = employee_id
    wanted = case.wanted_employee_id
    vip = effective(await taken.entries([wanted] if wanted else []), wanted)
    case.vip_caller_id = vip.id if vip else None


def _dialled(text: str) -> str:
    try:
        return parse_phone(text, None).e164
    except InvalidPhone as error:
        raise error.refusal("dialled") from error
