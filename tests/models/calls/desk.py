"""A company with two employees and the agents who answer its calls, for the tests of what agents do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Refusal, Refusals
from models.base.viewer import Viewer
from models.calls.answer_call import answer_dialled
from models.calls.call_note import NoteDraft
from models.calls.call_tables import TransferResult
from models.calls.call_views import CallView, calls_by_id
from models.calls.finish_call import Finish, FinishedCall, finish_call
from models.calls.record_transfer import record_transfer
from models.calls.ring import ring
from models.process.wake import Silence
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import TransferWish
from tests.support.calls import NUMBER, make_employee, make_secretariat
from tests.support.concurrency import Call as Running
from tests.support.database import DatabaseClock
from tests.support.marketplace import Marketplace, make_agent

QUIET = Silence()
CALLER = "+493023125207"
ANSWERS: Mapping[str, str] = {
    "NAME": "Jo Doe",
    "COMPANY": "Acme",
    "PHONE": "+493023125208",
    "CONCERN": "A new logo",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Agnes is put through to for all calls, and Ben is her deputy."""

    place: Marketplace
    clock: DatabaseClock
    secretariat: UUID
    agnes: UUID
    ben: UUID
    other_agent: Viewer

    @property
    def agent(self) -> Viewer:
        """The agent who answers."""
        return self.place.agent

    async def ring(self) -> UUID:
        """Let a call ring for Agnes."""
        return (await ring(QUIET, dialled=NUMBER, caller=CALLER, wanted="Agnes Tellier")).id

    async def answered(self, employee: UUID | None = None, caller: str | None = CALLER) -> UUID:
        """Answer a call that no telephone system tells of, by default for Agnes."""
        return await answer_dialled(
            self.agent,
            QUIET,
            dialled=NUMBER,
            caller=caller,
            employee_id=employee or self.agnes,
            idempotency_key=new_id().hex,
        )

    async def transfer(
        self,
        call_id: UUID,
        employee: UUID,
        result: TransferResult,
        message: str | None = None,
        key: str | None = None,
    ) -> UUID:
        """Record an attempt as the agent; return it."""
        recorded = await record_transfer(
            self.agent,
            QUIET,
            call_id,
            employee_id=employee,
            result=result,
            message_for_caller=message,
            expected_version=None,
            idempotency_key=key or new_id().hex,
        )
        return recorded.attempt_id

    async def finish(
        self,
        call_id: UUID,
        outcome: CallOutcome = CallOutcome.MESSAGE_TAKEN,
        *,
        viewer: Viewer | None = None,
        faq: UUID | None = None,
        seconds: int | None = None,
        refused: Sequence[str] = (),
        answers: Mapping[str, str] | None = None,
    ) -> FinishedCall:
        """Finish the call; `answers` replace those of `ANSWERS`, and an empty one leaves a field out."""
        given = {**ANSWERS, **(answers or {})}
        draft = NoteDraft(
            [(key, text) for key, text in given.items() if text and key not in refused], refused, False, None
        )
        finish = Finish(outcome, draft, faq_entry_id=faq, seconds=seconds)
        return await finish_call(viewer or self.agent, QUIET, call_id, finish)

    async def read(self, call_id: UUID, viewer: Viewer | None = None) -> CallView:
        """Return the call as somebody sees it, by default an operator."""
        who = viewer or self.place.operator
        return (await calls_by_id(connection(), who, [call_id]))[call_id]


async def make_desk(place: Marketplace, clock: DatabaseClock) -> Desk:
    """Create the company, in Berlin, on the plan with transfers."""
    owner = place.vendor.owner
    secretariat = await make_secretariat(place)
    ben = await make_employee(owner, "Ben Mori", extension="+493023125102", wish=TransferWish.ALL)
    agnes = await make_employee(
        owner, "Agnes Tellier", extension="+493023125101", wish=TransferWish.ALL, deputy_id=ben
    )
    return Desk(place, clock, secretariat, agnes, ben, await make_agent())


async def refused(action: Running) -> Refusal:
    """Return the refusal of an action; fail if it is carried out."""
    try:
        await action
    except Refusal as refusal:
        return refusal
    raise AssertionError("it was not refused")


async def all_refused(action: Running) -> list[tuple[str, str]]:
    """Return (code, field path) of all refusals of an action."""
    try:
        await action
    except Refusals as several:
        return [(one.code.value, ".".join(one.field)) for one in several.refusals]
    except Refusal as one:
        return [(one.code.value, ".".join(one.field))]
    raise AssertionError("it was not refused")


async def everything() -> list[tuple[object, ...]]:
    """Return all rows that an action on a call writes, to be compared before and after."""
    tables = ("call", "call_note", "transfer_attempt", "call_notice", "feed_event", "outbox_message")
    rows = [row for table in tables for row in await fetch(connection(), f"SELECT * FROM {table} ORDER BY 1")]
    return [tuple(row) for row in rows]


async def mails(call_id: UUID) -> int:
    """Return how many messages were written about a call."""
    row = await fetch_one(
        connection(), "SELECT count(*) AS n FROM outbox_message WHERE subject = $1", call_id
    )
    return 0 if row is None else int(row["n"])
