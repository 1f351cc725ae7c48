"""What HTTP requires around GraphQL: origins, sizes, request ids, methods, uploads, faults."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

import embedded
import settings
from schema.http.endpoint import GraphQLView
from tests.schema.http.conftest import ORIGIN, Served
from tests.schema.http.wire import CURSOR, SECONDS
from tests.support.api import api_settings, running_api
from tests.support.database import Database

EVIL = "https://evil.example"
SIGN_OUT = "mutation { signOut { userErrors { code } } }"


@pytest_asyncio.fixture(loop_scope="session")
async def http(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the real socket, without a token."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}", timeout=SECONDS) as client:
        yield client


async def bearer(served: Served) -> dict[str, str]:
    """Return the header of the vendor's owner."""
    return {"Authorization": f"Bearer {await served.owner_token()}"}


async def lives(served: Served, headers: dict[str, str]) -> bool:
    """Whether the session of these headers is still valid."""
    answer = await served.api.http.post("/graphql", json={"query": CURSOR}, headers=headers)
    return "errors" not in answer.json()


@pytest.mark.parametrize(("origin", "allowed"), [(ORIGIN, True), (EVIL, False), ("null", False)])
async def test_a_preflight_is_answered_for_allowed_origins(
    http: httpx.AsyncClient, origin: str, allowed: bool
) -> None:
    answer = await http.options(
        "/graphql",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type, x-request-id, graphql-preflight",
        },
    )
    assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert answer.status_code == (200 if allowed else 400)
    if allowed:
        assert "authorization" in answer.headers["access-control-allow-headers"].lower()
        assert answer.headers["access-control-max-age"] == "7200"


async def test_a_page_may_send_the_headers_that_clients_and_tracers_add(http: httpx.AsyncClient) -> None:
    """One header that is not listed fails the whole preflight, and with it each request of the page."""
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    names = (
        "apollo-require-preflight, apollographql-client-name, apollographql-client-version, authorization, "
        "baggage, content-type, graphql-client-name, graphql-client-version, sentry-trace, traceparent, "
        "tracestate, x-apollo-operation-name, x-request-id"
    )
    for more, status in (("", 200), (", x-other", 400)):
        headers = {**asked, "Access-Control-Request-Headers": names + more}
        assert (await http.options("/graphql", headers=headers)).status_code == status


async def test_allowed_headers_and_cookies_are_settings(
    database: Database, services: embedded.Services
) -> None:
    """Cookies for the listed origins only; what the API reads is allowed whatever is listed."""
    given = {"allowed_origins": ORIGIN, "allowed_headers": "x-other", "allow_credentials": True}
    async with running_api(api_settings(services, database.url, **given)) as api:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type, x-other",
        }
        for origin, status in ((ORIGIN, 200), (EVIL, 400)):
            answer = await api.http.options("/graphql", headers={**asked, "Origin": origin})
            assert answer.status_code == status
        answer = await api.http.get("/healthz", headers={"Origin": ORIGIN})
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "Origin" in answer.headers["vary"]
        answer = await api.http.get("/healthz", headers={"Origin": EVIL, "Cookie": "a=b"})
        assert "access-control-allow-origin" not in answer.headers


async def test_each_answer_has_the_servers_date(http: httpx.AsyncClient) -> None:
    """By which a client corrects a wrong clock: also those that are refused, missing or of no body."""
    answers = [
        await http.post("/graphql", json={"query": CURSOR}),
        await http.post("/graphql", content="{"),
        await http.get("/nothing"),
        await http.head("/healthz"),
        await http.options("/graphql", headers={"Origin": EVIL, "Access-Control-Request-Method": "POST"}),
    ]
    assert all("date" in answer.headers for answer in answers)


@pytest.mark.parametrize("value", ["*", "x-a x-b", "x:a", "ü"])
def test_allowed_headers_must_be_names(value: str) -> None:
    with pytest.raises(settings.SettingsError, match=r"^ALLOWED_HEADERS: must be names of headers"):
        settings.load(allowed_headers=value)


async def test_only_allowed_origins_may_read_an_answer(http: httpx.AsyncClient) -> None:
    for origin, shown in ((ORIGIN, ORIGIN), (EVIL, None)):
        answer = await http.post(
            "/graphql", json={"query": "{ __typename }"}, headers={"Origin": origin, "X-Request-Id": "mine-1"}
        )
        assert answer.headers.get("access-control-allow-origin") == shown
        assert "access-control-allow-credentials" not in answer.headers
    exposed = (await http.get("/healthz", headers={"Origin": ORIGIN})).headers[
        "access-control-expose-headers"
    ]
    assert set(exposed.split(", ")) == {"Content-Disposition", "Date", "Retry-After", "X-Request-Id"}
    assert answer.headers["x-request-id"] == "mine-1"


async def test_a_malformed_request_id_is_replaced(http: httpx.AsyncClient) -> None:
    for given in ("", "with space", "x" * 65, "petra@prospect.example", "a\tb"):
        answer = await http.get("/healthz", headers={"X-Request-Id": given})
        assert answer.headers["x-request-id"] != given
        assert len(answer.headers["x-request-id"]) == 32


async def test_each_answer_has_an_id(http: httpx.AsyncClient) -> None:
    ids = {(await http.get(path)).headers["x-request-id"] for path in ("/healthz", "/nothing", "/graphql")}
    assert len(ids) == 3


async def test_a_body_that_is_announced_too_large_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/graphql", content=b"x" * 100_001, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=b"])
async def test_a_body_that_turns_out_too_large_is_refused(http: httpx.AsyncClient, media_type: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="0"; filename="f"\r\n\r\n'
        for _ in range(11):
            yield b"x" * 10_000

    headers = {"Content-Type": media_type, "GraphQL-Preflight": "1"}
    answer = await http.post("/graphql", content=pieces(), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_query_may_come_by_get(served: Served, http: httpx.AsyncClient) -> None:
    answer = await http.get("/graphql", params={"query": CURSOR}, headers=await bearer(served))
    assert answer.json()["data"]["viewer"]["feedCursor"]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_a_mutation_by_get_is_refused(served: Served, http: httpx.AsyncClient, accept: str) -> None:
    headers = await bearer(served)
    answer = await http.get("/graphql", params={"query": SIGN_OUT}, headers={**headers, "Accept": accept})
    assert answer.status_code in {400, 405} or "errors" in answer.text
    assert '"signOut":' not in answer.text
    assert "INTERNAL" not in answer.text
    assert await lives(served, headers)


async def test_other_methods_are_refused(http: httpx.AsyncClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert (await http.request(method, "/graphql")).status_code == 405


NO_REQUESTS = [
    b"", b"{", b"5", b"null", b'"text"', b"[]", b"[5]", b"\xff\xfe", b'{"query": 5}', b"{}", b"[" * 50_000,
    b'{"query": "{ __typename }", "variables": 5}', b'{"query": "{ __typename }", "variables": {"a": NaN}}',
    b'{"query": "{ __typename }", "variables": {"a": "\\ud800"}}',
]  # fmt: skip


async def test_a_body_that_is_not_a_request_is_a_client_error(http: httpx.AsyncClient) -> None:
    for content in NO_REQUESTS:
        answer = await http.post("/graphql", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, content
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST", content


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_requests_that_another_sites_form_can_send_are_refused(
    served: Served, http: httpx.AsyncClient, media_type: str
) -> None:
    headers = await bearer(served)
    answer = await http.post(
        "/graphql",
        content=json.dumps({"query": SIGN_OUT}),
        headers={**headers, "Content-Type": media_type},
    )
    assert answer.status_code == 400
    assert await lives(served, headers)


@pytest.mark.parametrize(
    "header", ["GraphQL-Preflight", "Apollo-Require-Preflight", "X-Requested-With", None]
)
async def test_an_upload_needs_a_header_that_no_form_sends(
    served: Served, http: httpx.AsyncClient, header: str | None
) -> None:
    headers = await bearer(served)
    answer = await http.post(
        "/graphql",
        data={"operations": json.dumps({"query": SIGN_OUT}), "map": "{}"},
        files={"unused": ("a.txt", b"text")},
        headers={**headers, **({header: "1"} if header else {})},
    )
    assert answer.status_code == (200 if header else 400)
    assert await lives(served, headers) == (header is None)


NO_UPLOADS = [
    ("{", "{}"), ("{}", "["), ("5", "{}"), ("{}", "5"), ("{}", '{"0": ["variables.file"]}'), ("[]", "{}"),
    ('{"variables": {"file": null}}', '{"unused": ["nowhere.at.all"]}'),
    ('{"variables": {"file": null}}', '{"unused": [5]}'),
]  # fmt: skip


async def test_a_malformed_upload_is_a_client_error(http: httpx.AsyncClient) -> None:
    for operations, places in NO_UPLOADS:
        answer = await http.post(
            "/graphql",
            data={"operations": operations, "map": places},
            files={"unused": ("a.txt", b"text")},
            headers={"GraphQL-Preflight": "1"},
        )
        assert answer.status_code == 400, (operations, places)
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST", (operations, places)


async def test_failures_before_graphql_are_masked_in_graphql_form(
    served: Served, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the secret text")

    monkeypatch.setattr(GraphQLView, "_authenticate", broken)
    answer = await http.post("/graphql", json={"query": CURSOR}, headers={"Origin": ORIGIN})
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["id"] in error["message"]
    assert "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == ORIGIN
