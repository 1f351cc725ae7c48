"""Media types and statuses over HTTP, without Node; the audit of `make conformance` checks more of them."""

import pytest

from schema.http.media_type import GRAPHQL_RESPONSE, JSON, negotiated
from schema.http.weights import MOST_ENTRIES
from tests.support.api import Api

SHARED = f"{GRAPHQL_RESPONSE}, {JSON}"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/plain", JSON),
        (JSON, JSON),
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL_RESPONSE),
        (f"{JSON}, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL_RESPONSE};q=0", JSON),
        (f"{GRAPHQL_RESPONSE};q=none", JSON),
        (GRAPHQL_RESPONSE.upper(), GRAPHQL_RESPONSE),
        (f"{'text/plain,' * (MOST_ENTRIES - 1)}{GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{'text/plain,' * MOST_ENTRIES}{GRAPHQL_RESPONSE}", JSON),  # not read, however many there are
    ],
)
def test_the_client_chooses_the_media_type(accept: str | None, media_type: str) -> None:
    assert negotiated(accept) == media_type


@pytest.mark.parametrize(
    ("document", "status", "has_data"),
    [
        ("{ __typename }", 200, True),
        ("{", 400, False),
        ("{ nothing }", 400, False),
        ("query ($id: ID!) { __typename node(id: $id) { id } }", 400, False),
        ("query A { __typename } query B { __typename }", 400, False),
        ("subscription { reveals { __typename } }", 400, False),
    ],
)
async def test_a_request_that_was_not_executed_has_no_data(
    api: Api, document: str, status: int, has_data: bool
) -> None:
    """Only `application/graphql-response+json` reports it by the status as well."""
    for accept, expected in ((GRAPHQL_RESPONSE, status), (SHARED, status)):
        answer = await api.nobody.ask(document, {"Accept": accept})
        assert (answer.status, "data" in answer.body) == (expected, has_data)
        assert answer.headers["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"
    plain = await api.nobody.ask(document, {"Accept": JSON})
    assert plain.headers["content-type"] == f"{JSON}; charset=utf-8"
    assert ("data" in plain.body) == has_data


@pytest.mark.parametrize(
    ("document", "refused"),
    [
        ("{ viewer { user { id } } }", True),
        ('{ leads { nodes { id } } node(id: "x") { id } }', True),
        ("mutation { signOut { signedOut } }", True),
        ('{ __typename node(id: "x") { id } }', False),  # part of it was answered
    ],
)
async def test_a_request_that_requires_signing_in_gets_401(api: Api, document: str, refused: bool) -> None:
    """Without data, and with a challenge; `application/json` has 200 for every well-formed request."""
    answer = await api.nobody.ask(document, {"Accept": SHARED})
    assert set(answer.codes) == {"UNAUTHENTICATED"}
    assert (answer.status, "data" in answer.body) == ((401, False) if refused else (200, True))
    assert answer.headers.get("www-authenticate") == ("Bearer" if refused else None)
    garbage = await api.nobody.ask(document, {"Accept": SHARED, "Authorization": "Bearer garbage"})
    challenge = 'Bearer error="invalid_token"' if refused else None
    assert garbage.headers.get("www-authenticate") == challenge
    plain = await api.nobody.ask(document, {"Accept": JSON})
    assert (plain.status, "data" in plain.body, plain.codes) == (200, True, answer.codes)
    assert "www-authenticate" not in plain.headers


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{ "not a JSON',
        b"[]",
        b"1",
        b'{"query": "\xff"}',
        b'{"query": 1}',
        b'{"query": "{ __typename }", "operationName": {}}',
        b'{"query": "{ __typename }", "operationName": false}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "extensions": "no"}',
    ],
)
async def test_an_invalid_request_is_answered_with_a_graphql_error(
    api: Api, accept: str, body: bytes
) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": accept}
    response = await api.http.post("/graphql", content=body, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (400, f"{accept}; charset=utf-8")
    assert response.json()["errors"][0]["message"]


async def test_a_broken_form_is_a_client_error(api: Api) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=a"):
        headers = {"Content-Type": kind, "GraphQL-Preflight": "1"}
        response = await api.http.post("/graphql", content=b"--b\r\n{}", headers=headers)
        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


async def test_a_mutation_by_get_is_not_allowed(api: Api) -> None:
    response = await api.http.get("/graphql", params={"query": "mutation { signOut { signedOut } }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}
