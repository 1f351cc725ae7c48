"""Response headers for browsers and proxies, and which proxies are trusted for client addresses."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import settings
from schema.http.headers import RequestLog, failed
from tests.schema.http.conftest import Served
from tests.schema.http.wire import CURSOR, SECONDS
from tests.support.api import listening

BODY = {"query": "{ __typename }"}
ANSWERS: list[tuple[str, str, dict[str, object]]] = [
    ("POST", "/graphql", {"json": BODY}),
    ("POST", "/graphql", {"json": {"query": "{"}}),
    ("POST", "/graphql", {"json": BODY, "headers": {"Accept": "text/event-stream"}}),
    ("POST", "/graphql", {"content": b"x" * 100_001, "headers": {"Content-Type": "application/json"}}),
    ("POST", "/graphql", {"content": b"{", "headers": {"Content-Type": "application/json"}}),
    ("GET", "/graphql", {"params": BODY}),
    ("GET", "/graphql", {"params": {"query": CURSOR}}),
    ("GET", "/graphql", {"headers": {"Accept": "text/html"}}),
    ("GET", "/graphql", {}),
    ("PUT", "/graphql", {}),
]
OTHERS: list[tuple[str, str, dict[str, object]]] = [
    ("GET", path, {}) for path in ("/healthz", "/readyz", "/metrics", "/nothing", "/files/x", "/")
]


@pytest.mark.parametrize(("method", "path", "given"), ANSWERS + OTHERS)
async def test_answers_are_not_cached_and_types_are_not_sniffed(
    served: Served, method: str, path: str, given: dict[str, object]
) -> None:
    """GraphQL responses may contain contact data: none is stored, and types are not sniffed."""
    answer = await served.api.http.request(method, path, **given)  # type: ignore[arg-type]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if path == "/graphql":
        assert answer.headers["cache-control"] == "no-store"


async def test_error_answers_are_not_cached_either() -> None:
    async def fails(_: Request) -> Response:
        raise ValueError

    app = Starlette(routes=[Route("/", fails)], exception_handlers={Exception: failed})
    transport = httpx.ASGITransport(RequestLog(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as http:
        answer = await http.get("/")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/graphql/", "/healthz/", "/files/x/"])
async def test_no_redirect_follows_the_host_header(served: Served, path: str) -> None:
    answer = await served.api.http.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("proxies", "believed"),
    [("", False), ("127.0.0.1", True), ("10.0.0.0/8", False), ("10.0.0.1, 127.0.0.0/8", True)],
)
async def test_only_listed_proxies_are_trusted_for_client_addresses(proxies: str, believed: bool) -> None:
    """Local ones are not trusted by default: users of this machine could forge an address per request."""

    async def address(request: Request) -> Response:
        return PlainTextResponse(request.client.host if request.client else "")

    app = Starlette(routes=[Route("/", address)])
    async with (
        listening(app, forwarded_allow_ips=proxies) as port,
        httpx.AsyncClient(timeout=SECONDS) as http,
    ):
        answer = await http.get(
            f"http://127.0.0.1:{port}/",
            headers={"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"},
        )
    assert answer.text == ("203.0.113.7" if believed else "127.0.0.1")


@pytest.mark.parametrize("value", ["*", "127.0.0.1,*", "proxy.example", "10.0.0.1/8", "10.0.0.0/33", "unix"])
def test_trusted_proxies_must_be_listed_exactly(value: str) -> None:
    """Trusting every proxy is refused; the startup error includes the setting."""
    with pytest.raises(settings.SettingsError, match=r"^FORWARDED_ALLOW_IPS: "):
        settings.load(forwarded_allow_ips=value)


def test_a_guessable_metrics_token_is_refused() -> None:
    with pytest.raises(settings.SettingsError, match=r"^METRICS_TOKEN: "):
        settings.load(metrics_token="short")
