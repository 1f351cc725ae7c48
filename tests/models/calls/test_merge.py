"""What a telephone system says about a call is merged: order and repetition do not matter."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.ids import new_id
from models.calls.attempts import Attempt
from models.calls.call_case import CallCase
from models.calls.call_tables import (
    AttemptSource,
    CallFlag,
    LegKind,
    TransferResult,
)
from models.calls.caller_id import WITHHELD_CALLER, Caller, CallerKind, CallerTrust
from models.calls.merge import CalledCompany, FactKind, PhoneFact, begin_call, merge
from models.calls.state import (
    CallChange,
    outcome_of,
    state_of,
    talk_seconds,
    transferred_seconds,
    wait_seconds,
)
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from tests.rules.support import make_policy
from tests.support.marketplace import SECOND, START

COMPANY = CalledCompany(new_id(), new_id(), None, new_id(), make_policy())
AGNES, BERT = sorted([new_id(), new_id()])  # agents
MIRA, NORA = new_id(), new_id()  # employees
JO = Caller(CallerKind.NUMBER, "+4930901820", "+4930901820", CallerTrust.PRESENTED)
CALLER, AGENT, EMPLOYEE = LegKind


def fact(
    kind: FactKind,
    second: int,
    leg: str = "caller",
    leg_kind: LegKind = CALLER,
    *,
    agent: UUID | None = None,
    employee: UUID | None = None,
    caller: Caller = JO,
    cause: str | None = None,
) -> PhoneFact:
    """Return a fact that is received when it happens, `second` seconds after the start."""
    at = START + second * SECOND
    return PhoneFact(
        kind, leg, leg_kind, at, at, agent_id=agent, employee_id=employee, caller=caller, cause=cause
    )


def merged(*facts: PhoneFact) -> CallCase:
    """Return the case of a call with these facts, in this order."""
    case = begin_call("call", "+493023125100", COMPANY, facts[0])
    for one in facts:
        merge(case, one)
    return case


def row(case: CallCase) -> tuple[object, ...]:
    """Return all that is stored of a call; ids and the numbering of attempts depend on what came first."""
    return (
        case.ringing_at,
        case.answered_at,
        case.agent_id,
        case.hung_up_at,
        case.caller,
        case.cause,
        case.flags,
        sorted(repr(replace(leg, id=COMPANY.policy_id)) for leg in case.legs.values()),
        sorted(
            (
                str(one.employee_id),
                one.number,
                one.started_at,
                one.result,
                str(one.result_at),
                str(one.ended_at),
                one.talk_seconds,
                one.leg,
            )
            for one in case.attempts
        ),
        state_of(case),
    )


_CALLERS = st.sampled_from([JO, WITHHELD_CALLER, replace(JO, trust=CallerTrust.VERIFIED)])
_CAUSES = st.sampled_from([None, "normalClearing", "busy"])
_ENDS = st.sampled_from(
    [("caller", CALLER), ("agent-1", AGENT), ("agent-2", AGENT), ("mira", EMPLOYEE), ("nora", EMPLOYEE)]
)


@st.composite
def facts(draw: st.DrawFn) -> PhoneFact:
    """Return any fact about one of five legs, also one that makes no sense or whose clock differs."""
    leg, leg_kind = draw(_ENDS)
    one = fact(
        draw(st.sampled_from(FactKind)),
        draw(st.integers(0, 60)),
        leg,
        leg_kind,
        agent=draw(st.sampled_from([AGNES, BERT, None])) if leg_kind is AGENT else None,
        employee={"mira": MIRA, "nora": NORA}.get(leg),
        caller=draw(_CALLERS),
        cause=draw(_CAUSES),
    )
    late = draw(st.sampled_from([timedelta(), timedelta(), timedelta(hours=2), timedelta(days=2)]))
    return replace(one, received_at=one.received_at + late)


@settings(max_examples=1_000)
@given(st.lists(facts(), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_facts_gives_the_same_call(given_facts: list[PhoneFact], chance) -> None:  # type: ignore[no-untyped-def]
    again = [*given_facts, *chance.choices(given_facts, k=3)]
    chance.shuffle(again)
    assert row(merged(*given_facts)) == row(merged(*again))


def test_what_was_measured_is_forgotten_once_the_caller_turns_out_to_have_hung_up_first() -> None:
    """The employee's leg ended a second later, in every order of the facts."""
    told = [
        fact(FactKind.RINGING, 0),
        fact(FactKind.ANSWERED, 0, "mira", EMPLOYEE, employee=MIRA),
        fact(FactKind.HUNG_UP, 1, "mira", EMPLOYEE, employee=MIRA),
        fact(FactKind.ANSWERED, 0, "agent-1", AGENT, agent=AGNES),
        fact(FactKind.HUNG_UP, 0, "agent-1", AGENT, agent=AGNES),
        fact(FactKind.HUNG_UP, 0),
    ]
    first, *others = [merged(*order) for order in permutations(told)]
    assert {str(row(one)[8]) for one in others} == {str(row(first)[8])}
    [attempt] = first.attempts
    assert (attempt.result, attempt.talk_seconds, attempt.measured) == (TransferResult.DECLINED, None, False)


RINGING = fact(FactKind.RINGING, 0)
ANSWERED = fact(FactKind.ANSWERED, 5, "agent-1", AGENT, agent=AGNES)
CONSULTING = fact(FactKind.CONSULTING, 20, "mira", EMPLOYEE, employee=MIRA)
PICKED_UP = fact(FactKind.ANSWERED, 25, "mira", EMPLOYEE, employee=MIRA)
TRANSFERRED = fact(FactKind.TRANSFERRED, 30, "mira", EMPLOYEE, employee=MIRA)
HUNG_UP = fact(FactKind.HUNG_UP, 95, cause="normalClearing")


def test_the_state_follows_the_facts() -> None:
    case = begin_call("call", "+493023125100", COMPANY, RINGING)
    steps = [
        (RINGING, CallChange.RINGING, CallState.RINGING),
        (RINGING, None, CallState.RINGING),
        (ANSWERED, CallChange.ANSWERED, CallState.TALKING),
        (CONSULTING, CallChange.ATTEMPT, CallState.CONSULTING),
        (TRANSFERRED, CallChange.TRANSFERRED, CallState.TRANSFERRED),
        (HUNG_UP, CallChange.HUNG_UP, CallState.HUNG_UP),
    ]
    for one, change, state in steps:
        found = merge(case, one)
        case.new = False
        assert (found, *state_of(case)) == (change, state, one.at)


def test_durations_are_whole_seconds_of_the_earliest_times() -> None:
    ended = fact(FactKind.HUNG_UP, 94, "mira", EMPLOYEE, employee=MIRA)
    case = merged(HUNG_UP, ended, TRANSFERRED, PICKED_UP, CONSULTING, ANSWERED, RINGING)
    assert (wait_seconds(case), talk_seconds(case), transferred_seconds(case)) == (5, 25, 64)
    (attempt,) = case.attempts
    assert (attempt.result, attempt.measured) == (TransferResult.ACCEPTED, True)
    assert wait_seconds(merged(RINGING)) is None


def test_of_two_agents_the_first_who_answered_has_the_call_unless_it_was_taken_over() -> None:
    earlier = fact(FactKind.ANSWERED, 3, "agent-2", AGENT, agent=BERT)
    case = merged(RINGING, ANSWERED, earlier)
    assert (case.agent_id, case.answered_at) == (BERT, earlier.at)
    case = merged(RINGING, ANSWERED)
    case.agent_id, case.taken_over_at = new_id(), START
    took = case.agent_id
    merge(case, earlier)
    assert (case.agent_id, case.answered_at) == (took, earlier.at)


def test_without_a_leg_of_the_caller_the_last_leg_ends_the_call_and_a_forwarded_call_rings_again() -> None:
    first = fact(FactKind.RINGING, 0, "agent-1", AGENT)
    gone = fact(FactKind.HUNG_UP, 10, "agent-1", AGENT)
    case = merged(first, gone)
    assert (state_of(case), outcome_of(case)) == ((CallState.HUNG_UP, gone.at), CallOutcome.ABANDONED)
    forwarded = fact(FactKind.RINGING, 11, "agent-2", AGENT)
    assert merge(case, forwarded) is CallChange.RINGING
    assert state_of(case) == (CallState.RINGING, forwarded.at)
    merge(case, fact(FactKind.HUNG_UP, 40, "agent-2", AGENT))
    assert case.hung_up_at == START + 40 * SECOND


@pytest.mark.parametrize(
    ("told", "result", "second"),
    [
        ([HUNG_UP], TransferResult.CANCELLED, 95),
        ([fact(FactKind.CONSULTING, 40, "nora", EMPLOYEE, employee=NORA)], TransferResult.CANCELLED, 40),
        ([fact(FactKind.HUNG_UP, 45, "mira", EMPLOYEE)], TransferResult.NO_ANSWER, 45),
        ([PICKED_UP, fact(FactKind.CONSULT_ENDED, 45, "mira", EMPLOYEE)], TransferResult.DECLINED, 45),
        ([fact(FactKind.VOICEMAIL, 45, "mira", EMPLOYEE)], TransferResult.VOICEMAIL, 45),
        ([HUNG_UP, fact(FactKind.HUNG_UP, 96, "mira", EMPLOYEE)], TransferResult.CANCELLED, 95),
    ],
)
def test_an_attempt_ends_with_what_became_of_it(
    told: list[PhoneFact], result: TransferResult, second: int
) -> None:
    case = merged(RINGING, ANSWERED, CONSULTING, *told)
    attempt = case.attempts[0]
    assert (attempt.result, attempt.result_at) == (result, START + second * SECOND)


def test_an_attempt_that_the_agent_began_is_joined_with_the_employees_leg() -> None:
    case = merged(RINGING, ANSWERED)
    begun = Attempt(1, MIRA, "+493023125103", START + 18 * SECOND, AttemptSource.AGENT, new_id())
    case.attempts.append(begun)
    merge(case, CONSULTING)
    merge(case, TRANSFERRED)
    (attempt,) = case.attempts
    assert (attempt.id, attempt.by, attempt.leg) == (begun.id, AttemptSource.AGENT, "mira")
    assert (attempt.result, attempt.started_at) == (TransferResult.ACCEPTED, begun.started_at)


def test_an_attempt_that_the_agent_ended_before_the_report_came_is_joined_too() -> None:
    case = merged(RINGING, ANSWERED)
    ended = Attempt(
        1,
        MIRA,
        "+493023125103",
        START + 18 * SECOND,
        AttemptSource.AGENT,
        new_id(),
        TransferResult.ACCEPTED,
        START + 24 * SECOND,
    )
    case.attempts.append(ended)
    merge(case, CONSULTING)
    merge(case, TRANSFERRED)
    (attempt,) = case.attempts
    assert (attempt.id, attempt.leg, attempt.result) == (ended.id, "mira", TransferResult.ACCEPTED)
    later = fact(FactKind.CONSULTING, 40, "mira-2", EMPLOYEE, employee=MIRA)
    merge(case, later)
    assert len(case.attempts) == 2


def test_flags_say_what_is_remarkable() -> None:
    fast = replace(HUNG_UP, at=HUNG_UP.received_at + timedelta(minutes=5, microseconds=1))
    slow = replace(HUNG_UP, at=HUNG_UP.received_at - timedelta(days=1, microseconds=1))
    for wrong in (fast, slow):
        case = merged(RINGING, wrong)
        assert case.hung_up_at == HUNG_UP.received_at
        assert case.flags == {CallFlag.CLOCK_DIFFERS}
    edge = replace(HUNG_UP, at=HUNG_UP.received_at + timedelta(minutes=5))
    assert merged(RINGING, edge).hung_up_at == edge.at
    assert merged(RINGING, fact(FactKind.VOICEMAIL, 9, "box", AGENT)).flags == {CallFlag.VOICEMAIL}
    unknown = fact(FactKind.CONSULTING, 9, "who", EMPLOYEE)
    assert merged(RINGING, unknown).flags == {CallFlag.UNKNOWN_EMPLOYEE}


def test_later_facts_of_a_closed_call_correct_its_times_and_not_its_outcome() -> None:
    case = merged(RINGING)
    case.new, case.closed_at, case.outcome = False, START + 180 * SECOND, CallOutcome.ABANDONED
    assert merge(case, RINGING) is None
    assert merge(case, HUNG_UP) is CallChange.CORRECTED
    assert (case.hung_up_at, case.outcome) == (HUNG_UP.at, CallOutcome.ABANDONED)
    assert case.flags == {CallFlag.TIMES_CORRECTED}


def test_a_hang_up_after_the_finish_is_no_correction() -> None:
    case = merged(RINGING, ANSWERED, TRANSFERRED)
    case.new, case.finished_at, case.outcome = False, START + 60 * SECOND, CallOutcome.TRANSFERRED
    merge(case, HUNG_UP)
    assert (case.hung_up_at, case.flags) == (HUNG_UP.at, frozenset())
    merge(case, replace(HUNG_UP, at=START + 90 * SECOND))
    assert case.flags == {CallFlag.TIMES_CORRECTED}


def test_a_forgotten_caller_is_not_learnt_again() -> None:
    case = merged(RINGING)
    case.caller, case.forgotten_at = WITHHELD_CALLER, START
    merge(case, HUNG_UP)
    assert case.caller == WITHHELD_CALLER
