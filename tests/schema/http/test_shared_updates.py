"""`callUpdates` is executed once for all who are sent the same, and nothing else is shared.

Not across selections, languages, roles and accounts, not with the agent who has the call, and not with one
who may not answer for the company.
"""

from collections import Counter
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio

from models.accounts.tables import User
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.agents import set_agents
from models.calls.answer_call import answer_dialled
from models.calls.ring import hang_up, ring
from schema.graphql.fast_path.execution import Execution
from schema.graphql.ids import write_id
from tests.schema.http.conftest import Served
from tests.schema.http.wire import Json, Socket, errors_of, signed_in, streaming
from tests.support.calls import NUMBER, make_secretariat, version_of
from tests.support.marketplace import make_agent

BOARD = """subscription ($after: Cursor) { callUpdates(after: $after) { __typename
  ... on CallEvent { cursor change
    call { id state agent { name } secretariat { id vendor { name } } } } } }"""
OTHER_BOARD = BOARD.replace("state", "version state")
OWN = BOARD.replace("change", "change mine").replace("name }", "name me }", 1)
FULL = BOARD.replace("state", "state closing { message }")
CALLER, OTHER_NUMBER = "+493023125901", "+493023125200"


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often events were executed, by the call of the event."""
    counted = Counter[str]()
    execute = Execution._event_executor

    def counting(self: Execution, payload: Any) -> Execution:
        counted[write_id("Call", payload.call.id)] += 1
        return execute(self, payload)

    monkeypatch.setattr(Execution, "_event_executor", counting)
    return counted


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def secretariat(served: Served) -> None:
    """The company that is called."""
    await make_secretariat(served.market)


async def follow(served: Served, sockets: AsyncExitStack, viewer: Viewer, document: str = BOARD) -> Socket:
    """Follow on a socket of a new session, from now on: an operation after it shows that it has begun."""
    token = await served.api.token(viewer.user_id)
    socket = await sockets.enter_async_context(signed_in(served.port, token))
    cursor = (await socket.ask("cursor", "{ viewer { callCursor } }"))["viewer"]["callCursor"]
    await socket.subscribe("1", document, after=cursor)
    return socket


async def ringing(served: Served, number: str = NUMBER) -> str:
    """Let a call ring and return its global id."""
    rung = await ring(served.api.services.wake, dialled=number, caller=CALLER, wanted=None)
    return write_id("Call", rung.id)


async def heard(sockets: list[Socket]) -> list[Json]:
    """The next event of each."""
    return [(await socket.next("1"))["callUpdates"] for socket in sockets]


async def test_agents_are_sent_the_same_and_it_is_executed_once(
    served: Served, executed: Counter[str]
) -> None:
    """Each of them once and in order, also one who follows by server-sent events, and one who resumes."""
    agents = [served.market.agent, *[await make_agent() for _ in range(3)]]
    async with AsyncExitStack() as stack:
        sockets = [await follow(served, stack, one) for one in agents]
        after = (await sockets[0].ask("2", "{ viewer { callCursor } }"))["viewer"]["callCursor"]
        token = await served.api.token(agents[0].user_id)
        events = await stack.enter_async_context(streaming(served.port, token, BOARD, after=after))
        calls = [await ringing(served) for _ in range(3)]
        for call in calls:
            (first, *others) = await heard(sockets)
            assert (first["call"]["id"], first["change"], first["call"]["state"]) == (
                call,
                "RINGING",
                "RINGING",
            )
            assert all(one == first for one in others)
            assert (await events.next())[1]["data"]["callUpdates"] == first
        late = await follow(served, stack, agents[1])
        await late.subscribe("2", BOARD, after=after)
        assert [(await late.next("2"))["callUpdates"]["call"]["id"] for _ in calls] == calls
    assert set(executed) == set(calls)
    assert max(executed.values()) <= 2  # the second is of the one who came later


@pytest.mark.parametrize("other", ["selection", "language", "operator", "company", "own", "full"])
async def test_nothing_else_is_shared(served: Served, executed: Counter[str], other: str) -> None:
    """Each kind executes for itself, and each gets what it asked for, as it would alone."""
    place, colleague = served.market, await make_agent()
    first, second = {"selection": (BOARD, OTHER_BOARD), "own": (OWN, OWN), "full": (FULL, FULL)}.get(
        other, (BOARD, BOARD)
    )
    viewer = {"operator": place.operator, "company": place.vendor.owner}.get(other, colleague)
    if other == "language":
        await User.filter(id=colleague.user_id).update(locale="de")
    async with AsyncExitStack() as stack:
        sockets = [
            await follow(served, stack, who, document)
            for who, document in ((place.agent, first), (viewer, second))
        ]
        call = await answer_dialled(
            place.agent,
            served.api.services.wake,
            dialled=NUMBER,
            caller=CALLER,
            employee_id=None,
            idempotency_key="one",
        )
        one, two = await heard(sockets)
    assert executed[write_id("Call", call)] == 2
    assert one["call"]["id"] == two["call"]["id"] == write_id("Call", call)
    if other == "own":
        assert [(event["mine"], event["call"]["agent"]["me"]) for event in (one, two)] == [
            (True, True),
            (False, False),
        ]
    if other == "selection":
        assert ("version" in one["call"], "version" in two["call"]) == (False, True)
    if other == "company":  # another feed: its cursors are its own
        assert one["cursor"] != two["cursor"]


async def test_those_who_do_not_have_a_call_are_sent_the_same(served: Served, executed: Counter[str]) -> None:
    """Whether it is theirs is all that a result says of a viewer."""
    agents = [served.market.agent, *[await make_agent() for _ in range(3)]]
    async with AsyncExitStack() as stack:
        sockets = [await follow(served, stack, one, OWN) for one in agents]
        call = await answer_dialled(
            agents[1],
            served.api.services.wake,
            dialled=NUMBER,
            caller=CALLER,
            employee_id=None,
            idempotency_key="one",
        )
        events = await heard(sockets)
    assert [one["mine"] for one in events] == [False, True, False, False]
    assert executed == {write_id("Call", call): 2}


async def test_an_owner_and_a_member_share_nothing(served: Served, executed: Counter[str]) -> None:
    """They follow the same feed, but not with the same role; two members do."""
    vendor = served.market.vendor
    async with AsyncExitStack() as stack:
        sockets = [await follow(served, stack, one) for one in (vendor.owner, vendor.member, vendor.member)]
        call = await ringing(served)
        first, second, third = await heard(sockets)
    assert first == second == third
    assert executed == {call: 2}


async def test_who_may_not_answer_for_a_company_is_not_sent_what_others_are(
    served: Served, executed: Counter[str]
) -> None:
    place, colleague = served.market, await make_agent()
    closed = await make_secretariat(place, place.other_vendor.id, numbers=(OTHER_NUMBER,))
    assert colleague.user_id is not None
    await set_agents(
        place.operator,
        secretariat_id=closed,
        expected_version=await version_of("secretariat", closed),
        agent_ids=[colleague.user_id],
    )
    async with AsyncExitStack() as stack:
        allowed, also, other = [
            await follow(served, stack, one) for one in (colleague, colleague, place.agent)
        ]
        secret, shown = await ringing(served, OTHER_NUMBER), await ringing(served)
        for call in (secret, shown):
            assert [one["call"]["id"] for one in await heard([allowed, also])] == [call] * 2
        assert (await other.next("1"))["callUpdates"]["call"]["id"] == shown
    assert executed[secret] == 1


async def test_two_events_of_one_call_are_two_results(served: Served, executed: Counter[str]) -> None:
    """What was read for the earlier event is not shown for the later one."""
    agents = [served.market.agent, await make_agent()]
    async with AsyncExitStack() as stack:
        sockets = [await follow(served, stack, one) for one in agents]
        rung = await ring(served.api.services.wake, dialled=NUMBER, caller=CALLER, wanted=None)
        states = [[one["call"]["state"] for one in await heard(sockets)]]
        await hang_up(served.api.services.wake, rung.id)
        states.append([one["call"]["state"] for one in await heard(sockets)])
    assert states == [["RINGING"] * 2, ["HUNG_UP"] * 2]
    assert executed == {write_id("Call", rung.id): 2}


async def test_an_agent_whose_session_has_ended_is_sent_nothing_that_others_are(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at the next event nor afterwards."""
    monkeypatch.setattr("schema.calls.updates.CHECKED_FOR", 0.0)
    token = await served.api.token(served.market.agent.user_id)
    async with AsyncExitStack() as stack:
        other = await follow(served, stack, await make_agent())
        ended = await stack.enter_async_context(signed_in(served.port, token))
        cursor = (await ended.ask("cursor", "{ viewer { callCursor } }"))["viewer"]["callCursor"]
        await ended.subscribe("1", BOARD, after=cursor)
        before = await ringing(served)
        assert [one["call"]["id"] for one in await heard([ended, other])] == [before] * 2
        await served.sign_out(token)
        after = await ringing(served)
        assert await ended.close_code(never=after) == 4403
        assert (await other.next("1"))["callUpdates"]["call"]["id"] == after


async def test_an_agent_who_becomes_an_owner_is_sent_nothing_that_agents_are(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed of agents ends with `FORBIDDEN`."""
    monkeypatch.setattr("schema.calls.updates.CHECKED_FOR", 0.0)
    place, colleague = served.market, await make_agent()
    async with AsyncExitStack() as stack:
        sockets = [await follow(served, stack, one) for one in (place.agent, colleague)]
        before = await ringing(served)
        assert [one["call"]["id"] for one in await heard(sockets)] == [before] * 2
        await User.filter(id=colleague.user_id).update(
            agent=False, account_id=place.vendor.id, account_role=Role.OWNER
        )
        after = await ringing(served)
        (error,) = errors_of(await sockets[1].take("1"))
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert (await sockets[0].next("1"))["callUpdates"]["call"]["id"] == after
