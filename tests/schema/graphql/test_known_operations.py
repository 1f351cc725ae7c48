"""A query that is sent again skips Strawberry's extensions: no client notices, and no right is kept."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest

import schema.accounts.viewer
from models.base.database import connection, fetch
from schema.graphql.known_operations import KnownOperations
from tests.schema.graphql.limits.bomb import bomb
from tests.support.api import Api, Client
from tests.support.scene import Scene
from tests.support.viewers import Kind

VIEWER = "query Who { viewer { id roles } }"
LEADS = "query ($first: Int = 3) { leads(first: $first) { nodes { id contact { email } } } }"
SIGN_OUT = "mutation { signOut { userErrors { code } } }"


@pytest.fixture
def known() -> Iterator[list[bool]]:
    """Note of each request whether it was answered as a known query."""
    noted: list[bool] = []
    execute = KnownOperations.execute

    async def note(self: KnownOperations, *given: object, **named: object) -> object:
        result = await execute(self, *given, **named)  # type: ignore[arg-type]
        noted.append(result is not None)
        return result

    answer = KnownOperations.answer

    async def note_answer(self: KnownOperations, *given: object) -> object:
        result = await answer(self, *given)  # type: ignore[arg-type]
        noted.extend([True] * (result is not None))
        return result

    with mock.patch.multiple(KnownOperations, execute=note, answer=note_answer):
        yield noted


def new(document: str) -> str:
    """Return a document that nobody has sent."""
    return f"{document} # {uuid4().hex}"


async def twice(client: Client, document: str, **variables: object) -> tuple[object, object]:
    """Send an operation twice; return status, body and type of each answer."""
    answers = [await client.ask(document, **variables) for _ in range(2)]
    first, second = ((one.status, one.body, one.headers["content-type"]) for one in answers)
    return first, second


async def test_a_known_query_has_the_answer_that_it_had_at_first(scene: Scene, known: list[bool]) -> None:
    vendor = scene.clients[Kind.OWNER]
    for document in (VIEWER, "{ __typename }", "{ viewer { ...V } } fragment V on Viewer { id }"):
        first, second = await twice(vendor, new(document))
        assert first == second
        assert known == [False, True]
        known.clear()


async def test_an_error_of_a_known_query_is_the_same(scene: Scene, known: list[bool]) -> None:
    """Of a field, of a variable that is not of its type, and of one that is missing."""
    vendor = scene.clients[Kind.OWNER]
    needs = new(
        "query ($id: ID!, $first: Int) { node(id: $id) { id } leads(first: $first) { nodes { id } } }"
    )
    await vendor.ask(needs, id="nothing", first=1)
    known.clear()
    for variables in ({"id": "x", "first": -1}, {"id": "x", "first": "x"}, {"first": 1}):
        answer = await vendor.ask(needs, **variables)
        unknown = await vendor.ask(new(needs), **variables)
        assert answer.body["errors"] == unknown.body["errors"]
        assert (answer.status, answer.body.get("data")) == (unknown.status, unknown.body.get("data"))
        assert known == [True, False]
        known.clear()


async def test_a_mutation_and_an_anonymous_query_take_the_way_of_the_extensions(
    scene: Scene, api: Api, known: list[bool]
) -> None:
    for _ in range(2):
        assert (await api.nobody.ask(VIEWER)).codes == ["UNAUTHENTICATED"]
        await scene.clients[Kind.OWNER].ask("mutation { tokenRefresh(input: {}) { userErrors { code } } }")
    assert not any(known)


async def test_a_session_that_ended_is_refused_at_the_next_request(scene: Scene, api: Api) -> None:
    client = await api.client(scene.market.vendor.owner.user_id)
    for _ in range(2):
        assert (await client.ask(VIEWER)).data["viewer"]["roles"] == ["OWNER"]
    await client.ask(SIGN_OUT)
    answer = await client.ask(VIEWER)
    assert [error["extensions"]["reason"] for error in answer.body["errors"]] == ["SESSION_ENDED"]


async def test_a_user_who_was_blocked_is_refused_at_the_next_request(scene: Scene, api: Api) -> None:
    user_id = scene.market.vendor.owner.user_id
    client = await api.client(user_id)
    for _ in range(2):
        assert (await client.ask(VIEWER)).data["viewer"]["roles"] == ["OWNER"]
    await fetch(connection(), "UPDATE users SET disabled_at = clock_timestamp() WHERE id = $1", user_id)
    assert (await client.ask(VIEWER)).codes == ["UNAUTHENTICATED"]


async def test_a_role_that_was_changed_applies_to_the_next_request(scene: Scene, api: Api) -> None:
    user_id = scene.market.vendor.owner.user_id
    client = await api.client(user_id)
    for _ in range(2):
        assert (await client.ask(VIEWER)).data["viewer"]["roles"] == ["OWNER"]
    await fetch(connection(), "UPDATE users SET account_role = 'MEMBER' WHERE id = $1", user_id)
    assert (await client.ask(VIEWER)).data["viewer"]["roles"] == ["MEMBER"]


async def test_a_token_expires_at_its_time_although_it_is_known(scene: Scene, api: Api) -> None:
    client = await api.client(scene.market.vendor.owner.user_id)
    for _ in range(2):
        assert (await client.ask(VIEWER)).data["viewer"]
    api.clock.offset += timedelta(minutes=15)
    answer = await client.ask(VIEWER)
    assert [error["extensions"]["reason"] for error in answer.body["errors"]] == ["TOKEN_EXPIRED"]


async def test_requests_of_one_turn_are_each_of_their_own_user(scene: Scene, api: Api) -> None:
    """Their sessions are read by one statement; one of them has ended."""
    users = [scene.market.vendor.owner, scene.market.other_vendor.owner, scene.market.prospect.viewer]
    clients = [await api.client(user.user_id) for user in users]
    ended = await api.client(users[0].user_id)
    await ended.ask(SIGN_OUT)
    asked = [*clients, ended, *reversed(clients)]
    answers = await asyncio.gather(*(client.ask(VIEWER) for client in asked))
    ids = [(one.body.get("data") or {}).get("viewer") for one in answers]
    own = [(await client.ask(VIEWER)).data["viewer"] for client in clients]
    assert ids == [*own, None, *reversed(own)]
    assert len({one["id"] for one in own}) == len(own)


async def test_other_variables_are_measured_anew(scene: Scene, known: list[bool]) -> None:
    """Also the default, which costs what it says; a cost over the limit and too many values are refused."""
    vendor, document = scene.clients[Kind.OWNER], new(LEADS)
    costs = []
    for variables in ({"first": 2}, {"first": 2}, {"first": 9}, {}):
        answer = await vendor.ask(document, **variables)
        costs.append(answer.body["extensions"]["cost"]["requested"])
    assert known == [False, True, True, True]
    assert costs[0] == costs[1] < costs[3] < costs[2]
    answer = await vendor.ask(document, first=2, more=[0] * 30_000)
    assert answer.body["errors"][0]["extensions"]["limit"] == "values"
    assert known[-1] is False


async def test_the_contact_data_that_an_operator_sees_is_logged_each_time(
    scene: Scene, known: list[bool]
) -> None:
    operator, document = scene.clients[Kind.OPERATOR], new(LEADS)
    looks = []
    for _ in range(3):
        answer = await operator.ask(document)
        assert any(one["contact"] for one in answer.data["leads"]["nodes"])
        (row,) = await fetch(connection(), "SELECT count(*) AS looks FROM contact_access")
        looks.append(row["looks"])
    assert known == [False, True, True]
    assert 0 < looks[0] < looks[1] < looks[2]


async def test_a_fault_of_a_known_query_is_masked(
    scene: Scene, known: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the id of the fault, its path and its location, as at first."""
    vendor = scene.clients[Kind.OWNER]
    document = new("{ viewer { feedCursor } }")

    async def fails(*_: object) -> None:
        raise LookupError("secret")

    monkeypatch.setattr(schema.accounts.viewer, "feed_position", fails)
    errors = []
    for _ in range(2):
        answer = await vendor.ask(document)
        (error,) = answer.body["errors"]
        assert "secret" not in str(answer.body)
        fault_id = error["extensions"].pop("id")
        assert error["message"] == f"Internal error. Quote {fault_id} if you contact support."
        errors.append({**error, "message": ""})
    assert errors[0] == errors[1]
    assert known == [False, True]


async def test_a_bomb_is_refused_each_time(scene: Scene, known: list[bool]) -> None:
    for _ in range(2):
        answer = await scene.clients[Kind.OWNER].ask(bomb(25))
        assert [error["extensions"]["limit"] for error in answer.body["errors"]] == ["depth", "aliases"]
    assert known == [False, False]
