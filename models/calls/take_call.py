"""A call that somebody acts on: found, locked, and carried on to now before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.base.keyset import SelectStatement
from models.base.public_id import public_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_case import CallCase
from models.calls.call_store import LOCKED_COLUMNS, changes_of, locked_cases
from models.calls.call_tables import TransferResult
from models.calls.call_views import AGENTS_STILL_SEE
from models.calls.closing import CALL
from models.calls.facts import chain_of, company_of, matching_vips
from models.calls.list import FROM_SECRETARIATS, may_see, secretariat_columns, secretariat_view
from models.calls.recognition import VipView
from models.calls.refusals import CallRefusal
from models.calls.routes import Routes, SoFar, find_routes
from models.calls.views import SecretariatView
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from rules.calls.call_route import AnswerSoFar

_COMPANY = "of_company_"  # before the names of the company's columns
_LOCK = f"""SELECT {LOCKED_COLUMNS}, {secretariat_columns(_COMPANY)}
    {FROM_SECRETARIATS} JOIN call ON call.secretariat_id = secretariat.id"""
# Results that say nothing about the employee: they may be tried again.
_UNTRIED = frozenset({TransferResult.CALLING, TransferResult.CANCELLED})


@dataclass(slots=True)
class TakenCall:
    """A locked call, its company as the viewer sees it, and the journal of the transaction.

    `read_version` is the version that clients have read: that before a due deadline was carried out.
    """

    conn: Connection
    viewer: Viewer
    case: CallCase
    secretariat: SecretariatView
    journal: Journal
    read_version: int

    @property
    def region(self) -> str:
        """The company's country (ISO 3166 alpha-2), which reads national forms of numbers."""
        return self.secretariat.holidays_of[:2]

    async def save(self) -> None:
        """Write the call and the journal."""
        self.journal.own += changes_of([self.case])
        await self.journal.write(self.conn)

    async def entries(self, employee_ids: Sequence[UUID]) -> list[VipView]:
        """Return the VIP entries of the company and of these employees that match the caller."""
        return await matching_vips(self.conn, self.secretariat.id, self.case.caller, employee_ids)

    async def routes(self, employee_id: UUID) -> Routes:
        """Return the routes to an employee as of now, with what has happened in this call.

        The call keeps its policy; the set-up is what is true now. Raises `Refusal` NOT_FOUND `employeeId`.
        """
        company = company_of(self.secretariat, self.case.policy)
        hops = self.case.policy.call.deputy_hops
        chain = await chain_of(self.conn, self.secretariat, employee_id, self.journal.now, hops=hops)
        if not chain:
            raise CallRefusal.EMPLOYEE_NOT_FOUND.at("employeeId")
        entries = await self.entries([one.id for one in chain])
        so_far = so_far_of([(one.employee_id, one.result) for one in self.case.attempts])
        return find_routes(company, self.case.caller, chain, entries, self.journal.now, so_far=so_far)


def so_far_of(attempts: Sequence[tuple[UUID, TransferResult]]) -> SoFar:
    """Return what the attempts of a call say about the next one: who was tried, and what was answered."""
    results = {result for _, result in attempts}
    answer = AnswerSoFar.NONE
    if TransferResult.DECLINED in results:
        answer = AnswerSoFar.DECLINED
    if TransferResult.MESSAGE in results:
        answer = AnswerSoFar.LEFT_MESSAGE
    return SoFar({employee for employee, result in attempts if result not in _UNTRIED}, answer)


async def take_call(conn: Connection, viewer: Viewer, call_id: UUID) -> TakenCall:
    """Lock a call of a company whose calls the viewer may answer, and carry out its due deadline.

    Raises `Refusal` FORBIDDEN for others than agents and operators, and NOT_FOUND `callId`: also for agents
    who no longer see the call. The one who had it is told why it is too late.
    """
    if not viewer.operator and Role.AGENT not in viewer.roles:
        raise CallRefusal.ONLY_FOR_AGENTS.at()
    statement = SelectStatement([call_id])
    statement.where("call.id = $1::uuid")
    statement.where(may_see(statement, viewer))
    if not viewer.operator:
        statement.where(f"({AGENTS_STILL_SEE} OR call.agent_id = {statement.bind(viewer.user_id, 'uuid')})")
    row = await fetch_one(
        conn,
        f"{_LOCK} WHERE {statement.all_conditions()} FOR NO KEY UPDATE OF call",
        *statement.values,
    )
    if row is None:
        raise CallRefusal.CALL_NOT_FOUND.at("callId")
    (case,), now = await locked_cases(conn, [row])
    secretariat = secretariat_view(row, viewer, _COMPANY)
    journal, read_version = Journal(now, viewer.user_id), case.version
    await settle_due(conn, CALL, [case], journal)
    return TakenCall(conn, viewer, case, secretariat, journal, read_version)


async def check_own(taken: TakenCall) -> None:
    """Raise `Refusal` CONFLICT unless the viewer is the call's agent, or an operator."""
    case = taken.case
    if case.agent_id is None:
        raise CallRefusal.CALL_NOT_ANSWERED.at("callId")
    if case.agent_id != taken.viewer.user_id and not taken.viewer.operator:
        raise await taken_by(taken)


async def taken_by(taken: TakenCall) -> Exception:
    """Return the refusal that names the agent who has the call."""
    row = await fetch_one(taken.conn, "SELECT name FROM users WHERE id = $1", taken.case.agent_id)
    return CallRefusal.CALL_TAKEN.at(
        "callId", name=row["name"] if row else "", id=public_id("Call", taken.case.id)
    )


def check_open(case: CallCase) -> None:
    """Raise `Refusal` CONFLICT for a call that was finished, or closed by its deadline."""
    if case.ended:
        raise CallRefusal.CALL_ENDED.at("callId")


def check_call_version(taken: TakenCall, expected: int | None) -> None:
    """Raise `Refusal` STALE_VERSION if another version was read."""
    if expected is not None and expected != taken.read_version:
        raise CallRefusal.CALL_DATA_CHANGED.at("expectedVersion")
