"""How large a body may be: an upload of somebody signed in is the only large one."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

import embedded
from schema.edge import BodyLimit
from tests.schema.transport.wire import SECONDS
from tests.support.api import Api, api_settings, listening, running_api
from tests.support.database import Database
from tests.support.marketplace import make_marketplace

JSON, UPLOAD = 20_000, 100_000
DOCUMENT = """mutation ($f: Upload!) { complaintFile(input: {idempotencyKey: "k", file: $f}) {
    userErrors { code } } }"""


@pytest_asyncio.fixture(loop_scope="session")
async def api(database: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application with small limits."""
    settings = api_settings(services, database.url, request_body_limit=UPLOAD, json_body_limit=JSON)
    async with running_api(settings) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def http(api: Api) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the real socket."""
    async with (
        listening(api.app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=SECONDS) as client,
    ):
        yield client


def json_of(size: int) -> bytes:
    """A request as JSON of this many bytes."""
    text = json.dumps({"query": "{ __typename }", "variables": {"x": ""}})
    return text.replace('""', f'"{"x" * (size - len(text))}"').encode()


def form_of(size: int) -> bytes:
    """An upload of this many bytes, by the boundary `b`."""
    parts = {
        "operations": json.dumps({"query": DOCUMENT, "variables": {"f": None}}),
        "map": '{"0": ["variables.f"]}',
    }
    body = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in parts.items()
    )
    body += b'--b\r\nContent-Disposition: form-data; name="0"; filename="f.csv"\r\n\r\n'
    return body + b"x" * (size - len(body) - 9) + b"\r\n--b--\r\n"


async def pieces(body: bytes) -> AsyncIterator[bytes]:
    """A body that does not say before how long it is."""
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


def refused(answer: httpx.Response) -> tuple[int, object]:
    """The status, and how much is allowed where it is too much."""
    error = answer.json().get("errors", [{}])[0]
    return answer.status_code, error.get("extensions", {}).get("allowed")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_of_json_has_a_limit_of_its_own(http: httpx.AsyncClient, announced: bool) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
    for size, expected in ((JSON, (200, None)), (JSON + 1, (413, JSON))):
        body = json_of(size)
        content = body if announced else pieces(body)
        answer = await http.post("/graphql", content=content, headers=headers)
        assert refused(answer) == expected
    assert "larger than 20000 bytes" in answer.text
    assert "multipart/form-data" in answer.text


@pytest.mark.parametrize("announced", [True, False])
async def test_an_upload_of_somebody_signed_in_may_be_large(
    api: Api, http: httpx.AsyncClient, announced: bool
) -> None:
    market = await make_marketplace()
    token = await api.token(market.vendor.owner.user_id)
    for size, expected in ((UPLOAD, (200, None)), (UPLOAD + 1, (413, UPLOAD))):
        answer = await http.post(
            "/graphql",
            content=form_of(size) if announced else pieces(form_of(size)),
            headers={
                "Content-Type": "multipart/form-data; boundary=b",
                "GraphQL-Preflight": "1",
                "Authorization": f"Bearer {token}",
            },
        )
        assert refused(answer) == expected


@pytest.mark.parametrize("token", [None, "Bearer a.b.c", "Basic x"])
@pytest.mark.parametrize("announced", [True, False])
async def test_an_upload_of_nobody_is_refused_before_it_is_read(
    http: httpx.AsyncClient, announced: bool, token: str | None
) -> None:
    """It may have what JSON may have, and is told to sign in."""
    for size, status in ((JSON, 200), (JSON + 1, 413), (UPLOAD - 1, 413)):
        answer = await http.post(
            "/graphql",
            content=form_of(size) if announced else pieces(form_of(size)),
            headers={
                "Content-Type": "multipart/form-data; boundary=b",
                "GraphQL-Preflight": "1",
                **({"Authorization": token} if token else {}),
            },
        )
        assert answer.status_code == status
    assert "with a good token" in answer.text


@pytest.mark.parametrize("path", ["/graphql", "/healthz", "/nothing"])
async def test_no_other_path_takes_a_large_body(path: str) -> None:
    """Nor is more read than the limit, whoever reads it."""
    read = 0

    async def reads(scope: object, receive: object, send: object) -> None:
        nonlocal read
        del scope, send
        while True:
            message = await receive()  # type: ignore[operator]
            read += len(message["body"])

    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * 1_000, "more_body": True}

    scope = {
        "type": "http",
        "path": path,
        "method": "POST",
        "headers": [(b"content-type", b"application/json")],
    }
    await BodyLimit(reads, json=JSON, upload=UPLOAD)(scope, receive, send)
    assert read == JSON
    assert "413" in str(sent)
