"""Each error of GraphQL itself has a code for its kind, over every transport.

Refusals by resolvers have their own codes and are tested elsewhere.
"""

import json

import pytest

from models.base.database import connection, fetch
from tests.support.api import Api
from tests.support.marketplace import make_marketplace

# With an anonymous field in the operation, variables are read before the client gets UNAUTHENTICATED.
LEADS = "query ($first: Int) { __typename leads(first: $first) { totalCount } }"
FILTER = "query ($filter: LeadFilter) { __typename leads(filter: $filter) { totalCount } }"
WRONG: list[tuple[str, dict[str, object], str]] = [
    ("{", {}, "GRAPHQL_PARSE_FAILED"),
    ("{ viewer(", {}, "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ('{ leads(first: "many") { totalCount } }', {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query A($id: ID) { __typename }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query ($id: ID!) { __typename node(id: $id) { id } }", {}, "BAD_USER_INPUT"),
    (LEADS, {"first": "many"}, "BAD_USER_INPUT"),
    ("query ($ids: [ID!] = []) { __typename nodes(ids: $ids) { id } }", {"ids": None}, "BAD_USER_INPUT"),
    (FILTER, {"filter": {"nothing": 1}}, "BAD_USER_INPUT"),
    ("query ($on: Boolean!) { __typename @skip(if: $on) }", {}, "BAD_USER_INPUT"),
    ("query A { __typename } query B { __typename }", {}, "BAD_REQUEST"),
    ("fragment F on Query { __typename }", {}, "BAD_REQUEST"),
]


@pytest.mark.parametrize(("document", "variables", "code"), WRONG)
async def test_an_error_of_graphql_has_a_code(
    api: Api, document: str, variables: dict[str, object], code: str
) -> None:
    answer = await api.nobody.ask(document, **variables)
    assert answer.codes == [code]


@pytest.mark.parametrize(("document", "variables", "code"), WRONG)
async def test_an_error_has_the_same_code_in_a_stream(
    api: Api, document: str, variables: dict[str, object], code: str
) -> None:
    response = await api.http.post(
        "/graphql", json={"query": document, "variables": variables}, headers={"Accept": "text/event-stream"}
    )
    (event,) = (json.loads(line[5:]) for line in response.text.splitlines() if line.startswith("data: {"))
    assert [error["extensions"]["code"] for error in event["errors"]] == [code]


async def test_a_cached_document_fails_with_the_same_code(api: Api) -> None:
    answers = [await api.nobody.ask("{ nothing }") for _ in range(2)]
    assert [answer.codes for answer in answers] == [["GRAPHQL_VALIDATION_FAILED"]] * 2


async def test_an_unknown_operation_is_a_bad_request(api: Api) -> None:
    body = {"query": "query A { __typename }", "operationName": "B"}
    answer = (await api.http.post("/graphql", json=body)).json()
    assert answer["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


async def test_a_value_that_its_type_cannot_write_is_masked(api: Api) -> None:
    """An Int has 32 bits; graphql-core quotes a value that has more."""
    place = await make_marketplace()
    await fetch(connection(), "UPDATE balance SET available = 3000000000 RETURNING id")
    vendor = await api.client(place.vendor.owner.user_id)
    answer = await vendor.ask("{ viewer { account { points } } }")
    assert answer.codes == ["INTERNAL"]
    assert "3000000000" not in str(answer.body)
