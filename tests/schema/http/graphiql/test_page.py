"""GraphiQL is served only by this server, under a strict policy, and can be disabled."""

import gzip
import re
from pathlib import Path

import httpx
import pytest

import embedded
from schema.http import graphiql
from server import create_app
from settings import Settings
from tests.support.api import Api, api_settings

BROWSER = {"Accept": "text/html"}
FOLDER = Path(graphiql.__file__).parent
OURS = sorted(file for file in (FOLDER / "assets").iterdir() if ".min." not in file.name)
NAMESPACES = {"http://www.w3.org/2000/svg"}  # names that are never fetched
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


def references(page: str) -> list[str]:
    """Return every address that the page requests."""
    return re.findall(r'(?:src|href)="([^"]+)"', page)


def hosts(text: str) -> set[str]:
    """Return the address of every other host in a text."""
    return (
        set(re.findall(r"""(?:https?:|wss?:)?//[\w-]+\.[^\s"'`)]+|https?://[^\s"'`)]+""", text)) - NAMESPACES
    )


async def test_the_page_and_everything_it_requests_is_served(api: Api) -> None:
    """Each with its type, cacheable forever, without type sniffing."""
    page = await api.http.get("/graphql", headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    found = references(page.text)
    assert {Path(address).suffix for address in found} == {".js", ".css", ".svg"}
    for address in found:
        asset = await api.http.get(f"/{address}")
        assert asset.status_code == 200, address
        assert asset.headers["content-type"].split(";")[0] == TYPES[address.rsplit(".", 1)[1]]
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert asset.headers["x-content-type-options"] == "nosniff"
        assert asset.content == (FOLDER / "assets" / Path(address).name).read_bytes()


async def test_the_root_path_redirects_to_the_page_without_a_console(
    services: embedded.Services, api: Api
) -> None:
    settings: Settings = api_settings(services, api.services.settings.database_dsn, console=False)
    app = create_app(settings, api.services)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api.test") as client:
        answer = await client.get("/", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (307, "/graphql")


async def test_every_shipped_file_is_requested_by_the_page(api: Api) -> None:
    """No file is shipped unused."""
    asked = {
        Path(address).name for address in references((await api.http.get("/graphql", headers=BROWSER)).text)
    }
    assert asked == {file.name for file in (FOLDER / "assets").iterdir() if not file.name.startswith(".")}


async def test_the_content_policy_allows_only_this_server(api: Api) -> None:
    """Nothing inline, nothing evaluated, no other host, no frame around it."""
    page = await api.http.get("/graphql", headers=BROWSER)
    policy = dict(
        part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not {"unsafe-inline", "unsafe-eval", "http", "*"} & set(
        re.findall(r"[\w*-]+", " ".join(policy.values()))
    )
    assert re.findall(r"<script(?![^>]* src=)|<style| on\w+=| style=", page.text) == []


@pytest.mark.parametrize("file", [FOLDER / "page.html", *OURS], ids=lambda file: file.name)
def test_nothing_is_loaded_from_another_host(file: Path) -> None:
    """Neither the page nor our own scripts and styles contain one."""
    assert hosts(file.read_text(encoding="utf-8")) == set()


def test_the_style_sheet_contains_no_fonts_and_loads_no_files() -> None:
    """Its images are embedded."""
    style = (FOLDER / "assets" / "graphiql.min.css").read_text(encoding="utf-8")
    assert "@font-face" not in style
    assert "@import" not in style
    assert {address[:5] for address in re.findall(r"url\([\"']?([^)]*)", style)} == {"data:"}


async def test_files_are_sent_compressed_if_the_browser_supports_it(api: Api) -> None:
    """A third of the bytes is transferred."""
    address = next(one for one in references(graphiql.graphiql_page()) if one.endswith("graphiql.min.js"))
    request = api.http.build_request("GET", f"/{address}", headers={"Accept-Encoding": "gzip"})
    answer = await api.http.send(request, stream=True)
    sent = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert len(sent) < 400_000
    assert gzip.decompress(sent) == (FOLDER / "assets" / "graphiql.min.js").read_bytes()


async def test_other_versions_and_names_are_not_found(api: Api) -> None:
    """A permanently cacheable URL must not return another version's file, and no path leads outside."""
    version = references(graphiql.graphiql_page())[0].split("/")[2]
    for path in ("0000000000000000/page.js", f"{version}/page.html", f"{version}/..%2f__init__.py"):
        assert (await api.http.get(f"/graphql/assets/{path}")).status_code == 404


async def test_graphiql_can_be_disabled(services: embedded.Services, api: Api) -> None:
    """If it is disabled, browsers find neither the page nor its files."""
    address = references(graphiql.graphiql_page())[0]
    settings: Settings = api_settings(
        services, api.services.settings.database_dsn, graphiql=False, console=False
    )
    app = create_app(settings, api.services)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api.test") as client:
        assert (await client.get("/graphql", headers=BROWSER)).status_code == 404
        assert (await client.get("/", headers=BROWSER)).status_code == 404
        assert (await client.get(f"/{address}")).status_code == 404
