"""The session cookie: holds a browser's refresh token, where the page's scripts cannot read it.

It does not authenticate requests; only `tokenRefresh` uses it. Each use requires a header that a page on
another site cannot send, in addition to `SameSite=Strict`.
"""

from datetime import datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from models.accounts.sessions import SignedIn, session_of
from schema.graphql.context import Context
from schema.graphql.errors import BAD_REQUEST, ClientError
from schema.graphql.preflight import ANY_PREFLIGHT_HEADER, has_preflight_header
from settings.addresses import is_loopback

# Browsers refuse a cookie with this prefix from any other host, and from a page without TLS.
NAME = "__Host-leadgate"
FORBIDDEN_STATUS = 403


class SessionCookie:
    """The session cookie of one request and its response."""

    def __init__(self, context: Context, field: str) -> None:
        """Check that a cookie can be used; `field` is the input field that requests it.

        Raises `ClientError`: FORBIDDEN without the header (PREFLIGHT_REQUIRED, status 403); BAD_REQUEST if
        the browser would silently drop the cookie (HTTPS_REQUIRED), and on sockets and event streams, whose
        headers have already been sent (COOKIE_UNAVAILABLE).
        """
        request, response = context.request, context.response
        if not isinstance(request, Request) or not isinstance(response, Response) or context.streaming:
            message = f"{field}: only a POST with a JSON response can set the session cookie. Send one."
            raise ClientError(BAD_REQUEST, message, (field,), reason="COOKIE_UNAVAILABLE")
        if not has_preflight_header(request.headers):
            response.status_code = FORBIDDEN_STATUS
            message = f"{field}: the session cookie requires the header {ANY_PREFLIGHT_HEADER}."
            raise ClientError("FORBIDDEN", message, (field,), reason="PREFLIGHT_REQUIRED")
        if not _is_secure(request):
            message = f"{field}: the session cookie requires HTTPS or a loopback address."
            raise ClientError(BAD_REQUEST, message, (field,), reason="HTTPS_REQUIRED")
        self._response = response
        self.token = request.cookies.get(NAME) or None

    def keep(self, signed_in: SignedIn, now: datetime) -> None:
        """Set the cookie, until its token expires."""
        seconds = int((signed_in.refresh_expires_at - now).total_seconds())
        _put(self._response, signed_in.refresh_token, max(seconds, 0))

    def clear(self) -> None:
        """Delete the cookie."""
        _put(self._response, "", 0)


async def clear_cookie_of(context: Context, session_id: UUID) -> None:
    """Delete the cookie if it belongs to the session that has ended, and the response can set cookies."""
    request, response = context.request, context.response
    if not isinstance(request, Request) or not isinstance(response, Response) or context.streaming:
        return
    token = request.cookies.get(NAME)
    if token is not None and await session_of(token) in {session_id, None}:
        _put(response, "", 0)


def _put(response: Response, value: str, seconds: int) -> None:
    del response.headers["set-cookie"]  # the last mutation of a request decides
    response.set_cookie(NAME, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="strict")


def _is_secure(request: Request) -> bool:
    """Return whether the page uses HTTPS or a loopback address. The page's origin counts too, because a proxy
    that terminates TLS may not forward the scheme.
    """
    origin = request.headers.get("origin", "")
    https = request.url.scheme == "https" or origin.startswith("https://")
    return https or is_loopback(request.url.hostname or "")
