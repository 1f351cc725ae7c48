"""Owns what happens to every request before and after: its id, its size, its line in the log, its metrics.

It must not log contact data: no bodies, queries, tokens or addresses, only what kind of request it was.
"""

import gc
import re
import time
from dataclasses import dataclass
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
_PLAIN = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_log = structlog.get_logger(__name__)


class RequestLog:
    """Gives each request an id, keeps the client's own beside it when it is plain, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then log and count."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = uuid4().hex
        theirs = given if _REQUEST_ID.fullmatch(given) else None
        scope["request_id"] = request_id  # what is stored is never of somebody's choice
        status = "none"
        began = time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] in {"http.response.start", "websocket.accept"}:
                status = str(message.get("status", status))
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = theirs or request_id
                headers["X-Content-Type-Options"] = "nosniff"
                if scope["path"] == "/graphql":  # it may carry contact data
                    headers["Cache-Control"] = "no-store"
            elif message["type"] == "websocket.close":
                status = str(message.get("code", 1000))
            await send(message)

        ids = {"request_id": request_id, **({"client_request_id": theirs} if theirs else {})}
        with structlog.contextvars.bound_contextvars(**ids):
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
    return PlainTextResponse(text, 503, {"Retry-After": str(RETRY_AFTER), **_PLAIN})


async def failed(request: Request, error: Exception) -> Response:
    """Answer what failed outside of everything that would have told it."""
    del request, error  # the server logs it
    return PlainTextResponse("Internal Server Error", 500, _PLAIN)


class BodyTooLarge(Exception):  # noqa: N818 - what reads the body lets it pass; then it is an answer
    """More arrived than may."""


LARGE = 100_000  # bytes of a body that is not to wait for the garbage collector
_ALLOWANCE = "body_allowance"
_UPLOAD = "multipart/form-data"


@dataclass(slots=True)
class _Allowance:
    """What a request's body may come to, and what it may once somebody is known to have sent it."""

    bytes: int
    signed_in: int


def allow_upload(scope: Scope) -> None:
    """Let an upload be as large as uploads may be: whoever sends it is signed in."""
    allowance = scope.get(_ALLOWANCE)
    if isinstance(allowance, _Allowance):
        allowance.bytes = allowance.signed_in


class BodyLimit:
    """Refuses requests with a body over a limit, by their header or while they arrive.

    Only an upload of somebody signed in may be large: anything else is read, and held, as a whole.
    An execution of graphql-core ends in cycles that hold the request: a large one is collected at once.
    """

    def __init__(self, app: ASGIApp, *, json: int, upload: int) -> None:
        """Wrap an application; both limits in bytes."""
        self._app = app
        self._json = min(json, upload)
        self._upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "0")
        uploads = _media_type(headers) == _UPLOAD and "authorization" in headers
        allowance = _Allowance(self._json, self._upload if uploads else self._json)
        if not announced.isdecimal() or len(announced) > 15 or int(announced) > allowance.signed_in:
            await self._refuse(allowance.signed_in, scope, receive, send)
            return
        scope[_ALLOWANCE] = allowance
        arrived = 0
        began = False

        async def count() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > allowance.bytes:
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
                await self._refuse(allowance.bytes, scope, receive, send)
        finally:
            if arrived > LARGE:
                gc.collect(1)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        remedy = "send less at once."
        if limit < self._upload:
            remedy = f"send less at once, or a file as {_UPLOAD} with a good token (at most {self._upload})."
        message = f"The body of the request is larger than {limit} bytes: {remedy}"
        error = {
            "message": message,
            "extensions": {"code": "LIMIT_EXCEEDED", "limit": "body", "allowed": limit},
        }
        await JSONResponse({"errors": [error]}, status_code=413)(scope, receive, send)


def _media_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()
