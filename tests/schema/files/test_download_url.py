"""`File.downloadUrl`: the signed path after the server's URL, from the request, its proxy or the setting."""

from urllib.parse import urlsplit

import httpx
import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tests.support.api import Client
from tests.support.scene import Scene, ids_of
from tests.support.viewers import SIGNED_IN, Kind

FILE = "query ($id: ID!) { node(id: $id) { ... on File { url downloadUrl } } }"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}


async def test_the_link_is_absolute_and_works_for_those_who_see_the_file(scene: Scene) -> None:
    """Its account and operators; for everybody else the file does not exist."""
    file = (await ids_of(scene))["File"]
    seen = set()
    for name in SIGNED_IN:
        node = (await scene.clients[name].ask(FILE, id=file)).data["node"]
        if node is None:
            continue
        seen.add(name)
        link = urlsplit(node["downloadUrl"])
        assert (link.scheme, link.netloc) == ("http", "api.test")
        assert link.path == urlsplit(node["url"]).path
        answer = await scene.clients[name].http.get(node["downloadUrl"])
        assert answer.status_code == 200, name
    assert seen == {Kind.OWNER, Kind.MEMBER, Kind.OPERATOR}


@pytest.mark.parametrize(("trusted", "scheme"), [("127.0.0.1", "https"), ("192.0.2.1", "http")])
async def test_the_forwarded_scheme_counts_only_from_a_trusted_proxy(
    scene: Scene, trusted: str, scheme: str
) -> None:
    """A forwarded host is never used."""
    file = (await ids_of(scene))["File"]
    owner = scene.clients[Kind.OWNER]
    app = ProxyHeadersMiddleware(owner.http._transport.app, trusted_hosts=trusted)  # type: ignore[attr-defined]
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1), root_path="/leads")  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://a.test/leads") as http:
        answer = await Client(http, owner.token).ask(FILE, FORWARDED, id=file)
    assert answer.data["node"]["downloadUrl"].startswith(f"{scheme}://a.test/leads/files/")
