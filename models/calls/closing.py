"""Timed transition of calls: one that nobody ends is closed, as of its due time (S4 R.closing)."""

from collections.abc import Sequence
from datetime import datetime

from models.accounts.staff import operator_ids
from models.base.database import Connection
from models.calls.call_case import CALL_CLOSE, CallCase, end_call, move_deadline, moved
from models.calls.call_store import lock_calls, save_calls
from models.calls.call_tables import CallFlag
from models.calls.notices import add_notices, read_audiences
from models.calls.state import CallChange, KnownCall, final_outcome, state_of
from models.deadlines.registry import Subject, timed
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from rules import DISAGREEMENT, Policy, decide
from rules.calls.call_closing import CallClosing, CallClosingFacts, CallState, call_closing
from rules.calls.call_mail import CallOutcome


def closed_as(call: KnownCall) -> tuple[CallOutcome, frozenset[CallFlag]]:
    """Return the outcome of an open call that its deadline closes, and the flags that this adds.

    Readers show a call like this from the due time on, whether a worker has closed it or not.
    """
    flag = None
    if state_of(call)[0] is not CallState.HUNG_UP:
        flag = CallFlag.NEVER_ENDED
    elif call.answered_at is not None:
        flag = CallFlag.NOTE_MISSING
    return final_outcome(call), frozenset() if flag is None else frozenset({flag})


async def _tell(conn: Connection, cases: Sequence[CallCase], journal: Journal) -> None:
    """Decide the notices of calls that were closed; agent and operators hear of each without a note."""
    closed = [case for case in cases if case.closed_at is not None]
    audiences = await read_audiences(conn, closed)
    for case in closed:
        add_notices(case, audiences[case.id], journal)
    missing = [case for case in closed if CallFlag.NOTE_MISSING in case.flags]
    operators = await operator_ids(conn) if missing else []
    for case in missing:
        told = dict.fromkeys(one for one in (case.agent_id, *operators) if one is not None)
        parameters: dict[str, object] = {"callId": str(case.id)}
        journal.events += [
            EventRow(one, NotificationKind.CALL_FLAGGED, case.closed_at or journal.now, parameters=parameters)
            for one in told
        ]


CALL: Subject[CallCase] = Subject(
    "call",
    "id",
    lock_calls,
    save_calls,
    lambda case: "ended" if case.ended else None,
    finish=_tell,
    pending=lambda case: case.pending,
)


def _closes_at(policy: Policy, ringing_at: datetime) -> list[datetime | None]:
    facts = CallClosingFacts(CallState.RINGING, ringing_at)
    return [decide(call_closing, policy, facts, ringing_at).changes_at]


@timed(CALL_CLOSE, CALL, description="A call that nobody ends is closed.", starts=_closes_at)
def close_call(case: CallCase, due_at: datetime, journal: Journal) -> str:
    """Close a call that has not changed for longer than the policy allows in its state."""
    state, since = state_of(case)
    decision = decide(call_closing, case.policy, CallClosingFacts(state, since), due_at)
    if decision.rule_id == DISAGREEMENT:
        return DISAGREEMENT
    case.pending = []  # the deadline ends with this outcome
    if decision.verdict is CallClosing.KEEP:
        move_deadline(case, journal)
        return decision.rule_id
    journal.record(case.id, decision)
    outcome, flags = closed_as(case)
    case.closed_at, case.flags = due_at, case.flags | flags
    end_call(case, outcome)
    moved(case, CallChange.CLOSED, journal, due_at)
    return decision.rule_id
