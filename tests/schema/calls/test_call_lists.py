"""The lists `calls` and `callBoard`, for each kind of viewer, by the clock and not by the worker."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from models.base.database import fetch, transaction
from models.calls.agents import set_agents
from models.calls.call_tables import TransferResult
from rules.calls.call_mail import CallOutcome
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import Called
from tests.support.api import Answer
from tests.support.calls import make_secretariat, version_of
from tests.support.database import Database
from tests.support.marketplace import START, make_agent
from tests.support.query_recorder import recorded_statements
from tests.support.stored_calls import StoredCall, remove_calls, store_calls
from tests.support.viewers import Kind

CALL = """id startedAt state outcome flags caller callerTrust summary agent { name me }
    wantedEmployee { displayName } waitSeconds talkSeconds closesAt
    attempts { id ordinal result employee { displayName } } note { concern answers { key value } }
    secretariat { id }"""
CALLS = f"""query ($first: Int, $after: Cursor, $period: PeriodInput, $filter: CallFilter) {{
    calls(first: $first, after: $after, period: $period, filter: $filter) {{
        nodes {{ {CALL} }} totalCount pageInfo {{ hasNextPage endCursor }} }} }}"""
BOARD = f"{{ callBoard {{ {CALL} }} }}"
NODE = "query ($id: ID!) { node(id: $id) { ... on Call { id state } } }"
HOUR = timedelta(hours=1)


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def _removed(called: Called) -> AsyncIterator[None]:
    yield
    await remove_calls()


async def store(called: Called, *calls: StoredCall, secretariat: UUID | None = None) -> None:
    """Write calls to the vendor's secretariat or another one, answered by the marketplace's agent."""
    agent = called.place.agent.user_id
    assert agent is not None
    policy_id = called.place.market.policy_id
    await store_calls(secretariat or called.secretariat, policy_id, agent, calls)


def ids(answer: Answer, field: str = "calls") -> list[str]:
    """The ids of the calls in an answer."""
    found = answer.data[field]
    return [one["id"] for one in (found["nodes"] if field == "calls" else found)]


def of(calls: Sequence[StoredCall]) -> list[str]:
    """The global ids of calls."""
    return [write_id("Call", one.id) for one in calls]


async def test_a_companys_calls_are_listed_newest_first_in_pages(called: Called) -> None:
    calls = [StoredCall(START - number * HOUR, caller=None) for number in range(3)]
    await store(called, *reversed(calls))
    for kind in (Kind.OWNER, Kind.MEMBER):
        client = called.clients[kind]
        first = await client.ask(CALLS, first=2)
        assert (ids(first), first.data["calls"]["totalCount"]) == (of(calls[:2]), 3)
        rest = await client.ask(CALLS, first=2, after=first.data["calls"]["pageInfo"]["endCursor"])
        assert (ids(rest), rest.data["calls"]["pageInfo"]["hasNextPage"]) == (of(calls[2:]), False)


async def test_the_dashboard_shortens_notes_and_the_call_has_the_full_one(called: Called) -> None:
    """S4.2: in at most 120 characters."""
    concern = "The roof is broken. " * 20
    await store(called, StoredCall(START, START, START, CallOutcome.MESSAGE_TAKEN, concern=concern))
    (call,) = (await called.clients[Kind.OWNER].ask(CALLS)).data["calls"]["nodes"]
    assert call["summary"].startswith("Jo Doe: The roof is broken.")
    assert len(call["summary"]) == 120
    assert call["note"]["concern"] == concern


async def test_statistics_ask_for_a_period_first(called: Called) -> None:
    """S4.24: there is no period by default."""
    document = "query ($period: PeriodInput!) { callStatistics(period: $period) { total } }"
    await store(called, StoredCall(START), StoredCall(START - 2 * HOUR))
    owner = called.clients[Kind.OWNER]
    for without in ("{ callStatistics { total } }", "{ callStatistics(period: null) { total } }"):
        assert (await owner.ask(without)).codes == ["GRAPHQL_VALIDATION_FAILED"]
    for hours, total in ((1, 1), (4, 2)):
        answer = await owner.ask(document, period=_period(hours * HOUR))
        assert answer.data["callStatistics"]["total"] == total


async def test_nobody_else_reads_calls(called: Called) -> None:
    call = StoredCall(START)
    await store(called, call)
    for kind in (Kind.EMPLOYEE, Kind.PROSPECT):
        client = called.clients[kind]
        assert (await client.ask(CALLS)).codes == (await client.ask(BOARD)).codes == ["FORBIDDEN"]
    for kind in (Kind.OWNER, Kind.OPERATOR):
        assert (await called.clients[kind].ask(BOARD)).codes == ["FORBIDDEN"]
    assert (await called.clients[Kind.ANONYMOUS].ask(CALLS)).codes == ["UNAUTHENTICATED"]
    rival = called.clients[Kind.OTHER_VENDOR]
    given = {"secretariatId": write_id("Secretariat", called.secretariat)}
    assert ids(await rival.ask(CALLS)) == ids(await rival.ask(CALLS, filter=given)) == []
    for kind in (Kind.OTHER_VENDOR, Kind.EMPLOYEE, Kind.PROSPECT):
        assert (await called.clients[kind].ask(NODE, id=of([call])[0])).data["node"] is None


async def test_agents_see_calls_of_companies_that_they_may_answer_for_a_day_after_their_end(
    called: Called,
) -> None:
    """Also on the board, and as a node; operators see all."""
    other = await make_secretariat(called.place, called.place.other_vendor.id, numbers=())
    operator, colleague = called.place.operator, await make_agent()
    assert colleague.user_id is not None
    await set_agents(
        operator,
        secretariat_id=other,
        expected_version=await version_of("secretariat", other),
        agent_ids=[colleague.user_id],
    )
    ringing = StoredCall(START)
    lately = StoredCall(START - HOUR, outcome=CallOutcome.ABANDONED)
    long_ago = StoredCall(START - 25 * HOUR, outcome=CallOutcome.ABANDONED)
    elsewhere = StoredCall(START - 2 * HOUR, due_at=START + HOUR)
    await store(called, ringing, lately, long_ago)
    await store(called, elsewhere, secretariat=other)
    agent = called.clients[Kind.AGENT]
    assert ids(await agent.ask(CALLS)) == of([ringing, lately])
    assert ids(await agent.ask(BOARD), "callBoard") == of([ringing])
    for hidden in of([long_ago, elsewhere]):
        assert (await agent.ask(NODE, id=hidden)).data["node"] is None
    seen = ids(await called.clients[Kind.OPERATOR].ask(CALLS))
    assert seen == of([ringing, lately, elsewhere, long_ago])


async def test_the_board_has_unanswered_calls_first_and_not_those_whose_deadline_has_passed(
    called: Called,
) -> None:
    """Although no worker has closed them."""
    talking = StoredCall(START - 3 * HOUR, answered_at=START - 2 * HOUR)
    old, new = StoredCall(START - HOUR), StoredCall(START, due_at=START + HOUR)
    passed = StoredCall(START - 4 * HOUR, due_at=START)
    await store(called, talking, new, passed, old)
    agent = called.clients[Kind.AGENT]
    assert ids(await agent.ask(BOARD), "callBoard") == of([old, new, talking])
    (closed,) = [one for one in (await agent.ask(CALLS)).data["calls"]["nodes"] if one["flags"]]
    assert (closed["state"], closed["outcome"], closed["flags"]) == ("FINISHED", "ABANDONED", ["NEVER_ENDED"])


async def test_each_condition_of_the_filter_keeps_its_calls(called: Called, database: Database) -> None:
    """What a passed deadline makes of a call counts as what the worker writes."""
    answered = START - HOUR
    message = StoredCall(
        answered, answered, None, CallOutcome.MESSAGE_TAKEN, called.agnes, caller="+493023125902",
        concern="A 100% broken roof_tile",
    )  # fmt: skip
    through = StoredCall(
        START - 2 * HOUR, answered, START, CallOutcome.TRANSFERRED, called.bea,
        [(called.agnes, TransferResult.ACCEPTED)],
    )  # fmt: skip
    passed = StoredCall(START - 3 * HOUR, answered, due_at=START)
    open_ = StoredCall(START - 4 * HOUR, due_at=START + HOUR, caller=None)
    await store(called, message, through, passed, open_)
    owner = called.clients[Kind.OWNER]
    agent = write_id("User", called.place.agent.user_id or called.own)
    for given, kept in (
        ({"outcome": "MESSAGE_TAKEN"}, [message]),
        ({"outcome": "UNFINISHED"}, [passed]),
        ({"employeeId": called.id("agnes")}, [message, through]),
        ({"agentId": agent}, [message, through, passed]),
        ({"flagged": True}, [passed]),
        ({"flagged": False}, [message, through, open_]),
        ({"caller": "+49 30 23125902"}, [message]),
        ({"open": True}, [open_]),
        ({"open": False, "employeeId": called.id("bea")}, [through]),
    ):
        assert ids(await owner.ask(CALLS, filter=given)) == of(kept), given
    period = {"from": (START - 3 * HOUR).isoformat(), "to": (START - HOUR).isoformat()}
    assert ids(await owner.ask(CALLS, period=period)) == of([through, passed])
    year = _period(timedelta(days=366))
    for text, kept in (("100% BROKEN", [message]), ("roofXtile", [])):
        assert ids(await owner.ask(CALLS, filter={"text": text}, period=year)) == of(kept), text


async def test_a_search_for_text_reads_at_most_366_days(called: Called) -> None:
    """No index serves it. Without such a period it is refused to everybody, and blanks are no search."""
    too_long = _period(timedelta(days=366, microseconds=1))
    for kind in (Kind.OWNER, Kind.AGENT, Kind.OPERATOR):
        for period in (None, too_long):
            with recorded_statements() as statements:
                answer = await called.clients[kind].ask(CALLS, filter={"text": "roof"}, period=period)
            (error,) = answer.body["errors"]
            assert error["message"] == (
                "period: a search for text needs a period of at most 366 days. Add one, or shorten it."
            )
            extensions = {"code": "REQUIRED", "reason": "SEARCH_NEEDS_PERIOD", "field": ["period"]}
            assert error["extensions"] == extensions
            assert not [one for one in statements if "ILIKE" in one.sql]
        blank = await called.clients[kind].ask(CALLS, filter={"text": "  "}, period=too_long)
        assert ids(blank) == []


async def test_a_search_for_text_reads_the_notes_of_the_period_alone(called: Called) -> None:
    """One by one, through their index, and not by a join that reads the notes of every company."""
    await store(called, StoredCall(START, START, concern="A roof"))
    with recorded_statements() as statements:
        await called.clients[Kind.OWNER].ask(CALLS, filter={"text": "roof"}, period=_period(HOUR))
    searches = [one for one in statements if "ILIKE" in one.sql]
    assert len(searches) == 2, "the page and its count"
    async with transaction() as conn:
        await fetch(conn, "SET LOCAL enable_seqscan = off")
        for one in searches:
            plan = [row[0] for row in await fetch(conn, f"EXPLAIN {one.sql}", *one.values)]
            assert any("Index Scan using call_note_call_id_key on call_note" in line for line in plan)
            assert not any("~~*" in line for line in plan), "a condition of a join"


def _period(length: timedelta) -> dict[str, str]:
    end = START + HOUR
    return {"from": (end - length).isoformat(), "to": end.isoformat()}


async def test_what_cannot_be_searched_for_is_refused_with_its_field(called: Called) -> None:
    owner, now = called.clients[Kind.OWNER], START.isoformat()
    for given, code, field in (
        ({"filter": {"text": "x" * 101}}, "INVALID", ["filter", "text"]),
        ({"filter": {"caller": "030 1"}}, "INVALID", ["filter", "caller"]),
        ({"filter": {"employeeId": "Call:1"}}, "NOT_FOUND", ["filter", "employeeId"]),
        ({"period": {"from": now, "to": now}}, "INVALID", ["period"]),
    ):
        answer = await owner.ask(CALLS, **given)
        assert (answer.codes, answer.body["errors"][0]["extensions"]["field"]) == ([code], field)


@pytest.mark.parametrize(
    ("kind", "document"),
    [(Kind.OWNER, CALLS), (Kind.OPERATOR, CALLS), (Kind.AGENT, CALLS), (Kind.AGENT, BOARD)],
)
async def test_more_calls_cost_no_more_statements(called: Called, kind: Kind, document: str) -> None:
    def calls() -> list[StoredCall]:
        attempts = [(called.agnes, TransferResult.DECLINED), (called.bea, TransferResult.CALLING)]
        return [StoredCall(START, START, None, None, one, attempts, concern="A roof") for one in
                (called.agnes, called.bea, called.cleo)]  # fmt: skip

    await store(called, calls()[0])
    client = called.clients[kind]
    await client.ask(document)  # the policy, which this process then knows
    with recorded_statements() as few:
        await client.ask(document)
    await store(called, *calls())
    with recorded_statements() as many:
        answer = await client.ask(document)
    field = "calls" if document is CALLS else "callBoard"
    assert (len(many), len(ids(answer, field))) == (len(few), 4)
