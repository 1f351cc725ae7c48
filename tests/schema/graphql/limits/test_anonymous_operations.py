"""Anonymous requests: refused with the same errors as by the resolvers, without reading their variables."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
)

import schema.graphql.limits.extensions
from schema.graphql.limits.anonymous_operations import PUBLIC
from tests.schema.graphql.limits.conftest import Running
from tests.support.api import Answer, Api
from tests.support.marketplace import make_marketplace
from tests.support.schemas import CORE as SCHEMA

ROOTS = [SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type]
FIELDS = [(root, name) for root in ROOTS if root for name in root.fields]


@pytest_asyncio.fixture(loop_scope="session")
async def api(running: Running) -> AsyncIterator[Api]:
    """The application with its usual limits."""
    async with running() as api:
        yield api


def literal(kind: object) -> str:
    """Return a literal that a type accepts."""
    inner = get_nullable_type(kind)  # type: ignore[call-overload]
    if isinstance(inner, GraphQLList):
        return f"[{literal(inner.of_type)}]"
    if isinstance(inner, GraphQLInputObjectType):
        needed = {
            name: field.type for name, field in inner.fields.items() if isinstance(field.type, GraphQLNonNull)
        }
        return "{" + ", ".join(f"{name}: {literal(of)}" for name, of in needed.items()) + "}"
    if isinstance(inner, GraphQLEnumType):
        return str(next(iter(inner.values)))
    return {"Int": "1", "Boolean": "true", "DateTime": '"2026-11-22T09:00:00Z"', "Facts": "{}"}.get(
        inner.name, '"x"'
    )


def arguments(given: dict[str, GraphQLArgument]) -> str:
    """Return the arguments that a field requires."""
    needed = [
        f"{name}: {literal(one.type)}" for name, one in given.items() if isinstance(one.type, GraphQLNonNull)
    ]
    return f"({', '.join(needed)})" if needed else ""


def asking(root: GraphQLObjectType, *names: str, arguments_of: str | None = None) -> str:
    """Return an operation with these root fields."""
    parts = []
    for place, name in enumerate(names):
        field: GraphQLField = root.fields[name]
        given = arguments(field.args) if arguments_of is None else arguments_of
        parts.append(f"r{place}: {name}{given} {{ __typename }}")
    return f"{root.name.lower()} {{ {' '.join(parts)} }}"


async def ask(api: Api, document: str, token: str | None = None, **variables: object) -> Answer:
    """Send the operation, over a stream if it is a subscription."""
    headers = {"Authorization": token} if token else {}
    if not document.startswith("subscription"):
        return await api.nobody.ask(document, headers, **variables)
    answer = await api.http.post(
        "/graphql",
        json={"query": document, "variables": variables},
        headers={**headers, "Accept": "text/event-stream"},
    )
    return Answer(answer.status_code, {"text": answer.text}, answer.headers)


@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Basic x"])
@pytest.mark.parametrize(("root", "name"), FIELDS, ids=str)
async def test_anonymous_requests_get_each_root_fields_own_error(
    api: Api, root: GraphQLObjectType, name: str, token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same text, path and location; a field open to anonymous clients is not refused."""
    document = asking(root, name)
    early = await ask(api, document, token)
    monkeypatch.setattr(schema.graphql.limits.extensions, "refusal", lambda *_: None)
    late = await ask(api, document, token)
    assert (early.status, early.body) == (late.status, late.body)
    assert ("UNAUTHENTICATED" in str(early.body)) is (name not in PUBLIC)


QUERIES = ["viewer", "node", "leads", "nodes", "policies"]


@pytest.mark.parametrize(
    "document",
    [
        asking(SCHEMA.query_type, *QUERIES),  # type: ignore[arg-type]
        "{ node(id: 1) { id } other: node(id: 2) { id } }",
        "{ node(id: 1) { id } viewer { user { id } } node(id: 1) { __typename } }",
        "mutation { signOut { userErrors { code } } again: signOut { userErrors { code } } }",
        "query ($no: Boolean = false) { viewer { user { id } } leads @include(if: $no) { totalCount } }",
        "query ($no: Boolean = false) {"
        " ...F @skip(if: true) ... @include(if: $no) { viewer { __typename } } }"
        " fragment F on Query { viewer { __typename } }",
        "{ ...F ... { node(id: 1) { id } } }"
        " fragment F on Query { node(id: 1) { __typename } a: node(id: 2) { id } }",
        "{ __typename viewer { user { id } } }",
    ],
)
async def test_anonymous_requests_get_the_errors_of_several_root_fields(
    api: Api, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = await ask(api, document)
    monkeypatch.setattr(schema.graphql.limits.extensions, "refusal", lambda *_: None)
    late = await ask(api, document)
    for answer in (early, late):  # fields are resolved at the same time, so their errors have no order
        answer.body.get("errors", []).sort(key=lambda error: error["path"])
    assert (early.status, early.body) == (late.status, late.body)


async def test_variables_of_anonymous_requests_are_not_read(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors in them are shown only to signed-in clients."""
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    wrong: list[object] = [None, 5.5, {}] * 500
    assert (await api.nobody.ask(document, ids=wrong)).codes == ["UNAUTHENTICATED"]
    vendor = await api.client((await make_marketplace()).vendor.owner.user_id)
    assert (await vendor.ask(document, ids=wrong)).codes == ["LIMIT_EXCEEDED"]
    assert set((await vendor.ask(document, ids=wrong[:30])).codes) == {"BAD_USER_INPUT"}


def test_every_anonymous_operation_is_in_the_schema() -> None:
    """A name without a root field would later make a new field of that name public unnoticed."""
    names = {name for _, name in FIELDS}
    assert {name for name in PUBLIC if not name.startswith("__")} <= names
    assert all(get_named_type(root.fields[name].type) for root, name in FIELDS)
