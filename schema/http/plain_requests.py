"""The plainest requests and responses: one GraphQL operation in JSON by POST, answered by JSON at once.

All others take the way through Strawberry's view, which reads the same and refuses what is malformed.
"""

from collections.abc import Iterable
from functools import lru_cache

from cross_web import StarletteRequestAdapter
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send
from strawberry.http import GraphQLRequestData

from schema.graphql.document_ids import put_document_id
from schema.http.event_stream import EVENT_STREAM
from schema.http.media_type import content_type, negotiated

_DATA = "graphql_request"  # in the scope of a request that was read here
_JSON = frozenset(
    {b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8"}
)
_LONGEST_ACCEPT = 200  # bytes of a header whose meaning is kept


class WholeRequest(Request):
    """A request whose body is read as a whole: one that has arrived in one piece, without generators."""

    async def body(self) -> bytes:
        """Return the body."""
        if self._stream_consumed:  # as a form, or by an earlier call
            return await super().body()
        if not hasattr(self, "_body"):
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body: bytes = message.get("body", b"")
            if message.get("more_body"):
                body += b"".join([part async for part in self.stream()])
            self._body = body
        return self._body


class RequestAdapter(StarletteRequestAdapter):
    """Strawberry's adapter, with the request if it was read before."""

    def __init__(self, request: Request) -> None:
        """Wrap a request."""
        super().__init__(request)
        self.data: GraphQLRequestData | None = request.scope.get(_DATA)


class JSONAnswer:
    """A complete response with status 200."""

    __slots__ = ("_body", "_content_type")

    def __init__(self, body: bytes, content_type: bytes) -> None:
        """Take the body, and the header's value."""
        self._body, self._content_type = body, content_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        del scope, receive
        headers = [(b"content-length", b"%d" % len(self._body)), (b"content-type", self._content_type)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self._body})


def header_of(scope: Scope, name: bytes) -> str | None:
    """Return the first header with this name, in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None


def media_type_of_plain(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    """Return the `Content-Type` of the response to a POST; None if the request is not JSON, or if the client
    may want events.
    """
    json, accept = False, None
    for name, value in headers:
        if name == b"content-type":
            if value.lower() not in _JSON:
                return None
            json = True
        elif name == b"accept":
            if accept is not None or len(value) > _LONGEST_ACCEPT:
                return None
            accept = value
    return _accepted(accept) if json else None


@lru_cache(maxsize=1_024)
def _accepted(accept: bytes | None) -> bytes | None:
    if accept is None:
        return content_type(negotiated(None)).encode()
    text = accept.decode("latin-1")
    return None if EVENT_STREAM in text.lower() else content_type(negotiated(text)).encode()


def put_request(scope: Scope, given: object) -> GraphQLRequestData | None:
    """Read a request from JSON, and keep it for the adapter; None if it is malformed."""
    if not isinstance(given, dict):
        return None
    put_document_id(given)
    query, variables, name, extensions = map(given.get, ("query", "variables", "operationName", "extensions"))
    if (
        isinstance(query, str | None)
        and isinstance(variables, dict | None)
        and isinstance(extensions, dict | None)
        and isinstance(name, str | None)
    ):
        scope[_DATA] = data = GraphQLRequestData(query, variables, name, extensions)
        return data
    return None
