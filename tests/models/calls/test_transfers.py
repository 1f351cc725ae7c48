"""Attempts to put a call through: the rules are asked each time, and one employee gets the call."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from models.calls.answer_call import answer_call
from models.calls.call_tables import TransferResult
from models.calls.ring import hang_up
from models.calls.state import state_of
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import TransferWish
from tests.models.calls.desk import QUIET, Desk, everything, make_desk, refused
from tests.support.calls import make_absence, make_employee
from tests.support.concurrency import codes, freely
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace

CALLING, ACCEPTED, NO_ANSWER = TransferResult.CALLING, TransferResult.ACCEPTED, TransferResult.NO_ANSWER


@pytest_asyncio.fixture(loop_scope="session")
async def desk(place: Marketplace, database: Database) -> AsyncIterator[Desk]:
    await database.clock.set(START)
    yield await make_desk(place, database.clock)


async def results(desk: Desk, call_id: object) -> list[tuple[object, TransferResult]]:
    """Return who was tried, and what became of it."""
    return [(one.employee_id, one.result) for one in (await desk.read(call_id)).attempts]  # type: ignore[arg-type]


async def test_an_attempt_begins_and_ends_with_its_result(desk: Desk) -> None:
    """The state follows; the same key returns the same attempt."""
    call_id = await desk.answered()
    attempt = await desk.transfer(call_id, desk.agnes, CALLING, key="begin")
    assert await desk.transfer(call_id, desk.agnes, CALLING, key="begin") == attempt
    assert state_of(await desk.read(call_id)) == (CallState.CONSULTING, START)
    await desk.clock.set(START + 5 * SECOND)
    assert await desk.transfer(call_id, desk.agnes, ACCEPTED, key="end") == attempt
    assert await desk.transfer(call_id, desk.agnes, ACCEPTED, key="end") == attempt
    call = await desk.read(call_id)
    assert state_of(call) == (CallState.TRANSFERRED, START + 5 * SECOND)
    assert [(one.result, one.measured) for one in call.attempts] == [(ACCEPTED, False)]


async def test_after_no_answer_the_deputy_is_next_and_the_first_is_not_tried_again(desk: Desk) -> None:
    """S4.13. Nothing is written for the attempt that is refused."""
    call_id = await desk.answered()
    await desk.transfer(call_id, desk.agnes, NO_ANSWER)
    before = await everything()
    refusal = await refused(desk.transfer(call_id, desk.agnes, CALLING))
    assert refusal.code.value == "REFUSED_BY_RULE"
    assert refusal.decision is not None
    assert refusal.decision.rule_id == "tried_before"
    assert await everything() == before
    await desk.transfer(call_id, desk.ben, ACCEPTED)
    assert await results(desk, call_id) == [(desk.agnes, NO_ANSWER), (desk.ben, ACCEPTED)]


async def test_who_is_away_or_has_no_tick_does_not_get_the_call(desk: Desk) -> None:
    """S4.17, S4.21. The decision says why."""
    owner = desk.place.vendor.owner
    cleo = await make_employee(owner, "Cleo Silent", extension="+493023125103", wish=TransferWish.NONE)
    await make_absence(owner, desk.agnes, date(2026, 3, 1), date(2026, 3, 8))
    call_id = await desk.answered()
    before = await everything()
    rules = []
    for employee in (desk.agnes, cleo):
        refusal = await refused(desk.transfer(call_id, employee, CALLING))
        assert refusal.decision is not None
        rules.append((refusal.code.value, refusal.field, refusal.decision.rule_id))
    assert rules == [
        ("REFUSED_BY_RULE", ("employeeId",), "appointment"),
        ("REFUSED_BY_RULE", ("employeeId",), "no_tick"),
    ]
    assert await everything() == before


async def test_a_newer_attempt_cancels_the_open_one(desk: Desk) -> None:
    call_id = await desk.answered()
    await desk.transfer(call_id, desk.agnes, CALLING)
    await desk.transfer(call_id, desk.ben, CALLING)
    assert await results(desk, call_id) == [(desk.agnes, TransferResult.CANCELLED), (desk.ben, CALLING)]


async def test_of_two_employees_who_accept_at_the_same_time_one_gets_the_call(desk: Desk) -> None:
    """20 rounds."""
    for _ in range(20):
        call_id = await desk.answered()
        outcomes = await freely(
            desk.transfer(call_id, desk.agnes, ACCEPTED), desk.transfer(call_id, desk.ben, ACCEPTED)
        )
        assert sorted(codes(outcomes)) == ["CONFLICT", "done"]
        assert [result for _, result in await results(desk, call_id)] == [ACCEPTED]


async def test_a_message_for_the_caller_is_required_with_message_and_ends_all_attempts(desk: Desk) -> None:
    """S4.18."""
    call_id = await desk.answered()
    missing = await refused(desk.transfer(call_id, desk.agnes, TransferResult.MESSAGE))
    assert (missing.code.value, missing.field) == ("REQUIRED", ("messageForCaller",))
    await desk.transfer(call_id, desk.agnes, TransferResult.MESSAGE, "Back in 30 minutes.")
    (attempt,) = (await desk.read(call_id)).attempts
    assert attempt.message_for_caller == "Back in 30 minutes."
    refusal = await refused(desk.transfer(call_id, desk.ben, CALLING))
    assert refusal.decision is not None
    assert refusal.decision.rule_id == "message_for_caller"


@pytest.mark.parametrize("how", ["unanswered", "ended", "another agent's"])
async def test_an_attempt_needs_an_open_call_of_the_agent(desk: Desk, how: str) -> None:
    if how == "unanswered":
        call_id = await desk.ring()
    elif how == "ended":
        call_id = await desk.answered()
        await desk.finish(call_id)
    else:
        call_id = await desk.ring()
        await answer_call(desk.other_agent, QUIET, call_id)
    before = await everything()
    assert (await refused(desk.transfer(call_id, desk.agnes, CALLING))).code.value == "CONFLICT"
    assert await everything() == before


async def test_nobody_is_put_through_after_the_hang_up(desk: Desk) -> None:
    """It ends an open attempt as CANCELLED."""
    call_id = await desk.ring()
    await answer_call(desk.agent, QUIET, call_id)
    await desk.transfer(call_id, desk.agnes, CALLING)
    await desk.clock.set(START + 5 * SECOND)
    await hang_up(QUIET, call_id)
    assert await results(desk, call_id) == [(desk.agnes, TransferResult.CANCELLED)]
    before = await everything()
    assert (await refused(desk.transfer(call_id, desk.ben, CALLING))).code.value == "CONFLICT"
    assert await everything() == before


async def test_an_agent_says_after_the_hang_up_that_an_employee_accepted(desk: Desk) -> None:
    """The caller hung up on the employee; the call was put through all the same."""
    call_id = await desk.ring()
    await answer_call(desk.agent, QUIET, call_id)
    await desk.transfer(call_id, desk.agnes, CALLING)
    await desk.clock.set(START + 5 * SECOND)
    await hang_up(QUIET, call_id)
    await desk.clock.set(START + 9 * SECOND)
    await desk.transfer(call_id, desk.agnes, ACCEPTED)
    (attempt,) = (await desk.read(call_id)).attempts
    assert (attempt.result, attempt.result_at) == (ACCEPTED, START + 5 * SECOND)
    assert (await desk.finish(call_id, CallOutcome.TRANSFERRED)).id == call_id
