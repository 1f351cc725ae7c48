"""Calls that end, for tests of their notices: written as rows, without the actions of agents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection, transaction
from models.base.ids import new_id
from models.calls.call_tables import (
    AttemptSource,
    Call,
    CallNote,
    TransferAttempt,
    TransferResult,
)
from models.calls.caller_id import Caller, CallerIdForm, read_caller_id
from models.calls.ended_call import EndedCall
from models.calls.notices import Notice, write_notices
from models.feed.journal import Journal
from models.policies.versions import policy_in_force
from models.tables import Account, Market
from rules import Policy
from rules.calls.call_mail import CallOutcome
from tests.support.calls import NUMBER

CALLER = "+493023125207"


@dataclass(frozen=True)
class Attempted:
    """An attempt to put a call through."""

    employee_id: UUID
    result: TransferResult = TransferResult.ACCEPTED


@dataclass(frozen=True)
class Ended:
    """A call that has ended."""

    id: UUID
    secretariat_id: UUID
    account_id: UUID
    policy_id: UUID
    policy: Policy
    caller: Caller
    wanted_employee_id: UUID | None
    answered_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    outcome: CallOutcome
    attempts: Sequence[Attempted]


class NoteFields(TypedDict, total=False):
    """What the caller left."""

    caller_name: str
    company: str
    phone: str
    concern: str
    urgent: bool


async def ended_call(
    secretariat_id: UUID,
    outcome: CallOutcome,
    *,
    caller: str = CALLER,
    wanted: UUID | None = None,
    accepted_by: UUID | None = None,
    agent: UUID | None = None,
    finished: bool = True,
    note: NoteFields | None = None,
) -> Ended:
    """Write a call that has ended now, with a note unless there is none, but without its notices."""
    now = await database_now(connection())
    market = await Market.get(secretariats__id=secretariat_id)
    policy_id, policy = await policy_in_force(connection(), market.id, now)
    shown = read_caller_id(caller, CallerIdForm.E164, "DE")
    call = await Call.create(
        secretariat_id=secretariat_id,
        policy_id=policy_id,
        caller=shown.e164,
        caller_shown=shown.shown,
        caller_kind=shown.kind,
        caller_trust=shown.trust,
        dialled=NUMBER,
        ringing_at=now,
        answered_at=now if agent else None,
        hung_up_at=now,
        agent_id=agent,
        wanted_employee_id=wanted,
        finished_at=now if finished else None,
        closed_at=None if finished else now,
        outcome=outcome,
        forget_at=now + timedelta(days=policy.call.retention_days),
    )
    if note:
        await CallNote.create(call_id=call.id, **note)
    if accepted_by is not None:
        await _accept(call.id, accepted_by, now)
    return Ended(
        call.id,
        secretariat_id,
        (await Account.get(secretariat__id=secretariat_id)).id,
        policy_id,
        policy,
        shown,
        wanted,
        call.answered_at,
        call.finished_at,
        call.closed_at,
        outcome,
        [Attempted(accepted_by)] if accepted_by is not None else [],
    )


async def _accept(call_id: UUID, employee_id: UUID, now: datetime) -> None:
    await TransferAttempt.create(
        call_id=call_id,
        ordinal=1,
        employee_id=employee_id,
        number="+493023125101",
        started_at=now,
        result=TransferResult.ACCEPTED,
        result_at=now,
        decision_id=new_id(),
        by=AttemptSource.AGENT,
    )


async def tell(call: EndedCall) -> list[Notice]:
    """Write the notices of a call in one transaction."""
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        notices = await write_notices(conn, call, journal)
        await journal.write(conn)
    return notices
