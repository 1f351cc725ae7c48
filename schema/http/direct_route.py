"""The shortest way to the endpoint of the API: past the router, and past CORS for clients that no page is.

A browser's request from a page of another origin has the header `Origin` and takes the whole way.
"""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_VARY = (b"vary", b"Origin")  # as CORS says for any response: with another origin it could be another


class DirectRoute:
    """Middleware that hands a POST to one path directly to its application."""

    def __init__(self, app: ASGIApp, path: str, to: ASGIApp) -> None:
        """Wrap an application; `to` answers the path."""
        self._app, self._path, self._to = app, path, to

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer directly, or as ever. An open socket does not wait in here: that would take memory."""
        if (
            scope["type"] != "http"
            or scope["path"] != self._path
            or scope["method"] != "POST"
            or any(name == b"origin" for name, _ in scope["headers"])
        ):
            return self._app(scope, receive, send)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _VARY]
            await send(message)

        return self._to(scope, receive, answer)
