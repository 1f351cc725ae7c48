"""Lists of calls that plans read as rows have the bytes of graphql-core, for every viewer, in every state."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast
from unittest.mock import patch

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.base.keyset import Cut
from models.calls.agents import set_agents
from models.calls.call_list import call_rows
from models.calls.call_tables import TransferResult
from rules.calls.call_mail import CallOutcome
from schema.calls.row_types import TRANSFER_ATTEMPT
from schema.graphql.fast_path.row_types import Loaded
from tests.schema.calls.conftest import PRIVATE, Called
from tests.schema.calls.test_call_lists import store
from tests.support.calls import make_secretariat, version_of
from tests.support.database import Database
from tests.support.every_call import store_every_call
from tests.support.marketplace import START, make_agent
from tests.support.plans import authenticated, both_ways, bytes_of, without_plans
from tests.support.query_recorder import recorded_statements
from tests.support.row_documents import row_document
from tests.support.schemas import CORE
from tests.support.stored_calls import StoredCall, remove_calls
from tests.support.viewers import EVERYBODY, Kind

READERS = {Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.AGENT, Kind.OPERATOR}
HOUR, SECOND, TICK = timedelta(hours=1), timedelta(seconds=1), timedelta(microseconds=1)
OF_THE_BENCHMARK = """{ calls(first: 100) { nodes {
    id version state outcome flags caller callerTrust dialled startedAt answeredAt hungUpAt endedAt
    waitSeconds talkSeconds agent { name } wantedEmployee { id displayName }
    attempts { id ordinal result startedAt } } } }"""
# Documents that are read as rows, with their variables.
COVERED: dict[str, tuple[str, dict[str, Any]]] = {
    "the benchmark's": (OF_THE_BENCHMARK, {}),
    "all that is a column": (row_document(CORE, "calls"), {}),
    "what is loaded": (
        """{ calls(first: 50) { nodes { id agent { me name } secretariat { id timeZone vendor { name } }
             notices { id channel } wantedEmployee { displayName secretariat { id } deputy { id displayName }
             hours { weekday from } } } } }""",
        {},
    ),
    "state alone": ("{ calls { nodes { state } } }", {}),
    "outcome alone": ("{ calls(first: 100) { nodes { outcome } } }", {}),
    "flags alone": ("{ calls(first: 100) { nodes { flags } } }", {}),
    "closing alone": ("{ calls(first: 100) { nodes { closesAt } } }", {}),
    "results alone": ("{ calls(first: 100) { nodes { attempts { result endedAt } } } }", {}),
    "nothing that the clock changes": ("{ calls { nodes { caller note { urgent } summary } } }", {}),
    "no rows of its own": ("{ __typename calls(first: 2) { __typename pageInfo { hasNextPage } } }", {}),
    "edges and cursors": (
        """{ calls(first: 40) { edges { __typename cursor node { id state attempts { id } } }
             nodes { id attempts { id again: id ordinal } flags }
             pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }
             totalCount totalCountIsExact } }""",
        {},
    ),
    "aliases and fragments": (
        """query { mine: calls(first: 60) { ...Page } other: calls(first: 1) { nodes { id } } }
           fragment Page on CallConnection { list: nodes { ...Row ... on Node { id } ... { dialled } } }
           fragment Row on Call { where: state ident: id tried: attempts { ...Try }
               again: attempts { which: id id result } ...Who }
           fragment Who on Call { agent { who: name } wantedEmployee { who: displayName } agent { name } }
           fragment Try on TransferAttempt { id n: ordinal ... on Node { id } }""",
        {},
    ),
    "conditions": (
        """query ($more: Boolean!, $less: Boolean! = true) { calls(first: 100) { nodes { id
             state @include(if: $more) outcome @skip(if: $less) attempts @include(if: $more) { id
             result @skip(if: $less) } note { urgent @skip(if: $less) } } } }""",
        {"more": True},
    ),
    "conditions the other way": (
        """query ($more: Boolean!, $less: Boolean! = true) { calls(first: 100) { nodes { id
             state @include(if: $more) outcome @skip(if: $less) attempts @include(if: $more) { id
             result @skip(if: $less) } note { urgent @skip(if: $less) } } } }""",
        {"more": False, "less": False},
    ),
    "nothing of an attempt": ("{ calls { nodes { attempts { id @skip(if: true) } } } }", {}),
    "arguments by variables": (
        """query ($first: Int, $filter: CallFilter, $period: PeriodInput) {
             calls(first: $first, filter: $filter, period: $period) { nodes { id state outcome } totalCount
             pageInfo { endCursor } } }""",
        {
            "first": 7,
            "filter": {"open": True, "flagged": True},
            "period": {"from": (START - 31 * HOUR).isoformat(), "to": (START + HOUR).isoformat()},
        },
    ),
    "a search": (
        """query ($period: PeriodInput) { calls(filter: {text: "roof", outcome: UNFINISHED},
             period: $period) { nodes { summary flags } } }""",
        {"period": {"from": (START - 31 * HOUR).isoformat(), "to": (START + HOUR).isoformat()}},
    ),
    "an empty page": (
        '{ calls(filter: {caller: "+4930901899"}) { edges { cursor } pageInfo { endCursor } } }',
        {},
    ),
}
# Documents that are not read as rows: as views, or by graphql-core.
VIEWS: dict[str, str] = {
    "addresses of employees": "{ calls { nodes { wantedEmployee { email cc mobile extension } } } }",
    "decisions": "{ calls { nodes { closing { verdict ruleId message } } } }",
    "answers": "{ calls { nodes { note { answers { key value } } } } }",
    "an attempt's employee": "{ calls { nodes { attempts { employee { displayName } } } } }",
    "leads": "{ calls { nodes { lead { id } } } }",
    "the script": "{ calls(first: 3) { nodes { script { greeting } routes { employee { id } } } } }",
}
ERRORS: dict[str, str] = {
    "a page that is too large": "{ calls(first: 101) { nodes { id } } }",
    "a cursor of another list": '{ calls(after: "bm8") { nodes { id } } }',
    "a number that is none": '{ calls(filter: {caller: "12"}) { nodes { id } } }',
    "an id that is none": '{ calls(filter: {employeeId: "Call:1"}) { nodes { id } } }',
    "a search without a period": '{ calls(filter: {text: "roof"}) { nodes { id } } }',
    "a period that ends before it starts": """{ calls(period: {from: "2026-03-02T00:00:00Z",
        to: "2026-03-01T00:00:00Z"}) { nodes { id } } }""",
}


@contextmanager
def counted_rows() -> Iterator[list[int]]:
    """Note the size of each page that is read as rows."""
    pages: list[int] = []

    async def noted(*given: Any, **named: Any) -> Cut:
        found = await call_rows(*given, **named)
        pages.append(len(found.rows))
        return found

    with patch("schema.calls.rows.call_rows", noted):
        yield pages


_FAULT = re.compile(rb"[0-9a-f]{32}|[0-9a-f-]{36}")  # the number of a request, by which faults are found


async def read_both_ways(
    called: Called, kind: Kind, document: str, variables: dict[str, Any] | None = None
) -> tuple[bytes, list[int]]:
    """Compare both ways of answering; return the answer, and the pages that were read as rows for it."""
    with counted_rows() as pages:
        planned, usual, _ = await both_ways(called.clients[kind], document, variables)
    assert _FAULT.sub(b"", planned) == _FAULT.sub(b"", usual), kind
    return planned, pages


@pytest_asyncio.fixture(loop_scope="session")
async def every_call(called: Called) -> AsyncIterator[Called]:
    """Calls in every state, of the vendor and of another company, which one agent alone answers."""
    place, colleague = called.place, await make_agent()
    agent = place.agent.user_id
    assert agent is not None
    assert colleague.user_id is not None
    policy = place.market.policy_id
    own = (called.agnes, called.bea, called.cleo)
    await store_every_call(called.secretariat, policy, agent, own, START)
    other = await make_secretariat(place, place.other_vendor.id, numbers=())
    await set_agents(
        place.operator,
        secretariat_id=other,
        expected_version=await version_of("secretariat", other),
        agent_ids=[colleague.user_id],
    )
    await store(called, StoredCall(START), StoredCall(START - HOUR, due_at=START), secretariat=other)
    await fetch(connection(), "UPDATE employee SET removed_at = $2 WHERE id = $1", called.cleo, START)
    yield called
    await fetch(connection(), "UPDATE employee SET removed_at = NULL WHERE id = $1", called.cleo)
    await remove_calls()


@pytest.mark.parametrize("name", COVERED)
async def test_rows_have_the_bytes_of_graphql_core(every_call: Called, name: str) -> None:
    """For everybody; those who may not read calls have no rows."""
    document, variables = COVERED[name]
    for kind in EVERYBODY:
        answer, pages = await read_both_ways(every_call, kind, document, variables)
        assert bool(pages) is (kind in READERS), kind
        assert (b'"errors"' in answer) is (kind not in READERS), kind


@pytest.mark.parametrize("name", VIEWS)
async def test_what_is_no_column_is_read_as_views_from_the_beginning(every_call: Called, name: str) -> None:
    for kind in EVERYBODY:
        _, pages = await read_both_ways(every_call, kind, VIEWS[name])
        assert pages == [], kind


async def test_what_is_loaded_for_an_attempt_is_not_read_with_the_rows(
    every_call: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if its row type names it: an attempt has no row of its own."""
    document = "{ calls { nodes { id attempts { id employee { id } } } } }"
    monkeypatch.setitem(cast("dict[str, Loaded]", TRANSFER_ATTEMPT.loaded), "employee", Loaded({"id": "id"}))
    _, pages = await read_both_ways(every_call, Kind.OWNER, document)
    assert pages == []


@pytest.mark.parametrize("name", ERRORS)
async def test_what_cannot_be_listed_is_an_error_of_graphql_core(every_call: Called, name: str) -> None:
    for kind in EVERYBODY:
        answer, _ = await read_both_ways(every_call, kind, ERRORS[name])
        assert b'"errors"' in answer, kind


async def test_all_pages_of_rows_follow_one_another(every_call: Called) -> None:
    """The cursor of a call whose deadline has passed is that of its row."""
    document = """query ($after: Cursor) { calls(first: 13, after: $after) {
        nodes { id state } pageInfo { hasNextPage endCursor } } }"""
    for kind in READERS:
        client, after, seen = every_call.clients[kind], None, list[str]()
        while True:
            _, pages = await read_both_ways(every_call, kind, document, {"after": after})
            assert pages
            page = (await client.ask(document, after=after)).data["calls"]
            seen += [one["id"] for one in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        total = (await client.ask("{ calls { totalCount } }")).data["calls"]["totalCount"]
        assert (len(seen), len(set(seen))) == (total, total)


async def test_the_instant_of_the_deadline_closes_a_call_in_a_row(
    every_call: Called, database: Database
) -> None:
    """An open attempt is cancelled then; a microsecond before, both are open."""
    await remove_calls()
    call = StoredCall(
        START - HOUR, START - HOUR, None, None, every_call.agnes,
        [(every_call.bea, TransferResult.CALLING)], due_at=START + HOUR,
    )  # fmt: skip
    await store(every_call, call)
    document = """{ calls { nodes { state outcome flags endedAt closesAt waitSeconds talkSeconds
        attempts { result endedAt } } } }"""
    for at, state, result in (
        (START + HOUR - TICK, "CONSULTING", "CALLING"),
        (START + HOUR, "FINISHED", "CANCELLED"),
        (START + 2 * HOUR, "FINISHED", "CANCELLED"),
    ):
        await database.clock.set(at)
        _, pages = await read_both_ways(every_call, Kind.OWNER, document)
        assert pages
        (found,) = (await every_call.clients[Kind.OWNER].ask(document)).data["calls"]["nodes"]
        assert (found["state"], found["attempts"][0]["result"]) == (state, result)
        assert (found["endedAt"] is None) is (state != "FINISHED")
        assert (found["outcome"], found["flags"]) == (
            ("UNFINISHED", ["NEVER_ENDED"]) if state == "FINISHED" else (None, [])
        )


async def test_an_agent_whose_companies_change_reads_other_rows(every_call: Called) -> None:
    """The rights are part of the statement: a plan keeps none."""
    document = "{ calls(first: 100) { nodes { id } } }"
    agent, place = every_call.clients[Kind.AGENT], every_call.place
    before, _ = await read_both_ways(every_call, Kind.AGENT, document)
    assert b'"nodes":[{' in before
    colleague = await make_agent()
    assert colleague.user_id is not None
    await set_agents(
        place.operator,
        secretariat_id=every_call.secretariat,
        expected_version=await version_of("secretariat", every_call.secretariat),
        agent_ids=[colleague.user_id],
    )
    after, pages = await read_both_ways(every_call, Kind.AGENT, document)
    assert b'"nodes":[]' in after
    assert set(pages) <= {0}
    assert b'"nodes":[]' in await bytes_of(agent, document)


async def test_agents_get_no_addresses_and_numbers_of_employees_in_rows(every_call: Called) -> None:
    for name in ("all that is a column", "what is loaded"):
        answer, pages = await read_both_ways(every_call, Kind.AGENT, *COVERED[name])
        assert pages
        assert not [one for one in PRIVATE if one.encode() in answer]


async def test_an_employee_of_another_company_is_in_no_row(every_call: Called) -> None:
    """No action lets a call want one; if one did, their name would not be shown."""
    document = "{ calls { nodes { wantedEmployee { id displayName } } } }"
    other = await fetch(connection(), "SELECT id FROM secretariat WHERE id <> $1", every_call.secretariat)
    await fetch(
        connection(),
        "UPDATE employee SET secretariat_id = $2 WHERE id = $1",
        every_call.agnes,
        other[0]["id"],
    )
    try:
        answer, pages = await read_both_ways(every_call, Kind.OWNER, document)
    finally:
        await fetch(
            connection(),
            "UPDATE employee SET secretariat_id = $2 WHERE id = $1",
            every_call.agnes,
            every_call.secretariat,
        )
    assert pages
    assert b"Agnes" not in answer
    assert b"Bea" in answer


async def test_a_caller_who_is_erased_is_in_no_row(every_call: Called) -> None:
    """Nor what they left: rows are read anew."""
    document, _ = COVERED["all that is a column"]
    before, _ = await read_both_ways(every_call, Kind.OWNER, document)
    assert b"+493023125901" in before
    assert b"Jo Doe" in before
    await fetch(connection(), "UPDATE call SET caller = NULL, caller_shown = '', forgotten_at = $1", START)
    await fetch(
        connection(), "UPDATE call_note SET caller_name = NULL, company = NULL, phone = NULL, concern = NULL"
    )
    after, pages = await read_both_ways(every_call, Kind.OWNER, document)
    assert pages
    assert b"+493023125901" not in after
    assert b"Jo Doe" not in after


async def test_a_page_of_rows_costs_one_statement(every_call: Called) -> None:
    """However many calls it has, in every state; it also confirms the session of the token."""
    owner = every_call.clients[Kind.OWNER]
    document = COVERED["all that is a column"][0]
    for _ in range(2):
        await bytes_of(owner, document)
    with recorded_statements() as statements, counted_rows() as pages:
        await bytes_of(owner, document)
    assert (len(statements), pages) == (1, [90])


async def test_loaded_fields_of_rows_cost_as_many_statements_as_those_of_views(every_call: Called) -> None:
    document, _ = COVERED["what is loaded"]
    for kind in READERS:
        client = every_call.clients[kind]
        await read_both_ways(every_call, kind, document)
        with recorded_statements() as with_plan, authenticated():
            await bytes_of(client, document)
        with recorded_statements() as without, without_plans():
            await bytes_of(client, document)
        # Views load the employees in one more.
        assert len(without) - 1 <= len(with_plan) <= len(without), kind


async def test_a_page_reads_only_what_it_shows(every_call: Called) -> None:
    document = "{ calls { nodes { id dialled } } }"
    for _ in range(2):
        await bytes_of(every_call.clients[Kind.OWNER], document)
    with recorded_statements() as statements, counted_rows() as pages:
        await bytes_of(every_call.clients[Kind.OWNER], document)
    assert pages
    for table in ("call_note", "transfer_attempt", "employee", "users.name", "deadline", "call.caller"):
        assert table not in statements[-1].sql


async def test_seconds_beyond_32_bits_are_an_error_of_graphql_core(called: Called) -> None:
    """With the library's words, and the rest of the row."""
    call = StoredCall(START - 30_000 * 24 * HOUR, None, START, CallOutcome.ABANDONED)
    await store(called, call)
    try:
        answer, _ = await read_both_ways(called, Kind.OWNER, "{ calls { nodes { id waitSeconds } } }")
    finally:
        await remove_calls()
    assert b'"errors"' in answer
