"""Which subscriptions can be sent the same results, and how a result is executed once for all of them."""

import asyncio
from collections.abc import Awaitable
from functools import partial

import orjson
import pytest
from graphql import (
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    parse,
    validate,
)

from schema.graphql.following.shareable import is_shareable
from schema.graphql.following.shared_results import Execute, Results, SharedData, SharedResults
from tests.support.schemas import CORE

CALL = "subscription ($after: Cursor) { callUpdates(after: $after) { ... on CallEvent { %s } } }"
EVERYTHING_READ = """cursor change at mine call {
    id version dialled startedAt answeredAt hungUpAt endedAt forgottenAt state outcome flags closesAt
    waitSeconds talkSeconds transferredSeconds summary caller callerShown callerTrust agent { name me }
    attempts { id ordinal result startedAt endedAt talkSeconds measured messageForCaller }
    note { version name company phone concern urgent callbackBy }
    secretariat { id greeting language timeZone state phoneNumbers vendor { id name } } }"""
# Each depends on the viewer, the language, the time, or rows that are read with the viewer's rights.
NOT_SHAREABLE = [
    "call { closing { message } }",
    "call { script { greeting } }",
    "call { routes { routes { action } } }",
    "call { notices { id } }",
    "call { wantedEmployee { id } }",
    "call { lead { id } }",
    "call { note { answers { key } } }",
    "call { attempts { employee { id } } }",
    "call { attempts { decision { message } } }",
    "call { secretariat { account { id } } }",
    "call { secretariat { retentionDays } }",
    "call { secretariat { greetingSpokenBy } }",
    "call { secretariat { employees(first: 1) { nodes { id } } } }",
]


def shareable(text: str) -> bool:
    """Whether the only operation of a valid document is shareable."""
    document = parse(text)
    assert not validate(CORE, document)
    (operation,) = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    return is_shareable(CORE, operation, fragments)


def test_what_is_read_from_the_event_alone_is_shareable() -> None:
    assert shareable(CALL % EVERYTHING_READ)
    assert shareable(
        """subscription Board { news: callUpdates { __typename ...Event ... on FeedGap { cursor missed } } }
        fragment Event on CallEvent { __typename at ...Ringing call { ...Shown } }
        fragment Ringing on CallEvent { call { ...Shown } }
        fragment Shown on Call { id name: dialled }"""
    )


@pytest.mark.parametrize("field", NOT_SHAREABLE)
def test_one_field_that_depends_on_more_makes_the_whole_selection_unshareable(field: str) -> None:
    """Wherever it is: beside the others, under another name, or in a fragment."""
    assert not shareable(CALL % field)
    assert not shareable(CALL % f"{EVERYTHING_READ} {field}")
    assert not shareable(CALL % f"... {{ ... on CallEvent {{ {field} }} }}")
    assert not shareable(
        f"subscription {{ callUpdates {{ ...One }} }} fragment One on CallEvent {{ ...Other }} "
        f"fragment Other on CallEvent {{ at {field} }}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "subscription ($no: Boolean!) { callUpdates { ... on CallEvent { at @skip(if: $no) cursor } } }",
        "subscription ($no: Boolean!) { callUpdates { ... on CallEvent @include(if: $no) { at } } }",
        """subscription ($no: Boolean!) { callUpdates { ...One @skip(if: $no) } }
        fragment One on CallEvent { at }""",
    ],
)
def test_a_directive_makes_it_unshareable(text: str) -> None:
    """Its variable is another value for each client."""
    assert not shareable(text)


async def result_of(results: Results, key: object, answer: Execute) -> object:
    """Return the data of a result, or its errors."""
    found = results.result(key, answer)
    result = found if isinstance(found, ExecutionResult) else await found
    return result.errors or result.data


async def test_a_result_is_executed_once_for_each_key() -> None:
    results, executed = Results(), list[str]()

    def execute(key: str) -> ExecutionResult:
        executed.append(key)
        return ExecutionResult({"key": key}, None)

    for key in ("one", "other", "one", "other"):
        assert await result_of(results, key, partial(execute, key)) == {"key": key}
    assert executed == ["one", "other"]


async def test_a_result_that_is_loaded_is_waited_for_by_all_and_the_first_may_leave() -> None:
    results, executed, go_on = Results(), list[str](), asyncio.Event()

    async def load(who: str) -> ExecutionResult:
        executed.append(who)
        await go_on.wait()
        return ExecutionResult({"loaded": True}, None)

    asking = []
    for who in ("first", "second", "third"):
        asking.append(asyncio.create_task(result_of(results, "one", partial(load, who))))
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking[0].cancel()
    go_on.set()
    assert await asyncio.gather(*asking[1:]) == [{"loaded": True}] * 2
    assert executed == ["first"]
    assert await result_of(results, "one", partial(load, "late")) == {"loaded": True}
    assert executed == ["first"]


@pytest.mark.parametrize("loads", [False, True])
async def test_an_error_is_nobody_elses(*, loads: bool) -> None:
    """Each executes for itself: what one may not see, or a fault, is not told to another."""
    results = Results()

    def execute(error: GraphQLError) -> ExecutionResult | Awaitable[ExecutionResult]:
        result = ExecutionResult(None, errors=[error])

        async def load() -> ExecutionResult:
            await asyncio.sleep(0)
            return result

        return load() if loads else result

    errors = [GraphQLError(name) for name in ("one", "two", "three")]
    found = await asyncio.gather(*[result_of(results, "one", partial(execute, error)) for error in errors])
    assert found == [[error] for error in errors]
    assert await result_of(results, "one", partial(execute, errors[1])) == [errors[1]]


async def test_a_fault_while_it_is_loaded_is_nobody_elses() -> None:
    results = Results()

    async def fail() -> ExecutionResult:
        await asyncio.sleep(0)
        raise ConnectionError

    async def load() -> ExecutionResult:
        return ExecutionResult({"loaded": True}, None)

    found = await asyncio.gather(
        *[result_of(results, "one", execute) for execute in (fail, load)], return_exceptions=True
    )
    assert isinstance(found[0], ConnectionError)
    assert found[1] == {"loaded": True}


async def test_results_belong_to_what_was_read_and_are_stored_for_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("schema.graphql.following.shared_results.SHARED_SECONDS", 0.0)
    shared, one, other = SharedResults(), object(), object()
    first = shared.of(one)
    assert shared.of(one) is first
    assert shared.of(one, relation=True) is shared.of(one, relation=True) is not first
    assert shared.of(other) is not first
    await asyncio.sleep(0.01)
    assert shared._of == {}


def test_data_is_encoded_once() -> None:
    data = SharedData({"at": 1})
    assert orjson.dumps(data.encoded) == b'{"at":1}'
    data["at"] = 2
    assert orjson.dumps(data.encoded) == b'{"at":1}'
