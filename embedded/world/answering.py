"""What a host of the world answers: a function of the request for each host, and the usual answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

Host = Callable[[Request], Awaitable[Response]]
HTML, PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"
NO_SUCH_HOST = "x-no-such-host"
FOREVER = 600.0  # seconds: longer than anybody waits


def scheme_of(request: Request) -> str:
    """Return how the name was requested: the world itself has no TLS."""
    return request.headers.get("x-forwarded-proto", "https")


def not_found() -> Response:
    """Return the answer for what a host does not have."""
    return Response("Not found", 404, media_type=PLAIN)


def no_such_host() -> Response:
    """Return the answer for a host that does not exist: whoever asks takes it for a name without address."""
    return Response("No such host", 404, media_type=PLAIN, headers={NO_SUCH_HOST: "1"})


def as_json(value: object, status: int = 200) -> Response:
    """Return a JSON document."""
    return Response(json.dumps(value), status, media_type="application/json")


def moved(url: str) -> Response:
    """Return a redirect."""
    return RedirectResponse(url, 302)


def pages(found: Mapping[str, str | Response]) -> Host:
    """Return a host with these answers by path; a text is a page."""

    async def answer(request: Request) -> Response:
        given = found.get(request.url.path)
        if given is None:
            return not_found()
        return Response(given, media_type=HTML) if isinstance(given, str) else given

    return answer


async def silence(_: Request) -> Response:
    """Answer nothing for as long as anybody waits."""
    await asyncio.sleep(FOREVER)
    return not_found()


def streamed(parts: Callable[[], AsyncIterator[bytes]], **headers: str) -> Host:
    """Return a host that answers every path but robots.txt with a stream of parts."""

    async def answer(request: Request) -> Response:
        if request.url.path == "/robots.txt":
            return not_found()
        return StreamingResponse(parts(), media_type=HTML, headers=headers)

    return answer
