"""GraphiQL: the page that browsers get at /graphql, and its static files.

A setting disables it, nothing else depends on it, and it loads nothing from other hosts.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from schema.http.content_coding import preferred_coding

__all__ = ["PAGE_HEADERS", "graphiql_page", "graphiql_routes"]

_FOLDER = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

# Scripts and styles only from this server, none inline except the style (by its hash) with which a GraphiQL
# dialog stops the page behind it from scrolling; `data:` images are in the style sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "style-src 'self' 'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
PAGE_HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", **_SAFE}
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", **_SAFE}


@dataclass(frozen=True, slots=True)
class _Asset:
    plain: bytes
    zipped: bytes
    media_type: str


@cache
def _assets() -> dict[str, _Asset]:
    files = sorted((_FOLDER / "assets").iterdir())
    return {
        file.name: _Asset(content, gzip.compress(content, mtime=0), _TYPES[file.suffix])
        for file in files
        if file.suffix in _TYPES
        for content in [file.read_bytes()]
    }


@cache
def _version() -> str:
    """Return the version in every URL: it changes with the contents, so that files can be cached
    permanently.
    """
    digest = sha256()
    for name, asset in _assets().items():
        digest.update(name.encode() + b"\0" + sha256(asset.plain).digest())
    return digest.hexdigest()[:16]


def graphiql_page() -> str:
    """Return the page."""
    return (_FOLDER / "page.html").read_text(encoding="utf-8").replace("{version}", _version())


def graphiql_routes() -> list[Route]:
    """Return the routes of the page and its files, with a redirect from / (404 for other versions)."""
    return [
        Route("/graphql/assets/{version}/{name}", _asset, methods=["GET"]),
        Route("/", _to_page, methods=["GET"]),
    ]


async def _to_page(request: Request) -> Response:
    return RedirectResponse(request.scope.get("root_path", "") + "/graphql")


async def _asset(request: Request) -> Response:
    asset = _assets().get(request.path_params["name"])
    if asset is None or request.path_params["version"] != _version():
        raise HTTPException(404)
    if preferred_coding(request.headers.get("accept-encoding"), ["gzip"]):
        headers = {**_FOREVER, "Content-Encoding": "gzip"}
        return Response(asset.zipped, headers=headers, media_type=asset.media_type)
    return Response(asset.plain, headers=_FOREVER, media_type=asset.media_type)
