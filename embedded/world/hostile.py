"""Hosts of the world that try to harm whoever reads them."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Mapping

from starlette.requests import Request
from starlette.responses import Response

from embedded.world.answering import Host, moved, not_found, pages, scheme_of, silence, streamed
from embedded.world.images import VECTOR, huge_image

_ZEROS = 64 << 20  # bytes, of 64 kB when they are compressed
_SCRIPT = '<script type="application/ld+json">'


async def _endless() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 65_536
        await asyncio.sleep(0)


async def _dripping() -> AsyncIterator[bytes]:
    while True:
        yield b"x"
        await asyncio.sleep(1)


async def _zeros() -> AsyncIterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for _ in range(_ZEROS >> 20):
        yield packer.compress(bytes(1 << 20))
    yield packer.flush()


async def _looping(request: Request) -> Response:
    return moved("/again") if request.url.path != "/robots.txt" else not_found()


async def _hopping(request: Request) -> Response:
    """Redirect `/` to `/1` and so on; `/4` is the page."""
    path = request.url.path
    if path == "/robots.txt":
        return not_found()
    hop = int(path[1:] or 0) if path[1:].isdigit() or path == "/" else 0
    return moved(f"/{hop + 1}") if hop < 4 else Response("<h1>The end</h1>", media_type="text/html")


def _to(url: str) -> Host:
    async def answer(request: Request) -> Response:
        return not_found() if request.url.path == "/robots.txt" else moved(url)

    return answer


async def _downgrading(request: Request) -> Response:
    if scheme_of(request) == "http":
        return Response("<title>Without TLS</title>", media_type="text/html")
    return not_found() if request.url.path == "/robots.txt" else moved("http://downgrade.example/")


def _robots(rules: Response) -> Host:
    return pages({"/": "<html lang=en><h1>Page</h1></html>", "/robots.txt": rules})


_DEEP = "[" * 100_000 + "]" * 100_000
_GOOD = '{"@type":"Organization","name":"Deep"}'
_CROWD = f'{_SCRIPT}{{"@type":"Organization","name":"Crowd"}}</script>' + f"{_SCRIPT}{{}}</script>" * 20_000
_NESTED = '<div itemscope itemtype="https://schema.org/Organization" itemprop="parent">' * 600
_TITLES = '<meta property="og:site_name" content="Many">' * 20_000
_HIDDEN = (
    f'{_SCRIPT}{{"@type":"Organization","name":"\\u202eKO\\u202c <b>Bold</b>\\u0000 &lt;i&gt;x\\u2066 '
    f'{"long " * 200}"}}</script>'
)
_IMAGES = f'{_SCRIPT}{{"@type":"Organization","name":"Images","logo":["/logo.svg","/huge.png"]}}</script>'

HOSTILE: Mapping[str, Host] = {
    "silent.example": silence,
    "huge.example": streamed(_endless),
    "drip.example": streamed(_dripping),
    "bomb.example": streamed(_zeros, **{"Content-Encoding": "gzip"}),
    "brotli.example": streamed(_endless, **{"Content-Encoding": "br"}),
    "loop.example": _looping,
    "hops.example": _hopping,
    "downgrade.example": _downgrading,
    "elsewhere.example": _to("https://speichenwerk.example/"),
    "inward.example": _to("http://127.0.0.1/"),
    "inward-number.example": _to("https://2130706433/"),
    "inward-name.example": _to("https://localhost/"),
    "deep.example": pages({"/": f"<html>{_SCRIPT}{_DEEP}</script>{_SCRIPT}{_GOOD}</script></html>"}),
    "crowd.example": pages({"/": f"<html>{_CROWD}</html>"}),
    "nested.example": pages({"/": f"<html>{_NESTED}<b itemprop=name>Nested</b></html>"}),
    "titles.example": pages({"/": f"<html>{_TITLES}</html>"}),
    "hidden.example": pages({"/": f"<html>{_HIDDEN}</html>"}),
    "images.example": pages(
        {
            "/": f"<html>{_IMAGES}</html>",
            "/logo.svg": Response(VECTOR, media_type="image/svg+xml"),
            "/huge.png": Response(huge_image(), media_type="image/png"),
        }
    ),
    "no-page.example": pages({"/": Response(gzip.compress(b"x"), media_type="application/zip")}),
    "robots-failing.example": _robots(Response("Later", 500)),
    "robots-html.example": _robots(Response("<html>Disallow: /</html>", media_type="text/html")),
    "robots-large.example": _robots(
        Response("# filling\n" * 60_000 + "User-agent: *\nDisallow: /\n", media_type="text/plain")
    ),
    "robots-wildcards.example": _robots(
        Response(f"User-agent: *\nDisallow: /{'*a' * 300}$\n", media_type="text/plain")
    ),
}
