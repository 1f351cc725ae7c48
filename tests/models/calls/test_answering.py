"""Answering a call and taking one over: the first commit has it; what an agent may not see does not exist."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.base.viewer import Viewer
from models.calls.agents import set_agents
from models.calls.answer_call import answer_call, answer_dialled, take_over
from models.calls.call_case import AGENTS_FEED
from models.calls.call_tables import CallFlag
from models.calls.call_views import calls_by_id
from models.calls.refusals import CallRefusal
from models.calls.ring import hang_up
from models.calls.state import CallChange, outcome_of, state_of
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import CALLER, QUIET, Desk, everything, make_desk, refused
from tests.support.calls import NUMBER, make_vip, version_of
from tests.support.concurrency import codes, freely
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace
from tests.support.viewers import Kind, viewers_of


@pytest_asyncio.fixture(loop_scope="session")
async def desk(place: Marketplace, database: Database) -> AsyncIterator[Desk]:
    await database.clock.set(START)
    yield await make_desk(place, database.clock)


async def changes(recipient: object) -> list[str]:
    """Return what happened to calls, by one recipient's feed."""
    rows = await fetch(
        connection(),
        """SELECT parameters->>'change' AS change FROM feed_event
           WHERE recipient = $1 AND kind = 'CALL_CHANGED' ORDER BY seq""",
        recipient,
    )
    return [row["change"] for row in rows]


async def test_of_two_agents_the_first_commit_has_the_call(desk: Desk) -> None:
    """100 rounds: one has it, the other reads the winner's name; nobody has it twice and nobody lost it."""
    for _ in range(100):
        call_id = await desk.ring()
        outcomes = await freely(
            answer_call(desk.agent, QUIET, call_id), answer_call(desk.other_agent, QUIET, call_id)
        )
        assert sorted(codes(outcomes)) == ["CONFLICT", "done"]
        call = await desk.read(call_id)
        winner = desk.agent if outcomes[0] == call_id else desk.other_agent
        assert call.agent_id == winner.user_id
        (lost,) = [one for one in outcomes if one != call_id]
        assert str(lost) == f"{call.agent_name} has taken this call."
    assert (await changes(AGENTS_FEED)).count(CallChange.ANSWERED) == 100


async def test_the_same_agent_gets_the_call_again_unchanged(desk: Desk) -> None:
    call_id = await desk.ring()
    await answer_call(desk.agent, QUIET, call_id)
    before = await everything()
    await desk.clock.set(START + 5 * SECOND)
    assert await answer_call(desk.agent, QUIET, call_id, employee_id=desk.ben) == call_id
    assert await everything() == before


async def test_a_call_that_was_hung_up_meanwhile_is_taken_without_being_answered(desk: Desk) -> None:
    """It stays abandoned, unless the agent writes a note by hand."""
    call_id = await desk.ring()
    await desk.clock.set(START + 5 * SECOND)
    await hang_up(QUIET, call_id)
    await answer_call(desk.agent, QUIET, call_id)
    call = await desk.read(call_id)
    assert (call.agent_id, call.answered_at, call.hung_up_at) == (
        desk.agent.user_id,
        None,
        START + 5 * SECOND,
    )
    assert outcome_of(call) is CallOutcome.ABANDONED
    await desk.finish(call_id)
    assert (await desk.read(call_id)).outcome is CallOutcome.MESSAGE_TAKEN


async def test_a_call_that_its_deadline_has_closed_cannot_be_answered(desk: Desk) -> None:
    """Whether a worker has closed it or not."""
    call_id = await desk.ring()
    await desk.clock.set(START + 181 * SECOND)
    before = await everything()
    assert (await refused(answer_call(desk.agent, QUIET, call_id))).reason.name == "CALL_ENDED"  # type: ignore[union-attr]
    assert await everything() == before
    call = await desk.read(call_id)
    assert (state_of(call)[0], call.outcome) == (CallState.FINISHED, CallOutcome.ABANDONED)
    assert call.flags == {CallFlag.NEVER_ENDED}


async def test_a_call_without_a_telephone_system_is_answered_by_number(desk: Desk) -> None:
    """With the VIP entry towards the wanted employee; the key makes one call of two requests."""
    vip = await make_vip(desk.place.vendor.owner, CALLER)
    given = {"dialled": NUMBER, "caller": CALLER, "employee_id": desk.agnes, "idempotency_key": "once"}
    first = await answer_dialled(desk.agent, QUIET, **given)  # type: ignore[arg-type]
    again = await answer_dialled(desk.agent, QUIET, **given)  # type: ignore[arg-type]
    assert again == first
    call = await desk.read(first)
    assert (call.caller.e164, call.vip_caller_id, call.wanted_employee_id) == (CALLER, vip, desk.agnes)
    assert state_of(call) == (CallState.TALKING, START)
    assert call.due_at == START + timedelta(hours=4)


async def test_a_number_of_nobody_and_an_employee_of_another_company_are_not_found(desk: Desk) -> None:
    before = await everything()
    for dialled, employee, field in (
        ("+493023125999", None, "dialled"),
        (NUMBER, desk.secretariat, "employeeId"),
    ):
        refusal = await refused(
            answer_dialled(
                desk.agent, QUIET, dialled=dialled, caller=None, employee_id=employee, idempotency_key=field
            )
        )
        assert (refusal.code.value, refusal.field) == ("NOT_FOUND", (field,))
    assert await everything() == before


async def test_an_agent_who_is_not_among_the_companys_finds_neither_number_nor_call(desk: Desk) -> None:
    call_id = await desk.ring()
    assert desk.other_agent.user_id is not None
    await set_agents(
        desk.place.operator,
        secretariat_id=desk.secretariat,
        expected_version=await version_of("secretariat", desk.secretariat),
        agent_ids=[desk.other_agent.user_id],
    )
    before = await everything()
    by_number = answer_dialled(
        desk.agent, QUIET, dialled=NUMBER, caller=None, employee_id=None, idempotency_key="no"
    )
    found = [await refused(by_number), await refused(answer_call(desk.agent, QUIET, call_id))]
    assert [(one.code.value, one.field) for one in found] == [
        ("NOT_FOUND", ("dialled",)),
        ("NOT_FOUND", ("callId",)),
    ]
    assert await everything() == before
    assert await calls_by_id(connection(), desk.agent, [call_id]) == {}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.AGENT, Kind.ANONYMOUS}])
async def test_only_agents_answer_and_take_over(desk: Desk, kind: Kind) -> None:
    call_id = await desk.ring()
    viewer = viewers_of(desk.place)[kind]
    before = await everything()
    for action in (
        answer_call(viewer, QUIET, call_id),
        take_over(viewer, QUIET, call_id, expected_version=1),
    ):
        assert (await refused(action)).code.value == "FORBIDDEN"
    assert await everything() == before


async def test_a_colleague_takes_an_open_call_over_and_the_first_agent_is_told(desk: Desk) -> None:
    call_id = await desk.ring()
    unanswered = await refused(take_over(desk.other_agent, QUIET, call_id, expected_version=1))
    assert unanswered.code.value == "CONFLICT"
    await answer_call(desk.agent, QUIET, call_id)
    stale = await refused(take_over(desk.other_agent, QUIET, call_id, expected_version=1))
    assert stale.code.value == "STALE_VERSION"
    version = (await desk.read(call_id)).version
    await take_over(desk.other_agent, QUIET, call_id, expected_version=version)
    assert (await desk.read(call_id)).agent_id == desk.other_agent.user_id
    assert (await changes(AGENTS_FEED))[-1] == CallChange.TAKEN_OVER
    assert (await refused(desk.finish(call_id))).code.value == "CONFLICT"


def sees() -> dict[Kind, bool]:
    """Return who sees a call of the vendor's company that has just ended."""
    return {kind: kind in {Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR} for kind in Kind}


async def test_a_call_is_seen_by_its_company_agents_and_operators(desk: Desk) -> None:
    """An agent sees it for a day after its end; the others of the list for good."""
    call_id = await desk.answered()
    await desk.finish(call_id)

    async def found(viewer: Viewer) -> bool:
        return call_id in await calls_by_id(connection(), viewer, [call_id])

    viewers = viewers_of(desk.place)
    assert {kind: await found(viewer) for kind, viewer in viewers.items()} == {
        kind: seen for kind, seen in sees().items() if kind in viewers
    }
    await desk.clock.set(START + timedelta(days=1) - SECOND)
    assert await found(desk.agent)
    await desk.clock.set(START + timedelta(days=1))
    assert not await found(desk.agent)
    assert await found(desk.place.vendor.member)


async def test_a_call_that_agents_no_longer_see_does_not_exist_for_them(desk: Desk) -> None:
    """A refusal would say that it exists and who has it; the agent who had it learns why it is too late."""
    call_id = await desk.answered()
    await desk.finish(call_id)
    await desk.clock.set(START + timedelta(days=1))
    before = await everything()
    for act in (
        lambda: answer_call(desk.other_agent, QUIET, call_id),
        lambda: take_over(desk.other_agent, QUIET, call_id, expected_version=2),
        lambda: desk.finish(call_id, viewer=desk.other_agent),
    ):
        refusal = await refused(act())
        assert (refusal.code.value, refusal.reason) == ("NOT_FOUND", CallRefusal.CALL_NOT_FOUND)
    assert (await refused(take_over(desk.agent, QUIET, call_id, expected_version=2))).code.value == "CONFLICT"
    assert await everything() == before
