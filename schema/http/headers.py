"""Middleware around every request: request id, log line and metrics.

Never log contact data: no bodies, queries, tokens or addresses, only the kind of request.
"""

import re
import time
from functools import cache
from random import getrandbits

import structlog
from prometheus_client import Counter, Histogram
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.base.unavailable import RETRY_AFTER
from settings.logs import log_plainly

REQUESTS = Counter("leadgate_requests", "Requests handled.", ("path", "method", "status"))
SECONDS = Histogram(
    "leadgate_request_seconds", "Seconds from a request to the end of its response.", ("path",)
)

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "WEBSOCKET"})
_PATHS = frozenset({"/graphql", "/healthz", "/readyz", "/metrics"})
_BEGINNINGS = frozenset({"http.response.start", "websocket.accept", "websocket.http.response.start"})
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_OF_OTHERS = ((b"x-content-type-options", b"nosniff"),)
_OF_GRAPHQL = (*_OF_OTHERS, (b"cache-control", b"no-store"))
_NAMES = frozenset({b"x-request-id", *(name for name, _ in _OF_GRAPHQL)})
_PLAIN = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_log = structlog.get_logger(__name__)


class RequestLog:
    """Gives each request an id, also stores the client's id if it is well-formed, and logs the result."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle the request, then log and count it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        # An id is no secret; asking the system for its bits would take ten times as long.
        request_id, theirs = f"{getrandbits(128):032x}", _id_of_client(scope)
        scope["request_id"] = request_id  # never store an id that a client chose
        status = "none"
        began = time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] in _BEGINNINGS:
                status = str(message.get("status", status))
                # `no-store` because the responses of this path may contain contact data
                ours = _OF_GRAPHQL if scope["path"] == "/graphql" else _OF_OTHERS
                _put(message, ((b"x-request-id", (theirs or request_id).encode()), *ours))
            elif message["type"] == "websocket.close":
                status = str(message.get("code", 1000))
            await send(message)

        ids = {"request_id": request_id}
        if theirs is not None:
            ids["client_request_id"] = theirs
        bound = structlog.contextvars.bind_contextvars(**ids)
        try:
            await self._app(scope, receive, answer)
        except Exception:
            status = "500"  # an outer handler responds
            raise
        finally:
            seconds = time.perf_counter() - began
            path = scope["path"] if scope["path"] in _PATHS else "other"
            method = scope.get("method", "WEBSOCKET")
            method = method if method in _METHODS else "other"
            requests, of_path = _metrics(path, method, status)
            requests.inc()
            of_path.observe(seconds)
            if path == "/graphql":
                ended = {"method": method, "status": status, "ms": round(seconds * 1000, 1)}
                if theirs is None:
                    log_plainly(__name__, "request", ended | ids)
                else:  # a client may send anything
                    _log.info("request", **ended)
            structlog.contextvars.reset_contextvars(**bound)


def _id_of_client(scope: Scope) -> str | None:
    """Return the id that the client gave the request, if it is well-formed."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return value.decode() if _REQUEST_ID.fullmatch(value) else None
    return None


def _put(message: Message, ours: tuple[tuple[bytes, bytes], ...]) -> None:
    """Put headers into a message that begins a response, in place of those with the same names."""
    theirs = message.get("headers", ())
    if not _NAMES.isdisjoint([name.lower() for name, _ in theirs]):
        names = {name for name, _ in ours}
        theirs = [one for one in theirs if one[0].lower() not in names]
    message["headers"] = [*theirs, *ours]


@cache  # our own paths, methods and statuses are few
def _metrics(path: str, method: str, status: str) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(path, method, status), SECONDS.labels(path)


def database_is_away(request: Request, error: Exception) -> Response:
    """Respond to requests other than GraphQL, such as downloads, while the database is unavailable."""
    del request, error
    text = f"The database is not available. Try again in {RETRY_AFTER} s."
    return PlainTextResponse(text, 503, {"Retry-After": str(RETRY_AFTER), **_PLAIN})


async def failed(request: Request, error: Exception) -> Response:
    """Respond to a failure that no other handler caught."""
    del request, error  # the server logs it
    return PlainTextResponse("Internal Server Error", 500, _PLAIN)
