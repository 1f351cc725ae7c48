"""One document: its redirects, its size, its time, what is sent, and the connections that are not opened."""

import asyncio
import ipaddress
import time
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from embedded.world.services import SERVICES
from embedded.world.sites import SITES
from models.outside.fetching import IMAGE, JSON, PAGE, Fetcher, Follow, Posted
from models.outside.guard import HTTP, HTTPS, Guard
from models.outside.host_turns import HostTurns
from models.outside.sources.source import OutsideOutcome
from models.outside.transport import Bounds, OutsideTransport, outside_client
from models.outside.unanswered import Unanswered
from tests.models.outside.sites import PUBLIC, Elsewhere, Site, certificate, site
from tests.support.name_server import Zone, name_server
from tests.support.outside_world import AGENT, SECONDS, OutsideWorld, StillClock, door_to

ZONE: Zone = {
    "site.de": {"A": [PUBLIC]},
    "www.site.de": {"A": [PUBLIC]},
    "inside.de": {"A": ["127.0.0.1"]},
    "mixed.de": {"A": [PUBLIC, "127.0.0.1"]},
}
OUTCOMES = OutsideOutcome


async def outcome_of(fetcher: Fetcher, url: str) -> tuple[OutsideOutcome, str]:
    """Return why a page is not fetched."""
    with pytest.raises(Unanswered) as raised:
        await fetcher.fetch(url, PAGE)
    return raised.value.outcome, raised.value.why


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("huge", OUTCOMES.TOO_LARGE),
        ("bomb", OUTCOMES.TOO_LARGE),
        ("brotli", OUTCOMES.BAD_ANSWER),
        ("loop", OUTCOMES.NOTHING),
        ("hops", OUTCOMES.NOTHING),
        ("downgrade", OUTCOMES.NOTHING),
        ("elsewhere", OUTCOMES.NOTHING),
        ("inward", OUTCOMES.NOTHING),
        ("inward-number", OUTCOMES.UNREACHABLE),
        ("inward-name", OUTCOMES.UNREACHABLE),
        ("not-there", OUTCOMES.UNREACHABLE),
    ],
)
async def test_a_hostile_host_is_an_outcome(world: OutsideWorld, host: str, expected: OutsideOutcome) -> None:
    outcome, _ = await outcome_of(world.door.fetcher, f"https://{host}.example/")
    assert outcome is expected


@pytest.mark.parametrize("host", ["silent", "drip"])
async def test_a_host_that_never_ends_is_left_when_its_time_is_over(world: OutsideWorld, host: str) -> None:
    door = door_to(world.ports, seconds=0.2)
    outcome, _ = await outcome_of(door.fetcher, f"https://{host}.example/")
    assert outcome is OUTCOMES.TIMED_OUT
    await door.aclose()


async def test_the_redirects_of_a_document_share_its_time(world: OutsideWorld) -> None:
    """The world's host redirects at once; the clock of the document goes on from hop to hop."""
    spent = []
    fetcher = world.door.fetcher
    hop = Fetcher._hop

    async def noted(self: Fetcher, *given: object) -> object:
        answer, seconds = await hop(self, *given)  # type: ignore[arg-type]
        spent.append(seconds)
        return answer, seconds

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Fetcher, "_hop", noted)
        await outcome_of(fetcher, "https://hops.example/")
    assert len(spent) == 4
    assert spent == sorted(spent)
    assert spent[0] < spent[-1]


async def test_three_redirects_are_followed_and_a_fourth_is_not(world: OutsideWorld) -> None:
    assert (await world.door.fetcher.fetch("https://hops.example/1", PAGE)).url.path == "/4"
    world.world.keep()
    await outcome_of(world.door.fetcher, "https://hops.example/")
    assert [path for _, path in world.world.asked] == ["/", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    ("follow", "host", "found"),
    [
        (Follow.ANYWHERE, "elsewhere.example", True),
        (Follow.WITHIN_DOMAIN, "elsewhere.example", False),
        (Follow.NONE, "hops.example", False),
        (Follow.WITHIN_DOMAIN, "granit.example", False),  # 404: it has no page without www
        (Follow.WITHIN_DOMAIN, "lampenhaus.example", True),  # to www.
    ],
)
async def test_a_redirect_is_followed_as_far_as_the_kind_of_document_allows(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch, follow: Follow, host: str, found: bool
) -> None:
    monkeypatch.setattr("embedded.world.sites.SLOW_SECONDS", 0)
    wanted = replace(PAGE, follow=follow)
    if found:
        assert (await world.door.fetcher.fetch(f"https://{host}/", wanted)).body
    else:
        with pytest.raises(Unanswered) as raised:
            await world.door.fetcher.fetch(f"https://{host}/", wanted)
        assert raised.value.outcome is OUTCOMES.NOTHING


async def test_a_key_goes_to_nobody_else(world: OutsideWorld) -> None:
    wanted = replace(PAGE, follow=Follow.ANYWHERE)
    with pytest.raises(Unanswered):
        await world.door.fetcher.fetch("https://elsewhere.example/", wanted, headers={"Authorization": "x"})
    with pytest.raises(Unanswered):
        await world.door.fetcher.fetch("https://elsewhere.example/", wanted, posted=Posted(b"{}"))
    assert {host for host, _ in world.world.asked} == {"elsewhere.example"}


@pytest.mark.parametrize(("most", "fits"), [(0, True), (-1, False)])
async def test_a_document_may_have_exactly_the_size_of_its_kind(
    world: OutsideWorld, most: int, fits: bool
) -> None:
    url = "https://speichenwerk.example/impressum"
    size = len((await world.door.fetcher.fetch(url, PAGE)).body)
    wanted = replace(PAGE, most_bytes=size + most)
    if fits:
        assert len((await world.door.fetcher.fetch(url, wanted)).body) == size
    else:
        with pytest.raises(Unanswered) as raised:
            await world.door.fetcher.fetch(url, wanted)
        assert raised.value.outcome is OUTCOMES.TOO_LARGE
        assert len((await world.door.fetcher.fetch(url, replace(wanted, cut=True))).body) == size - 1


async def test_the_limits_are_those_of_the_specification() -> None:
    assert (PAGE.most_bytes, JSON.most_bytes, IMAGE.most_bytes) == (1 << 20, 64 << 10, 256 << 10)
    bounds = Bounds()
    assert (bounds.connect_seconds, bounds.step_seconds, bounds.seconds) == (3, 4, 8)


async def test_a_page_that_is_compressed_unasked_is_unpacked(world: OutsideWorld) -> None:
    document = await world.door.fetcher.fetch("https://pennwood.example/", PAGE)
    assert b"Pennwood Supplies" in document.body
    assert (document.media_type, document.charset) == ("text/html", "utf-8")


async def test_gzip_of_zeros_and_endless_answers_take_little_memory(world: OutsideWorld) -> None:
    await outcome_of(world.door.fetcher, "https://bomb.example/")  # with what is made once
    tracemalloc.start()
    try:
        for host in ("bomb", "huge"):
            await outcome_of(world.door.fetcher, f"https://{host}.example/")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 16 << 20


async def test_a_request_introduces_itself_and_has_no_cookie(world: OutsideWorld) -> None:
    await world.door.fetcher.fetch("https://speichenwerk.example/", PAGE)
    headers = world.world.headers[0]
    assert headers["user-agent"] == AGENT
    assert headers["accept-encoding"] == "identity"
    assert "cookie" not in headers


@asynccontextmanager
async def guarded(zone: Zone, listener: Site) -> AsyncIterator[Fetcher]:
    """A fetcher with a real network and real DNS packets, in which this port is the one of the web."""
    async with name_server(zone) as (_, resolver):
        transport = OutsideTransport(Guard(resolver, ports=(listener.port,)), for_sites=True)
        clock = StillClock()
        async with outside_client(transport) as client:
            yield Fetcher(client, HostTurns(clock.seconds, clock.sleep), SECONDS)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.0.0.1", "localhost", "inside.de", "mixed.de"],
)
async def test_no_connection_is_opened_to_a_private_address(host: str) -> None:
    async with site() as listener, guarded(ZONE, listener) as fetcher:
        outcome, _ = await outcome_of(fetcher, f"https://{host}:{listener.port}/")
        assert outcome is OUTCOMES.UNREACHABLE
        assert listener.connections == 0


async def test_a_name_that_changes_between_two_questions_is_refused() -> None:
    zone = {"rebound.de": {"A": [PUBLIC]}}
    async with site() as listener, name_server(zone) as (server, resolver):
        guard = Guard(resolver, ports=(listener.port,))
        transport = OutsideTransport(guard, for_sites=True)
        await transport.check(httpx.URL(f"https://rebound.de:{listener.port}/"))
        server.zone["rebound.de"] = {"A": ["127.0.0.1"]}
        clock = StillClock()
        async with outside_client(transport) as client:
            fetcher = Fetcher(client, HostTurns(clock.seconds, clock.sleep), SECONDS)
            outcome, why = await outcome_of(fetcher, f"https://rebound.de:{listener.port}/")
        assert (outcome, why) == (OUTCOMES.UNREACHABLE, "ADDRESS")
        assert listener.connections == 0


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "inside.de", "mixed.de"]
)
async def test_a_redirect_to_a_private_address_opens_no_connection(tmp_path: Path, host: str) -> None:
    server_tls, client_tls = certificate(tmp_path, "site.de")

    async def redirecting(_: bytes, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 302 Found\r\nLocation: https://{host}/\r\nContent-Length: 0\r\n\r\n"
        writer.write(head.encode())

    async with site(server_tls) as server, name_server(ZONE) as (_, resolver):
        server.script = redirecting
        network = Elsewhere(server.port)
        transport = OutsideTransport(Guard(resolver, network=network), tls=client_tls, for_sites=True)
        clock = StillClock()
        async with outside_client(transport) as client:
            fetcher = Fetcher(client, HostTurns(clock.seconds, clock.sleep), SECONDS)
            with pytest.raises(Unanswered):
                await fetcher.fetch("https://site.de/", replace(PAGE, follow=Follow.ANYWHERE))
        assert network.connected == [(PUBLIC, HTTPS)]


async def test_port_80_is_only_followed_to_where_it_leads(tmp_path: Path) -> None:
    """The same server speaks TLS or not, by port; what it says without TLS is not read."""
    server_tls, client_tls = certificate(tmp_path, "site.de")
    target = b"HTTP/1.1 301 Moved\r\nLocation: https://site.de/\r\nContent-Length: 0\r\n\r\n"

    async def to_tls(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(target)

    async def to_www(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(target.replace(b"https://", b"http://www."))

    async with site() as plain, site(server_tls) as secure, name_server(ZONE) as (_, resolver):
        plain.script = to_tls
        network = ByPort({HTTP: plain.port, HTTPS: secure.port})
        guard = Guard(resolver, ports=(HTTPS, HTTP), network=network)
        clock = StillClock()
        async with outside_client(OutsideTransport(guard, tls=client_tls, for_sites=True)) as client:
            fetcher = Fetcher(client, HostTurns(clock.seconds, clock.sleep), SECONDS)
            assert (await fetcher.fetch("http://site.de/", PAGE)).body == b"ok"
            plain.script = Site().script  # answers 200 without TLS
            outcome, why = await outcome_of(fetcher, "http://site.de/")
            assert (outcome, why) == (OUTCOMES.NOTHING, "without TLS")
            plain.script = to_www
            outcome, why = await outcome_of(fetcher, "http://site.de/")
        assert (outcome, why) == (OUTCOMES.NOTHING, "redirect without TLS")
        assert [head.split(b"\r\n")[1] for head in plain.heads] == [b"Host: site.de"] * 3


class ByPort(Elsewhere):
    """A network in which each port of the web leads to a server of this machine."""

    def __init__(self, ports: dict[int, int]) -> None:
        super().__init__(0)
        self._ports = ports

    async def connect_tcp(self, host: str, port: int, *given: object, **named: object) -> object:  # type: ignore[override]
        """Connect to the server of the port."""
        self._port = self._ports[port]
        return await super().connect_tcp(host, port, *given, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["http://speichenwerk.example:8080/", "https://speichenwerk.example:444/"])
async def test_a_name_of_the_world_has_no_other_port(world: OutsideWorld, url: str) -> None:
    outcome, why = await outcome_of(world.door.fetcher, url)
    assert (outcome, why) == (OUTCOMES.UNREACHABLE, "PORT")
    assert world.world.asked == []


async def test_the_address_of_the_world_cannot_be_named(world: OutsideWorld) -> None:
    for url in (f"http://127.0.0.1:{world.ports.http}/", f"https://127.0.0.1:{world.ports.http}/"):
        outcome, why = await outcome_of(world.door.fetcher, url)
        assert outcome is OUTCOMES.UNREACHABLE
        assert why in {"PORT", "SCHEME", "HOST"}
    assert world.world.asked == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (204, OUTCOMES.NOTHING),
        (404, OUTCOMES.NOTHING),
        (410, OUTCOMES.NOTHING),
        (429, OUTCOMES.BUSY),
        (500, OUTCOMES.UNREACHABLE),
        (503, OUTCOMES.UNREACHABLE),
        (403, OUTCOMES.BAD_ANSWER),
        (206, OUTCOMES.BAD_ANSWER),
        (302, OUTCOMES.BAD_ANSWER),  # without a location
    ],
)
async def test_each_status_has_an_outcome(tmp_path: Path, status: int, expected: OutsideOutcome) -> None:
    server_tls, client_tls = certificate(tmp_path, "site.de")

    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status} X\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n".encode())

    async with site(server_tls) as server, name_server(ZONE) as (_, resolver):
        server.script = script
        transport = OutsideTransport(Guard(resolver, network=Elsewhere(server.port)), tls=client_tls)
        clock = StillClock()
        async with outside_client(transport) as client:
            fetcher = Fetcher(client, HostTurns(clock.seconds, clock.sleep), SECONDS)
            assert (await outcome_of(fetcher, "https://site.de/"))[0] is expected
            begun = clock.now
            await outcome_of(fetcher, "https://site.de/")
            assert clock.now - begun == pytest.approx(30 if status in {429, 503} else 1)


async def test_a_content_type_of_100_kb_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    """CPU time of this process, whose loop nobody else can use meanwhile."""
    server_tls, client_tls = certificate(tmp_path, "site.de")
    kind = b'text/html; charset=utf-8; a="' + b";" * 90_000

    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: " + kind + b"\r\n\r\nok")

    async with site(server_tls) as server, name_server(ZONE) as (_, resolver):
        server.script = script
        transport = OutsideTransport(Guard(resolver, network=Elsewhere(server.port)), tls=client_tls)
        async with outside_client(transport) as client:
            begun = time.process_time()
            document = await Fetcher(client, HostTurns(), SECONDS).fetch("https://site.de/", PAGE)
            assert time.process_time() - begun < 2
    assert (document.body, document.media_type, document.charset) == (b"ok", "text/html", "utf-8")


def test_every_host_of_the_world_is_under_example() -> None:
    """So nothing that the world has can be confused with a real name."""
    assert all(host.endswith(".example") for host in {**SITES, **SERVICES})
    assert not ipaddress.ip_address("127.0.0.1").is_global
