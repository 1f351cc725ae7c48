"""What the server sends at `/console/`: no browser is needed."""

import gzip
import json
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from clients.console import DOCUMENTS, BuildHeader, console_routes
from clients.console.serving import BUILD_HEADER, BUILT, policy
from schema.graphql.document_files import read_manifest
from schema.graphql.trusted_documents import TrustedDocuments
from server import create_app
from settings import load


async def get(path: str, root_path: str = "", accept_encoding: str = "identity") -> httpx.Response:
    """Ask an application that has the console's routes and another one."""
    other = Route("/other", lambda _: PlainTextResponse("other"))
    app = Starlette(routes=[*console_routes(), other], middleware=[Middleware(BuildHeader)])
    app.router.redirect_slashes = False
    transport = httpx.ASGITransport(app, root_path=root_path)
    async with httpx.AsyncClient(transport=transport, base_url="http://console.example") as client:
        return await client.get(path, headers={"accept-encoding": accept_encoding})


def script() -> str:
    """Return the path of the page's script below `built/`."""
    found = re.search(r'src="\./(assets/[^"]+\.js)"', (BUILT / "index.html").read_text(encoding="utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/console/", "/console/leads", "/console/leads/TGVhZDox"])
async def test_each_path_without_an_extension_is_the_page(path: str) -> None:
    answer = await get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert re.findall("__[A-Z]+__", answer.text) == []


@pytest.mark.parametrize(
    "path",
    [
        "/console/assets/../../settings.py",
        "/console/assets/index-AAAAAAAA.js",
        "/console/index.html",
        "/console/manifest.json",
        "/console/documents.json",
        "/console/%00",
        "/console/assets/%2e%2e/%2e%2e/settings.py",
        "/console/..%2f..%2fsettings.py",
        "/console/.env",
    ],
)
async def test_an_unknown_file_is_not_found_and_never_the_page(path: str) -> None:
    assert (await get(path)).status_code == 404


async def test_the_nonce_of_the_policy_is_that_of_the_page_and_another_each_time() -> None:
    answers = [await get("/console/") for _ in range(2)]
    nonces = []
    for answer in answers:
        found = re.search(r'property="csp-nonce" nonce="([^"]+)"', answer.text)
        assert found
        assert answer.headers["content-security-policy"] == policy(found[1])
        nonces.append(found[1])
    assert nonces[0] != nonces[1]


def test_the_policy_is_the_specified_one() -> None:
    assert policy("N") == (
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


async def test_files_are_cached_for_ever_and_compressed_for_those_who_accept_it() -> None:
    plain = await get(f"/console/{script()}", accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"].startswith("text/javascript")
    assert plain.content == (BUILT / script()).read_bytes()
    for accepted in ("gzip", "br;q=1.0, gzip;q=0.8", "*"):
        zipped = await get(f"/console/{script()}", accept_encoding=accepted)
        assert zipped.headers["content-encoding"] == "gzip"
        assert int(zipped.headers["content-length"]) < len(plain.content) / 2
        assert zipped.content == plain.content
    for refused in ("gzip;q=0", "br", "gzip; q=0.0"):
        answer = await get(f"/console/{script()}", accept_encoding=refused)
        assert "content-encoding" not in answer.headers


async def test_the_page_works_below_the_path_of_a_proxy() -> None:
    answer = await get("/markets/one/console/leads", "/markets/one")
    assert '<base href="/markets/one/console/" />' in answer.text
    assert (await get("/markets/one/", "/markets/one")).headers["location"] == "/markets/one/console/"


@pytest.mark.parametrize("path", ["/", "/console"])
async def test_the_root_leads_to_the_console(path: str) -> None:
    answer = await get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, "/console/")
    assert (await get(f"{path}?as=vendor")).headers["location"] == "/console/?as=vendor"


async def test_each_response_has_the_id_of_the_build() -> None:
    stored = json.loads((BUILT / "manifest.json").read_bytes())["build"]
    for path in ("/console/", "/other", f"/console/{script()}"):
        assert (await get(path)).headers[BUILD_HEADER] == stored
    assert f'data-build="{stored}"' in (await get("/console/")).text


def test_the_first_load_is_at_most_300_kb_and_another_screen_at_most_40() -> None:
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    first = set(re.findall(r'(?:src|href)="\./(assets/[^"]+\.(?:js|css))"', page))
    sizes = {
        path.relative_to(BUILT).as_posix(): len(gzip.compress(path.read_bytes()))
        for path in (BUILT / "assets").iterdir()
    }
    assert sum(sizes[name] for name in first) <= 300_000
    assert {name: size for name, size in sizes.items() if name not in first and size > 40_000} == {}


@pytest.mark.parametrize("is_on", [True, False])
def test_a_setting_turns_the_console_off(is_on: bool) -> None:
    """Then `/` leads to GraphiQL, and its documents are not trusted."""
    app = create_app(load(console=is_on))
    paths = [route.path for route in app.routes if isinstance(route, Route)]
    assert ("/console/{path:path}" in paths) is is_on
    names = [getattr(one.cls, "__name__", "") for one in app.user_middleware]
    assert (BuildHeader.__name__ in names) is is_on
    first = next(route for route in app.routes if isinstance(route, Route) and route.path == "/")
    assert ("console" in first.endpoint.__module__) is is_on


def test_the_documents_of_the_console_are_trusted_whatever_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    own = set(read_manifest(DOCUMENTS))
    for mode in ("off", "allow", "only"):
        settings = load(trusted_documents=mode, trusted_documents_manifest=tmp_path / "other.json")
        assert own == set(TrustedDocuments.of(settings, own=[DOCUMENTS]).by_id)
        assert TrustedDocuments.of(settings).by_id == {}
