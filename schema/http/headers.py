"""Middleware around every request: request id, log line and metrics.

Never log contact data: no bodies, queries, tokens or addresses, only the kind of request.
"""

import re
import time
from uuid import uuid4

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.base.unavailable import RETRY_AFTER

REQUESTS = Counter("leadgate_requests", "Requests handled.", ("path", "method", "status"))
SECONDS = Histogram(
    "leadgate_request_seconds", "Seconds from a request to the end of its response.", ("path",)
)

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "WEBSOCKET"})
_PATHS = frozenset({"/graphql", "/healthz", "/readyz", "/metrics"})
_BEGINNINGS = frozenset({"http.response.start", "websocket.accept", "websocket.http.response.start"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
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
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = uuid4().hex
        theirs = given if _REQUEST_ID.fullmatch(given) else None
        scope["request_id"] = request_id  # never store an id that a client chose
        status = "none"
        began = time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] in _BEGINNINGS:
                status = str(message.get("status", status))
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = theirs or request_id
                headers["X-Content-Type-Options"] = "nosniff"
                if scope["path"] == "/graphql":  # other paths may contain contact data
                    headers["Cache-Control"] = "no-store"
            elif message["type"] == "websocket.close":
                status = str(message.get("code", 1000))
            await send(message)

        ids = {"request_id": request_id, **({"client_request_id": theirs} if theirs else {})}
        with structlog.contextvars.bound_contextvars(**ids):
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
                REQUESTS.labels(path, method, status).inc()
                SECONDS.labels(path).observe(seconds)
                if path == "/graphql":
                    _log.info("request", method=method, status=status, ms=round(seconds * 1000, 1))


def database_is_away(request: Request, error: Exception) -> Response:
    """Respond to requests other than GraphQL, such as downloads, while the database is unavailable."""
    del request, error
    text = f"The database is not available. Try again in {RETRY_AFTER} s."
    return PlainTextResponse(text, 503, {"Retry-After": str(RETRY_AFTER), **_PLAIN})


async def failed(request: Request, error: Exception) -> Response:
    """Respond to a failure that no other handler caught."""
    del request, error  # the server logs it
    return PlainTextResponse("Internal Server Error", 500, _PLAIN)
