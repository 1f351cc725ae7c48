"""Who would be told of a call that is asked about, if it ended as its routes say (`models.calls.notices`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection
from models.base.ids import new_id
from models.calls.call_tables import TransferResult
from models.calls.caller_id import Caller
from models.calls.notices import Notice, notices_of, read_audiences
from models.calls.preview import CallAsked
from models.calls.routes import Routes
from models.contact_data.redaction import Redacted
from rules import Policy
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import CallRoute

_NOT_STORED = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Accepted:
    """The attempt that succeeds."""

    employee_id: UUID
    result: TransferResult = TransferResult.ACCEPTED


@dataclass(frozen=True, slots=True, repr=False)
class _Ending(Redacted):
    """The call, as it would end."""

    id: UUID
    secretariat_id: UUID
    account_id: UUID
    policy: Policy
    caller: Caller
    wanted_employee_id: UUID | None
    answered_at: datetime
    finished_at: datetime
    outcome: CallOutcome
    attempts: Sequence[_Accepted] = ()
    policy_id: UUID = _NOT_STORED
    closed_at: None = None


async def notices_of_asked(conn: Connection, asked: CallAsked, routes: Routes) -> list[Notice]:
    """Return who would be told if the first transfer succeeded, then who if a message were taken.

    Only the latter if nobody would get the call. Three statements; nothing is written.
    """
    first = routes.routes[0]
    endings = [_ending(asked, CallOutcome.MESSAGE_TAKEN)]
    if first.decision.verdict is CallRoute.TRANSFER and first.employee_id is not None:
        endings.insert(0, _ending(asked, CallOutcome.TRANSFERRED, _Accepted(first.employee_id)))
    audiences = await read_audiences(conn, endings)
    return [notice for ending in endings for notice in notices_of(ending, audiences[ending.id])]


def _ending(asked: CallAsked, outcome: CallOutcome, *attempts: _Accepted) -> _Ending:
    return _Ending(
        id=new_id(),
        secretariat_id=asked.secretariat.id,
        account_id=asked.secretariat.account_id,
        policy=asked.company.policy,
        caller=asked.caller,
        wanted_employee_id=asked.employee_id,
        answered_at=asked.at,
        finished_at=asked.at,
        outcome=outcome,
        attempts=attempts,
    )
