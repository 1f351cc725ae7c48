"""Owns what happens to every request before and after: its id, its size, its line in the log, its metrics.

It must not log contact data: no bodies, queries, tokens or addresses, only what kind of request it was.
"""

import gc
import re
import time
from uuid import uuid4

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.unavailable import RETRY_AFTER

REQUESTS = Counter("leadgate_requests", "Requests answered.", ("path", "method", "status"))
SECONDS = Histogram("leadgate_request_seconds", "Seconds from a request to the end of its answer.", ("path",))

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "WEBSOCKET"})
_PATHS = frozenset({"/graphql", "/healthz", "/readyz", "/metrics"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = structlog.get_logger(__name__)


class RequestLog:
    """Gives each request an id, the client's own when it is plain, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then log and count."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        scope["request_id"] = request_id
        status = "none"
        began = time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] in {"http.response.start", "websocket.accept"}:
                status = str(message.get("status", status))
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            elif message["type"] == "websocket.close":
                status = str(message.get("code", 1000))
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, answer)
            except Exception:
                status = "500"  # it is answered further out
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
    """Answer what is no GraphQL, such as a download, while the database is away."""
    del request, error
    text = f"The database does not answer at the moment: ask again in {RETRY_AFTER} s."
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return PlainTextResponse(text, 503, headers=headers)


class BodyTooLarge(Exception):  # noqa: N818 - what reads the body lets it pass; then it is an answer
    """More arrived than may."""


LARGE = 100_000  # bytes of a body that is not to wait for the garbage collector


class BodyLimit:
    """Refuses requests with a body over a limit, by their header or while they arrive.

    An execution of graphql-core ends in cycles that hold the request: a large one is collected at once.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Wrap an application; `limit` in bytes."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._limit:
            await self._refuse(scope, receive, send)
            return
        arrived = 0
        began = False

        async def count() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self._limit:
                raise BodyTooLarge
            return message

        async def answer(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, count, answer)
        except BodyTooLarge:
            if not began:
                await self._refuse(scope, receive, send)
        finally:
            if arrived > LARGE:
                gc.collect(1)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        message = f"The request is larger than {self._limit} bytes: send less at once."
        error = {"message": message, "extensions": {"code": "LIMIT_EXCEEDED"}}
        await JSONResponse({"errors": [error]}, status_code=413)(scope, receive, send)
