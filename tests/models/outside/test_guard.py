"""No URL, name or redirect opens a connection to an address that is not allowed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import dns.asyncresolver
import httpx
import pytest

from models.outside.guard import Guard
from models.outside.refused import AddressRefusal, AddressRefused
from models.outside.transport import OutsideTransport, outside_client
from tests.models.outside.sites import PUBLIC, Elsewhere, Script, Site, certificate, site
from tests.support.name_server import Zone, name_server

ZONE: Zone = {
    "site.de": {"A": [PUBLIC]},
    "other.de": {"A": [PUBLIC]},
    "two.de": {"A": ["93.184.215.15", PUBLIC]},
    "empty.de": {"TXT": ['"nothing"']},
    "inside.de": {"A": ["127.0.0.1"]},
    "mixed.de": {"A": [PUBLIC, "127.0.0.1"]},
    "inside-six.de": {"A": [PUBLIC], "AAAA": ["::1"]},
    "mapped.de": {"AAAA": ["::ffff:127.0.0.1"]},
    "translated.de": {"AAAA": ["64:ff9b::7f00:1"]},
    "metadata.de": {"A": ["169.254.169.254"]},
    "alias.de": {"CNAME": ["inside.de."]},
}


@asynccontextmanager
async def guarded(
    resolver: dns.asyncresolver.Resolver, listener: Site, *private_hosts: str
) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose real network includes a listener on this machine."""
    private = [(host, listener.port) for host in private_hosts]
    guard = Guard(resolver, ports=(listener.port,), private=private)
    async with outside_client(OutsideTransport(guard)) as client:
        yield client


async def why(client: httpx.AsyncClient, url: str) -> AddressRefusal | None:
    """Return why an address is refused, None if it is not even a URL."""
    with pytest.raises((AddressRefused, httpx.InvalidURL)) as raised:
        await client.get(url, follow_redirects=True)
    return raised.value.why if isinstance(raised.value, AddressRefused) else None


@pytest.mark.parametrize(
    "host",
    [
        "inside.de", "mixed.de", "inside-six.de", "mapped.de", "translated.de", "metadata.de", "alias.de",
    ],
)  # fmt: skip
async def test_a_name_is_refused_if_any_of_its_addresses_is_not_public(host: str) -> None:
    async with (
        site() as listener,
        name_server(ZONE) as (_, resolver),
        guarded(resolver, listener) as client,
    ):
        assert await why(client, f"https://{host}:{listener.port}/") is AddressRefusal.ADDRESS
        assert listener.connections == 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "localhost", "localhost.", "inside.de.", "a.localhost",
        "127\u30020\u30020\u30021", "\uff11\uff12\uff17.0.0.1", "%31%32%37.0.0.1", "127.0.0.1%00.site.de",
    ],
)  # fmt: skip
async def test_no_notation_of_this_machine_is_connected_to_or_asked_for(host: str) -> None:
    async with (
        site() as listener,
        name_server(ZONE) as (server, resolver),
        guarded(resolver, listener) as client,
    ):
        assert await why(client, f"https://{host}:{listener.port}/") in {AddressRefusal.HOST, None}
        assert (listener.connections, server.asked) == (0, [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://site.de/", AddressRefusal.SCHEME),
        ("ftp://site.de/", AddressRefusal.SCHEME),
        ("https://user@site.de/", AddressRefusal.USER_INFO),
        ("https://:secret@site.de/", AddressRefusal.USER_INFO),
        ("https://site.de:22/", AddressRefusal.PORT),
        ("https://site.de@inside.de/", AddressRefusal.USER_INFO),
    ],
)
async def test_only_https_on_allowed_ports_and_without_a_password_is_requested(
    url: str, expected: AddressRefusal
) -> None:
    async with site() as listener, name_server(ZONE) as (_, resolver):
        network = Elsewhere(listener.port)
        async with outside_client(OutsideTransport(Guard(resolver, network=network))) as client:
            assert await why(client, url) is expected
            assert network.connected == []


@asynccontextmanager
async def secure(
    folder: Path, resolver: dns.asyncresolver.Resolver, unreachable: int = 0
) -> AsyncIterator[tuple[Site, Elsewhere, OutsideTransport]]:
    """A TLS server with a certificate for site.de, to which every public address leads."""
    server, client = certificate(folder, "site.de")
    async with site(server) as running:
        network = Elsewhere(running.port, unreachable)
        transport = OutsideTransport(Guard(resolver, network=network), tls=client)
        try:
            yield running, network, transport
        finally:
            await transport.aclose()


async def test_the_checked_address_is_connected_to_and_the_name_is_resolved_once(tmp_path: Path) -> None:
    async with (
        name_server(ZONE) as (server, resolver),
        secure(tmp_path, resolver) as (running, network, transport),
    ):
        client = outside_client(transport)
        assert (await client.get("https://site.de/")).text == "ok"
        assert network.connected == [(PUBLIC, 443)]
        assert sorted(server.asked) == [("site.de", "A"), ("site.de", "AAAA")]
        assert b"host: site.de\r\n" in running.heads[0].lower()


async def test_a_name_that_changes_after_its_check_is_checked_again(tmp_path: Path) -> None:
    """DNS rebinding: public when the address is stored, private when it is requested."""
    async with (
        name_server(dict(ZONE)) as (server, resolver),
        secure(tmp_path, resolver) as (_, network, transport),
    ):
        await transport.check(httpx.URL("https://site.de/"))
        assert network.connected == []
        server.zone["site.de"] = {"A": ["127.0.0.1"]}
        assert await why(outside_client(transport), "https://site.de/") is AddressRefusal.ADDRESS
        with pytest.raises(AddressRefused):
            await transport.check(httpx.URL("https://site.de/"))
        assert network.connected == []


async def test_the_certificate_is_verified_for_the_name(tmp_path: Path) -> None:
    async with (
        name_server(ZONE) as (_, resolver),
        secure(tmp_path, resolver) as (running, _, transport),
    ):
        client = outside_client(transport)
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.get("https://other.de/")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.get("https://other.de/", extensions={"sni_hostname": "site.de"})
        assert running.heads == []


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://inside.de/", AddressRefusal.ADDRESS),
        ("//inside.de/", AddressRefusal.ADDRESS),
        ("https://127.0.0.1/", AddressRefusal.HOST),
        ("https://[::ffff:127.0.0.1]/", AddressRefusal.HOST),
        ("http://site.de/", AddressRefusal.SCHEME),
        ("https://site.de:6379/", AddressRefusal.PORT),
        ("https://a:b@site.de/", AddressRefusal.USER_INFO),
    ],
)
async def test_each_redirect_is_checked(tmp_path: Path, location: str, expected: AddressRefusal) -> None:
    async with (
        name_server(ZONE) as (_, resolver),
        secure(tmp_path, resolver) as (running, network, transport),
    ):
        running.script = _redirect_to(location)
        client = outside_client(transport)
        assert await why(client, "https://site.de/") is expected
        assert network.connected == [(PUBLIC, 443)]
        assert (await client.get("https://site.de/")).status_code == 302  # followed only if asked


async def test_the_fourth_redirect_is_not_followed(tmp_path: Path) -> None:
    async with (
        name_server(ZONE) as (_, resolver),
        secure(tmp_path, resolver) as (running, _, transport),
    ):
        running.script = _redirect_to("/again")
        with pytest.raises(httpx.TooManyRedirects):
            await outside_client(transport).get("https://site.de/", follow_redirects=True)
        assert len(running.heads) == 4


def _redirect_to(location: str) -> Script:
    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())

    return script


async def test_the_next_address_is_tried_if_one_is_unreachable(tmp_path: Path) -> None:
    async with (
        name_server(ZONE) as (_, resolver),
        secure(tmp_path, resolver, unreachable=1) as (_, network, transport),
    ):
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE"):  # it was reached; its name is another
            await outside_client(transport).get("https://two.de/")
        assert sorted(address for address, _ in network.connected) == [PUBLIC, "93.184.215.15"]


@pytest.mark.parametrize("host", ["gone.de", "empty.de", "failing.de"])
async def test_a_name_without_addresses_is_unreachable(tmp_path: Path, host: str) -> None:
    async with (
        name_server(ZONE) as (server, resolver),
        secure(tmp_path, resolver) as (_, network, transport),
    ):
        server.failing = {"failing.de"}
        with pytest.raises(httpx.ConnectError):
            await outside_client(transport).get(f"https://{host}/")
        assert network.connected == []


async def test_one_kind_of_address_is_enough_if_the_other_cannot_be_asked(tmp_path: Path) -> None:
    async with (
        name_server(ZONE) as (server, resolver),
        secure(tmp_path, resolver) as (_, network, transport),
    ):
        server.failing_kinds = {("site.de", "AAAA")}
        assert (await outside_client(transport).get("https://site.de/")).text == "ok"
        assert network.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_operator_can_allow_a_port_of_a_private_host(host: str) -> None:
    async with (
        site() as listener,
        site() as other,
        name_server(ZONE) as (server, resolver),
        guarded(resolver, listener, host) as client,
    ):
        assert (await client.get(f"http://{host}:{listener.port}/")).text == "ok"
        assert (listener.connections, server.asked) == (1, [])
        assert await why(client, f"https://inside.de:{listener.port}/") is AddressRefusal.ADDRESS
        assert await why(client, f"http://{host}:{other.port}/") is AddressRefusal.SCHEME
        assert await why(client, f"https://{host}:{other.port}/") is AddressRefusal.PORT
        assert (listener.connections, other.connections) == (1, 0)


@pytest.mark.parametrize("host", ["169.254.169.254", "100.100.100.200", "0.0.0.0", "[fd00:ec2::254]"])  # noqa: S104
async def test_an_allowed_host_is_never_a_metadata_service(host: str) -> None:
    async with (
        site() as listener,
        name_server(ZONE) as (_, resolver),
        guarded(resolver, listener, host.strip("[]")) as client,
    ):
        assert await why(client, f"http://{host}:{listener.port}/") is AddressRefusal.ADDRESS
        assert listener.connections == 0


async def test_a_machine_without_a_resolver_reaches_no_names() -> None:
    async with outside_client(OutsideTransport(Guard(None))) as client:
        with pytest.raises(httpx.ConnectError, match="no DNS resolver"):
            await client.get("https://site.de/")
