"""Limits of request bodies: their size and encoding, and how much data a process holds at the same time.

Only an upload of a signed-in user may be large: all other bodies are read and held as a whole. Clients cannot
choose the codec, because some of Python's take minutes. Data that has arrived counts until its request ends,
so that clients who never finish cannot fill memory or disk. Small bodies always have some room, because a
prospect's answer must never wait for other clients' data.
"""

import gc
import re
from collections.abc import Awaitable, Hashable
from copy import copy
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.graphql.open_count import OpenCount

LARGE = 50_000  # bytes of a body that must not wait for the garbage collector
FROM_NOBODY = 100_000  # bytes of a body before its sender is authenticated
SMALL = 16_384  # bytes of a body that always finds room
BODIES, UPLOADS = 64, 20  # maximum-size bodies that fit at the same time, per process
UPLOADS_PER_USER = 2
RETRY_SECONDS = 5
_ALLOWANCE = "body_allowance"
_UPLOAD = "multipart/form-data"
_OUR_CHARSET = re.compile(r';\s*charset\s*=\s*("?)(utf-?8|us-ascii)\1\s*(?=;|$)', re.IGNORECASE)


@dataclass(slots=True)
class Room:
    """The number of bytes that all bodies may use together."""

    left: int

    def take(self, size: int) -> bool:
        """Reserve bytes if enough are left."""
        if size > self.left:
            return False
        self.left -= size
        return True


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why reading a body was stopped."""

    status: int
    message: str
    extensions: dict[str, object]


class BodyRefused(Exception):  # noqa: N818 - passes through body readers and becomes a response
    """A body exceeded a limit."""

    def __init__(self, refusal: _Refusal) -> None:
        """Take the reason, which the client receives."""
        super().__init__(refusal.message)
        self.refusal = refusal


class _Body:
    """The body of one request while it is received."""

    def __init__(
        self, json: int, upload: int, *, uploads: bool, room: Room, upload_room: Room, slots: OpenCount
    ) -> None:
        """Set the maximum size of JSON and of an upload once the sender is authenticated."""
        self.arrived = 0
        self._most, self._upload = min(json, FROM_NOBODY), upload
        self._most_signed_in = upload if uploads else json
        self._uploads = uploads
        self._room, self._upload_room, self._slots = room, upload_room, slots
        self._taken = 0
        self._user: Hashable = None
        self._many = False

    def allow(self, user: Hashable) -> None:
        """Allow the maximum size; for an upload, unless the user has too many in progress."""
        if not self._uploads:
            self._most = self._most_signed_in
            return
        if self._user is not None:
            return
        if not self._slots.take(user):
            self._many = True
            return
        self._user, self._most = user, self._most_signed_in
        self._room.left += self._taken
        self._room, taken, self._taken = self._upload_room, self._taken, 0
        if not self._room.take(taken):
            raise BodyRefused(_no_room())
        self._taken = taken

    def count(self, size: int) -> None:
        """Count the bytes received; raises `BodyRefused`."""
        self.arrived += size
        if self.arrived > self._most:
            raise BodyRefused(_many_uploads() if self._many else too_large(self._most, self._upload))
        wanted = max(0, self.arrived - SMALL) - self._taken
        if not self._room.take(wanted):
            raise BodyRefused(_no_room())
        self._taken += wanted

    def end(self) -> None:
        """Release the bytes reserved."""
        self._room.left += self._taken
        self._taken = 0
        if self._user is not None:
            self._slots.free(self._user)
            self._user = None


def allow_large(scope: Scope, user: Hashable) -> None:
    """Allow a large body, because the user who sends it is signed in."""
    body = scope.get(_ALLOWANCE)
    if isinstance(body, _Body):
        body.allow(user)


def is_small(scope: Scope) -> bool:
    """Return whether a request announces a body that anybody may send."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) <= FROM_NOBODY  # `BodyLimit` has refused what is no number
    return False


class BodyLimit:
    """Refuses requests whose body exceeds a limit, by their header or while it is received. graphql-core
    leaves reference cycles that hold the request: a large one is collected immediately.
    """

    def __init__(self, app: ASGIApp, *, json: int, upload: int) -> None:
        """Wrap an application; both limits in bytes."""
        self._app = app
        self._json = min(json, upload)
        self._upload = upload
        self._room, self._upload_room = Room(BODIES * self._json), Room(UPLOADS * upload)
        self._slots = OpenCount(UPLOADS_PER_USER)

    def around(self, app: ASGIApp) -> "BodyLimit":
        """Return the same limit around another application: their bodies share what is left."""
        other = copy(self)
        other._app = app
        return other

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Limit the body of a request. An open socket does not wait in here: that would take memory."""
        limited = scope["type"] == "http"
        return self._count(scope, receive, send) if limited else self._app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes received."""
        kind, announced, signed_in = _head(scope)
        if kind != b"application/json" and "charset" in _OUR_CHARSET.sub("", kind.decode("latin-1")).lower():
            await _refuse(_OTHER_CHARSET, scope, receive, send)
            return
        uploads = signed_in and kind.partition(b";")[0].strip().lower() == _UPLOAD.encode()
        most = self._upload if uploads else self._json
        if not announced.isdecimal() or len(announced) > 15 or int(announced) > most:
            await _refuse(too_large(most, self._upload), scope, receive, send)
            return
        body = _Body(
            self._json,
            self._upload,
            uploads=uploads,
            room=self._room,
            upload_room=self._upload_room,
            slots=self._slots,
        )
        scope[_ALLOWANCE] = body
        began = False

        async def count() -> Message:
            message = await receive()
            body.count(len(message.get("body", b"")))
            return message

        async def answer(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, count, answer)
        except BodyRefused as error:
            if not began:
                await _refuse(error.refusal, scope, receive, send)
        finally:
            body.end()
            if body.arrived > LARGE:
                gc.collect(1)


_OTHER_CHARSET = _Refusal(
    415, "Content-Type: unsupported charset. Send the body in UTF-8.", {"code": "BAD_REQUEST"}
)


def too_large(limit: int, upload: int) -> _Refusal:
    """Return the refusal of a body over its limit, with how to send more."""
    remedy = "Send less data per request."
    if limit < upload:
        remedy = f"Send less data, or upload a file as {_UPLOAD} with a valid token (maximum {upload})."
    if limit == FROM_NOBODY:
        remedy = "Send less data, or send a valid token."
    message = f"The request body is larger than {limit} bytes. {remedy}"
    return _Refusal(413, message, {"code": "LIMIT_EXCEEDED", "limit": "body", "allowed": limit})


def _many_uploads() -> _Refusal:
    message = (
        f"You already have {UPLOADS_PER_USER} uploads in progress, the maximum. "
        "Wait until one of them completes."
    )
    extensions = {"code": "LIMIT_EXCEEDED", "limit": "uploads", "allowed": UPLOADS_PER_USER}
    return _Refusal(429, message, extensions)


def _no_room() -> _Refusal:
    message = (
        "The server is receiving too much data. The request was not carried out. "
        f"Try again in {RETRY_SECONDS} seconds."
    )
    return _Refusal(503, message, {"code": "UNAVAILABLE", "retryAfter": RETRY_SECONDS})


async def read_body(request: Request, longest: int) -> bytes | None:
    """Return the body of a request; None if it is longer than this, or its client has disconnected."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > longest:
                return None
    except ClientDisconnect:  # nobody is left to answer
        return None
    return bytes(body)


async def _refuse(refusal: _Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    error = {"message": refusal.message, "extensions": refusal.extensions}
    headers = {} if refusal.status in {413, 415} else {"Retry-After": str(RETRY_SECONDS)}
    await JSONResponse({"errors": [error]}, refusal.status, headers)(scope, receive, send)


def _head(scope: Scope) -> tuple[bytes, str, bool]:
    """Return the first content type and length, and whether there is an authorization."""
    kind, length, signed_in = None, None, False
    for name, value in scope["headers"]:
        if name == b"content-type" and kind is None:
            kind = value
        elif name == b"content-length" and length is None:
            length = value
        elif name == b"authorization":
            signed_in = True
    return kind or b"", "0" if length is None else length.decode("latin-1"), signed_in
