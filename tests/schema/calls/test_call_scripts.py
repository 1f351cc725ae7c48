"""Scripts and routes of many calls: what they cost, and what becomes of them when the set-up changes."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from models.calls.call_tables import TransferResult
from models.calls.employees import delete_employee
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, Called
from tests.support.api import Json
from tests.support.calls import make_employee, make_secretariat, make_vip, version_of
from tests.support.marketplace import START
from tests.support.query_recorder import recorded_statements
from tests.support.stored_calls import StoredCall, remove_calls, store_calls
from tests.support.viewers import Kind

ROUTES = """routes { standing vip { name employee { displayName } } changesAt
    routes { action hop number said employee { displayName } decision { ruleId message } }
    skipped { action employee { displayName } decision { ruleId } } }"""
CALL = f"""id state agent {{ name me }} wantedEmployee {{ displayName availability {{ state }} }}
    attempts {{ result employee {{ displayName }} }}
    note {{ concern answers {{ key label value }} }}
    notices {{ channel employee {{ displayName }} decision {{ ruleId }} }}
    secretariat {{ id greetingSpokenBy account {{ id }} retentionDays }}
    script {{ greeting warnings faq {{ question }} askedFields {{ key }} vips {{ name employee {{ id }} }}
        vip {{ name }} {ROUTES} }} {ROUTES}"""
BOARD = f"{{ callBoard {{ {CALL} }} }}"
CALLS = f"{{ calls(first: 25) {{ nodes {{ {CALL} }} }} }}"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def _removed(called: Called) -> AsyncIterator[None]:
    yield
    await remove_calls()


async def store(called: Called, *calls: StoredCall) -> None:
    """Write calls to the vendor's secretariat."""
    agent = called.place.agent.user_id
    assert agent is not None
    await store_calls(called.secretariat, called.place.market.policy_id, agent, calls)


def open_calls(called: Called, number: int) -> list[StoredCall]:
    """Calls that agents talk in: in turn of a VIP whose attempt was declined, and of somebody unwanted.

    Only these two kinds: loaders batch what is asked at the same depth, which different kinds differ in.
    """
    declined = [(called.bea, TransferResult.DECLINED), (called.agnes, TransferResult.CALLING)]
    return [
        StoredCall(
            START + timedelta(seconds=place),
            START,
            wanted=(called.bea, called.agnes)[place % 2],
            attempts=(declined, ())[place % 2],
            caller=(CALLER + "17", "+493023125900")[place % 2],
            due_at=START + timedelta(hours=1),
            concern="A roof",
        )
        for place in range(number)
    ]


@pytest.mark.parametrize(
    ("kind", "document"),
    [(Kind.AGENT, BOARD), (Kind.AGENT, CALLS), (Kind.OWNER, CALLS), (Kind.OPERATOR, CALLS)],
)
async def test_twenty_scripts_with_routes_cost_as_many_statements_as_two(
    called: Called, kind: Kind, document: str
) -> None:
    """Of calls to two companies, where the viewer sees both."""
    other = await make_secretariat(called.place, called.place.other_vendor.id, numbers=())
    agent = called.place.agent.user_id
    assert agent is not None
    ringing = StoredCall(START, caller=None, due_at=START + timedelta(hours=1))
    await store_calls(other, called.place.market.policy_id, agent, [ringing])
    for number in range(20):  # so many VIPs match that those towards an employee are read again
        employee = await make_employee(called.place.vendor.owner, f"Extra {number}")
        await make_vip(called.place.vendor.owner, CALLER + "17", employee, name=f"Jo {number}")
    calls = open_calls(called, 20)
    await store(called, *calls[:2])
    client = called.clients[kind]
    assert (await client.ask(document)).codes == []  # and the policy, which this process then knows
    with recorded_statements() as few:
        await client.ask(document)
    await store(called, *calls[2:])
    with recorded_statements() as many:
        answer = await client.ask(document)
    found = answer.data["callBoard"] if document is BOARD else answer.data["calls"]["nodes"]
    assert len(found) == (20 if kind is Kind.OWNER else 21)
    assert len(many) == len(few)


async def test_each_call_of_a_list_has_its_own_script_and_routes(called: Called) -> None:
    """Of a VIP who wants somebody on holiday, also after a refusal, and of a withheld number for nobody."""
    vip = CALLER + "17"
    first = StoredCall(START, START, wanted=called.bea, caller=vip)
    declined = [(called.bea, TransferResult.NO_ANSWER), (called.agnes, TransferResult.DECLINED)]
    second = StoredCall(START + timedelta(seconds=1), START, None, None, called.bea, declined, vip)
    third = StoredCall(START + timedelta(seconds=2), START, caller=None)
    await store(called, first, second, third)
    board = (await called.clients[Kind.AGENT].ask(BOARD)).data["callBoard"]
    assert [
        (one["routes"]["standing"], [vip["name"] for vip in one["script"]["vips"]], _actions(one))
        for one in board
    ] == [
        ("VIP_OF_COMPANY", ["Ministry"], [("TRANSFER", "Agnes Tellier"), ("TAKE_MESSAGE", "Bea Urlaub")]),
        ("VIP_OF_COMPANY", ["Ministry"], [("TAKE_MESSAGE", "Bea Urlaub")]),
        ("WITHHELD", [], [("TAKE_MESSAGE", "Owner Fake")]),
    ]


async def test_a_wanted_employee_who_was_removed_leaves_a_message_and_not_an_error(called: Called) -> None:
    """One such call would otherwise empty the whole board."""
    gone = await make_employee(called.place.vendor.owner, "Eva Gone")
    call = StoredCall(START, START, wanted=gone)
    await store(called, call)
    await delete_employee(
        called.place.vendor.owner, employee_id=gone, expected_version=await version_of("employee", gone)
    )
    answer = await called.clients[Kind.AGENT].ask(BOARD)
    (found,) = answer.data["callBoard"]
    assert (found["id"], found["wantedEmployee"]["displayName"]) == (write_id("Call", call.id), "Eva Gone")
    assert _actions(found) == [("TAKE_MESSAGE", "Owner Fake")]


def _actions(found: Json) -> list[tuple[str, str | None]]:
    return [(one["action"], (one["employee"] or {}).get("displayName")) for one in found["routes"]["routes"]]
