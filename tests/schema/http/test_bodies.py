"""Body size limits: only an upload of a signed-in user may be large."""

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping

import httpx
import pytest
import pytest_asyncio
from starlette.types import Receive, Scope, Send

import embedded
from schema.http.bodies import (
    BODIES,
    FROM_NOBODY,
    SMALL,
    UPLOADS,
    UPLOADS_PER_USER,
    BodyLimit,
    allow_large,
)
from tests.schema.http.wire import SECONDS
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
    """Return a request as JSON with this many bytes."""
    text = json.dumps({"query": "{ __typename }", "variables": {"x": ""}})
    return text.replace('""', f'"{"x" * (size - len(text))}"').encode()


def form_of(size: int) -> bytes:
    """Return an upload with this many bytes and the boundary `b`."""
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
    """Yield a body without a declared length."""
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


def refused(answer: httpx.Response) -> tuple[int, object]:
    """Return the status and, if the body is too large, the allowed size."""
    error = answer.json().get("errors", [{}])[0]
    return answer.status_code, error.get("extensions", {}).get("allowed")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_json_body_has_its_own_limit(http: httpx.AsyncClient, announced: bool) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer x"}
    for size, expected in ((JSON, (200, None)), (JSON + 1, (413, JSON))):
        body = json_of(size)
        content = body if announced else pieces(body)
        answer = await http.post("/graphql", content=content, headers=headers)
        assert refused(answer) == expected
    assert "larger than 20000 bytes" in answer.text
    assert "multipart/form-data" in answer.text


@pytest.mark.parametrize("announced", [True, False])
async def test_an_upload_of_a_signed_in_user_may_be_large(
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
async def test_an_anonymous_upload_is_refused_before_it_is_read(
    http: httpx.AsyncClient, announced: bool, token: str | None
) -> None:
    """It may be as large as JSON, and the error says to sign in."""
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
    assert "with a valid token" in answer.text


@pytest.mark.parametrize("path", ["/graphql", "/healthz", "/nothing"])
async def test_no_other_path_accepts_a_large_body(path: str) -> None:
    """No more than the limit is read, whichever code reads it."""
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


class Arriving:
    """A request whose body arrives in pieces that the test sends, and never ends by itself."""

    def __init__(self, app: BodyLimit, *headers: tuple[bytes, bytes], user: str | None = None) -> None:
        self.sent: list[dict[str, object]] = []
        self._pieces: asyncio.Queue[bytes] = asyncio.Queue()
        scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": list(headers), "user": user}
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, object]:
        return {"type": "http.request", "body": await self._pieces.get(), "more_body": True}

    async def _send(self, message: MutableMapping[str, object]) -> None:
        self.sent.append(dict(message))

    async def arrives(self, size: int) -> None:
        """Send one more piece."""
        self._pieces.put_nowait(b"x" * size)
        for _ in range(5):
            await asyncio.sleep(0)

    @property
    def status(self) -> object:
        """The status of the response, if any."""
        return self.sent[0]["status"] if self.sent else None

    async def leave(self) -> None:
        """Disconnect."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def holding_limit(most: int = FROM_NOBODY) -> BodyLimit:
    """Wrap an application that reads forever in the limit; a request with `user` is signed in."""

    async def reads(scope: Scope, receive: Receive, send: Send) -> None:
        del send
        if scope["user"] is not None:
            allow_large(scope, scope["user"])
        while True:
            await receive()

    return BodyLimit(reads, json=most, upload=1_000_000)


async def test_endless_bodies_stay_within_the_shared_memory_limit() -> None:
    """Small bodies still pass, and reserved memory is released."""
    app = holding_limit()
    held = [Arriving(app) for _ in range(BODIES + BODIES // 2)]
    for one in held:
        await one.arrives(100_000)
    assert {one.status for one in held} == {None, 503}
    assert sum(one.status is None for one in held) == BODIES * 100_000 // (100_000 - SMALL)
    small = [Arriving(app) for _ in range(50)]
    for one in small:
        await one.arrives(SMALL)
    assert {one.status for one in small} == {None}
    for one in (*held, *small):
        await one.leave()
    again = [Arriving(app) for _ in range(BODIES)]
    for one in again:
        await one.arrives(100_000)
    assert {one.status for one in again} == {None}
    for one in again:
        await one.leave()


async def test_a_user_can_upload_two_files_concurrently() -> None:
    """A third is refused as soon as it exceeds the limit of JSON; other users have their own limit."""
    app = holding_limit()
    headers = ((b"content-type", b"multipart/form-data; boundary=b"), (b"authorization", b"Bearer x"))
    mine = [Arriving(app, *headers, user="me") for _ in range(UPLOADS_PER_USER + 1)]
    other = Arriving(app, *headers, user="other")
    for one in (*mine, other):
        await one.arrives(900_000)
    assert [one.status for one in mine] == [None] * UPLOADS_PER_USER + [429]
    assert other.status is None
    await mine[0].leave()
    again = Arriving(app, *headers, user="me")
    await again.arrives(900_000)
    assert again.status is None
    for one in (*mine, other, again):
        await one.leave()


async def test_all_uploads_together_stay_within_the_memory_limit() -> None:
    """Whichever users send them."""
    app = holding_limit()
    headers = ((b"content-type", b"multipart/form-data; boundary=b"), (b"authorization", b"Bearer x"))
    held = [Arriving(app, *headers, user=str(number)) for number in range(UPLOADS + 2)]
    for one in held:
        await one.arrives(1_000_000)
    assert [one.status for one in held] == [None] * UPLOADS + [503] * 2
    for one in held:
        await one.leave()


@pytest.mark.parametrize(
    "charset",
    ["punycode", '"punycode"', "utf-8; charset=punycode", "punycode; charset=utf-8", "UTF-7", "x" * 5_000],
)
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=b"])
async def test_a_client_cannot_choose_the_codec(http: httpx.AsyncClient, kind: str, charset: str) -> None:
    """Python's punycode codec takes half a minute for a megabyte, and each unknown name stays in memory."""
    headers = {"Content-Type": f"{kind}; charset={charset}", "GraphQL-Preflight": "1"}
    answer = await http.post("/graphql", content=b"{}", headers=headers)
    assert answer.status_code == 415
    assert "UTF-8" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8", "us-ascii"])
async def test_common_encodings_are_read(http: httpx.AsyncClient, charset: str) -> None:
    """JSON is UTF-8, whatever the header says."""
    headers = {"Content-Type": f"application/json; charset={charset}"}
    answer = await http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)
    assert answer.json()["data"] == {"__typename": "Query"}


async def test_anonymous_bodies_are_small() -> None:
    """A tenth of a megabyte; with a valid token, the limit is that of JSON."""
    app = holding_limit(2 * FROM_NOBODY)
    nobody, somebody = Arriving(app), Arriving(app, user="me")
    found = []
    for one in (nobody, somebody):
        for size in (FROM_NOBODY, 1):
            await one.arrives(size)
            found.append(one.status)
    assert found == [None, 413, None, None]
    await somebody.leave()
