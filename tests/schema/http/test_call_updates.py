"""The subscription `callUpdates`: agents share a feed and see what they may, companies follow their own."""

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.base.viewer import Viewer
from models.calls.agents import set_agents
from models.calls.answer_call import answer_dialled
from models.calls.call_case import AGENTS_FEED
from models.calls.call_tables import TransferResult
from models.calls.record_transfer import record_transfer
from models.calls.ring import hang_up, ring
from rules.calls.call_route import TransferWish
from schema.graphql.ids import write_id
from tests.schema.http.conftest import Served
from tests.schema.http.wire import Json, errors_of, signed_in
from tests.support.api import Client
from tests.support.calls import NUMBER, make_employee, make_secretariat, version_of
from tests.support.marketplace import make_agent

UPDATES = """subscription ($after: Cursor) { callUpdates(after: $after) {
  __typename
  ... on CallEvent { cursor change at mine call { id state secretariat { id } } }
  ... on FeedGap { cursor missed } } }"""
SCRIPTS = """subscription ($after: Cursor, $employee: ID!) { callUpdates(after: $after) {
  ... on CallEvent { call { routes { routes { action } }
    script { routes(employeeId: $employee) { routes { action } } } } } } }"""
CURSOR = "{ viewer { callCursor feedCursor } }"
CALLER, OTHER_NUMBER = "+493023125901", "+493023125200"


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def _secretariat(served: Served) -> None:
    await make_secretariat(served.market)


async def begin(served: Served, viewer: Viewer) -> tuple[str, str]:
    """Begin a session; return its token and the viewer's position in the feed of calls."""
    token = await served.api.token(viewer.user_id)
    cursor: str = (await Client(served.api.http, token).ask(CURSOR)).data["viewer"]["callCursor"]
    return token, cursor


async def ringing(served: Served, number: str = NUMBER) -> str:
    """Let a call ring and return its global id."""
    rung = await ring(served.api.services.wake, dialled=number, caller=CALLER, wanted=None)
    return write_id("Call", rung.id)


def told(event: Json) -> tuple[str, str]:
    """The call of an event, and what happened."""
    return event["callUpdates"]["call"]["id"], event["callUpdates"]["change"]


async def test_each_event_arrives_once_and_in_order_also_over_a_cut_connection(served: Served) -> None:
    """For the agents' shared feed and the company's own."""
    for viewer in (served.market.agent, served.market.vendor.member):
        token, cursor = await begin(served, viewer)
        first = await ring(served.api.services.wake, dialled=NUMBER, caller=CALLER, wanted=None)
        async with signed_in(served.port, token) as socket:
            await socket.subscribe("1", UPDATES, after=cursor)
            event = await socket.next("1")
        assert told(event) == (write_id("Call", first.id), "RINGING")
        assert event["callUpdates"]["call"]["state"] == "RINGING"
        second = await ringing(served)
        await hang_up(served.api.services.wake, first.id)
        async with signed_in(served.port, token) as socket:
            await socket.subscribe("1", UPDATES, after=event["callUpdates"]["cursor"])
            seen = [await socket.next("1") for _ in range(2)]
            third = await ringing(served)
            seen.append(await socket.next("1"))
        assert [told(one) for one in seen] == [
            (second, "RINGING"),
            (write_id("Call", first.id), "HUNG_UP"),
            (third, "RINGING"),
        ]
        assert not any(one["callUpdates"]["mine"] for one in seen)


async def test_an_agent_hears_only_of_companies_that_they_may_answer(served: Served) -> None:
    """Rights are asked for each event, so they hold from the next one on; operators hear of all calls."""
    place, colleague = served.market, await make_agent()
    other = await make_secretariat(place, place.other_vendor.id, numbers=(OTHER_NUMBER,))
    (token, cursor), (operator, start) = [await begin(served, one) for one in (place.agent, place.operator)]

    async def allow(*agents: Viewer) -> None:
        version = await version_of("secretariat", other)
        chosen = [one.user_id for one in agents if one.user_id]
        await set_agents(place.operator, secretariat_id=other, expected_version=version, agent_ids=chosen)

    await allow(colleague)
    hidden, shown = await ringing(served, OTHER_NUMBER), await ringing(served)
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", UPDATES, after=cursor)
        assert told(await socket.next("1")) == (shown, "RINGING")
        await allow(colleague, place.agent)
        allowed = await ringing(served, OTHER_NUMBER)
        assert told(await socket.next("1")) == (allowed, "RINGING")
    async with signed_in(served.port, operator) as socket:
        await socket.subscribe("1", UPDATES, after=start)
        assert [told(await socket.next("1"))[0] for _ in range(3)] == [hidden, shown, allowed]


async def test_a_company_hears_of_its_own_calls_only(served: Served) -> None:
    place = served.market
    own = await make_secretariat(place, place.other_vendor.id, numbers=(OTHER_NUMBER,))
    token, cursor = await begin(served, place.other_vendor.owner)
    await ringing(served)
    call = await ringing(served, OTHER_NUMBER)
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", UPDATES, after=cursor)
        event = await socket.next("1")
    assert told(event) == (call, "RINGING")
    assert event["callUpdates"]["call"]["secretariat"]["id"] == write_id("Secretariat", own)


async def test_each_event_has_the_script_and_the_routes_that_are_left_then(served: Served) -> None:
    """Nothing that an earlier event of the subscription has read is shown again."""
    place, wake = served.market, served.api.services.wake
    employee = await make_employee(
        place.vendor.owner, "Agnes Tellier", extension="+493023125101", wish=TransferWish.ALL
    )
    token, cursor = await begin(served, place.agent)
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", SCRIPTS, after=cursor, employee=write_id("Employee", employee))
        call = await answer_dialled(
            place.agent, wake, dialled=NUMBER, caller=CALLER, employee_id=employee, idempotency_key="one"
        )
        events = [(await socket.next("1"))["callUpdates"]["call"]]
        await record_transfer(
            place.agent,
            wake,
            call,
            employee_id=employee,
            result=TransferResult.NO_ANSWER,
            message_for_caller=None,
            expected_version=None,
            idempotency_key="two",
        )
        events.append((await socket.next("1"))["callUpdates"]["call"])
    assert [[one["action"] for one in event["routes"]["routes"]] for event in events] == [
        ["TRANSFER", "TAKE_MESSAGE"],
        ["TAKE_MESSAGE"],
    ]
    assert all(event["routes"] == event["script"]["routes"] for event in events)


async def test_nobody_else_follows_calls_and_nobody_with_a_cursor_of_another_feed(served: Served) -> None:
    place = served.market
    _, foreign = await begin(served, place.vendor.owner)
    for viewer, after, code in (
        (place.vendor.employee, None, "FORBIDDEN"),
        (place.prospect.viewer, None, "FORBIDDEN"),
        (place.other_vendor.owner, foreign, "INVALID"),
        (place.agent, foreign, "INVALID"),
    ):
        async with signed_in(served.port, await served.api.token(viewer.user_id)) as socket:
            await socket.subscribe("1", UPDATES, after=after)
            (error,) = errors_of(await socket.take("1"))
        assert error["extensions"]["code"] == code
    for viewer in (place.vendor.employee, place.prospect.viewer):
        client = await served.api.client(viewer.user_id)
        assert (await client.ask(CURSOR)).data["viewer"]["callCursor"] is None


@pytest.mark.parametrize("removed", [1, 2])
async def test_events_that_are_no_longer_stored_are_a_gap(served: Served, removed: int) -> None:
    token, cursor = await begin(served, served.market.agent)
    calls = [await ringing(served) for _ in range(3)]
    await fetch(
        connection(),
        """WITH gone AS (
               DELETE FROM feed_event WHERE id IN (SELECT id FROM feed_event WHERE recipient = $1
                   ORDER BY seq LIMIT $2) RETURNING seq)
           UPDATE feed_counter SET removed_through = (SELECT max(seq) FROM gone) WHERE recipient = $1""",
        AGENTS_FEED,
        removed,
    )
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", UPDATES, after=cursor)
        gap = (await socket.next("1"))["callUpdates"]
        assert (gap["__typename"], gap["missed"]) == ("FeedGap", removed)
        assert told(await socket.next("1")) == (calls[removed], "RINGING")
