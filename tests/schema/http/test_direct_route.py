"""A POST to the API without `Origin` goes past CORS and the router; nobody can tell by its response."""

import httpx
import pytest

from tests.schema.http.conftest import ORIGIN, Served

BODY = {"query": "{ viewer { id } }"}
JSON = {"Content-Type": "application/json"}
OWN = {"x-request-id", "access-control-allow-origin", "access-control-expose-headers"}


def shown(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """Return what must not depend on the way."""
    return (
        answer.status_code,
        answer.content,
        {name: value for name, value in answer.headers.items() if name not in OWN},
    )


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b'{"query": "{ viewer { id } }"}', {}),
        (b'{"query": "{ viewer { nothing } }"}', {}),
        (b'{"query": "{ viewer { id } }"}', {"Accept": "application/graphql-response+json"}),
        (b'{"query": "{ viewer { id } }"}', {"Accept": "text/event-stream"}),
        (b'{"query": 1}', {}),
        (b'[{"query": "{ viewer { id } }"}]', {}),
        (b"{", {}),
        (b"", {}),
        (b"null", {}),
        (b'{"query": "{ viewer { id } }", "variables": []}', {}),
        (b'{"query": "{ viewer { id } }", "operationName": 1}', {}),
        (b'{"query": "{ viewer { id } }", "extensions": "x"}', {}),
        (b'{"query": "{ viewer { id } }"}', {"Content-Type": "text/plain"}),
        (b'{"query": "{ viewer { id } }"}', {"Content-Type": "application/json; charset=utf-8"}),
        (b'{"query": "{ viewer { id } }"}', {"Content-Type": "application/json; charset=utf-16"}),
        (b'{"query": "{ viewer { id } }"}', {"Authorization": "Basic x"}),
        (b'{"query": "{ viewer { id } }"}', {"Authorization": "Bearer x"}),
        (b" " * 100_001, {}),
    ],
)
async def test_the_response_is_that_of_the_whole_way(
    served: Served, content: bytes, headers: dict[str, str]
) -> None:
    """Twice, because a known document is answered otherwise."""
    sent = {**JSON, "Authorization": f"Bearer {await served.owner_token()}", **headers}
    for _ in range(2):
        direct = await served.api.http.post("/graphql", content=content, headers=sent)
        whole = await served.api.http.post("/graphql", content=content, headers={**sent, "Origin": ORIGIN})
        assert shown(direct) == shown(whole)
        assert "Origin" in direct.headers["vary"]
        assert "access-control-allow-origin" not in direct.headers


async def test_a_request_id_of_the_client_comes_back(served: Served) -> None:
    """If it is well-formed; otherwise the server's."""
    for given, well_formed in (("mine-1", True), ("mine 1", False), ("ü", False)):
        sent = httpx.Headers({"X-Request-Id": given}, encoding="latin-1")
        answer = await served.api.http.post("/graphql", json=BODY, headers=sent)
        assert (answer.headers["x-request-id"] == given) is well_formed
