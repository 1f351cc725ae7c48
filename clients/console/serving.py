"""Routes of the console, and the header that tells an open page that another build is served now."""

import gzip
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUILT = Path(__file__).parent / "built"
DOCUMENTS = BUILT / "documents.json"  # what the page may send: a manifest of trusted documents
PAGE, MANIFEST = "index.html", "manifest.json"
ROOT = "/console/"
BUILD_HEADER = "X-Leadgate-Build"

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", **_SAFE}
_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    **_SAFE,
}


def policy(nonce: str) -> str:
    """Return the page's content security policy: nothing inline, from elsewhere, or through an HTML sink.

    React Aria adds two style elements, which have the nonce.
    """
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


@dataclass(frozen=True, slots=True)
class _File:
    plain: bytes
    zipped: bytes
    media_type: str


@cache
def _files() -> Mapping[str, _File]:
    """Read the files that browsers load, by their paths below `built/`."""
    found = {}
    for path in sorted(BUILT.rglob("*")):
        media_type = _TYPES.get(path.suffix)
        if media_type is not None and path.is_file():
            content = path.read_bytes()
            name = path.relative_to(BUILT).as_posix()
            found[name] = _File(content, gzip.compress(content, mtime=0), media_type)
    return found


@cache
def _page() -> str:
    return (BUILT / PAGE).read_text(encoding="utf-8")


@cache
def console_build() -> str:
    """Return the id of the build, which changes with its files."""
    found: dict[str, str] = json.loads((BUILT / MANIFEST).read_bytes())
    return found["build"]


def console_routes() -> list[Route]:
    """Read all files, and return the routes: the page, its files, and a redirect from `/` to the page."""
    _files(), _page(), console_build()
    return [
        Route("/", _to_page, methods=["GET"]),
        Route(ROOT.removesuffix("/"), _to_page, methods=["GET"]),
        Route(ROOT + "{path:path}", _serve, methods=["GET"]),
    ]


async def _to_page(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(_base(request) + query, headers={"Cache-Control": "no-store"})


async def _serve(request: Request) -> Response:
    """Return a file, or the page for each path without an extension: the page's own routes."""
    path: str = request.path_params["path"]
    if (file := _files().get(path)) is not None:
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            return Response(
                file.zipped, headers={**_FOREVER, "Content-Encoding": "gzip"}, media_type=file.media_type
            )
        return Response(file.plain, headers=_FOREVER, media_type=file.media_type)
    if not _is_route(path):
        raise HTTPException(404)
    nonce = secrets.token_urlsafe(16)
    page = (
        _page()
        .replace("__NONCE__", nonce)
        .replace("__BASE__", escape(_base(request)))
        .replace("__BUILD__", console_build())
    )
    headers = {**_PAGE_HEADERS, "Content-Security-Policy": policy(nonce)}
    return Response(page, headers=headers, media_type="text/html")


def _base(request: Request) -> str:
    """Return the console's path, below the path that a proxy cuts off."""
    root: str = request.scope.get("root_path", "")
    return root + ROOT


def _is_route(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return path.isprintable() and not any("." in part for part in parts)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return False


class BuildHeader:
    """Adds the id of the console's build to each response: an open page then knows that it is outdated."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        self._header = BUILD_HEADER.lower().encode(), console_build().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), self._header]
            await send(message)

        await self._app(scope, receive, answer)
