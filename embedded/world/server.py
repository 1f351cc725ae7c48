"""Runs the demo world: one HTTP server and one DNS server, on free ports of this machine only."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from embedded.world.answering import Host, no_such_host
from embedded.world.hostile import HOSTILE
from embedded.world.name_server import NameServer
from embedded.world.place import announced
from embedded.world.services import SERVICES
from embedded.world.sites import SITES

LOOPBACK = "127.0.0.1"
HOSTS: Mapping[str, Host] = {**SITES, **HOSTILE, **SERVICES}


class World:
    """The application: the host of a request answers it, if there is one of this name.

    `asked` are the requests, as their host and path, for tests.
    """

    def __init__(self, hosts: Mapping[str, Host] = HOSTS) -> None:
        """Take the hosts by name."""
        self._hosts = hosts
        self.asked: list[tuple[str, str]] = []
        self.headers: list[Mapping[str, str]] = []
        self._keeps = False

    def keep(self) -> None:
        """Keep what is asked, from now on."""
        self._keeps = True
        self.asked.clear()
        self.headers.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        host = request.headers.get("host", "").partition(":")[0].lower()
        if self._keeps:
            self.asked.append((host, request.url.path))
            self.headers.append(dict(request.headers))
        found = self._hosts.get(host)
        answer: Response = no_such_host() if found is None else await found(request)
        await answer(scope, receive, send)


@asynccontextmanager
async def running_world(world: World | None = None) -> AsyncIterator[tuple[int, int]]:
    """Run the world within the block; yield the ports for HTTP and for DNS."""
    loop = asyncio.get_running_loop()
    dns, _ = await loop.create_datagram_endpoint(NameServer, local_addr=(LOOPBACK, 0))
    listener = socket.create_server((LOOPBACK, 0), backlog=512)
    config = uvicorn.Config(
        world or World(),
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=0,  # some hosts never end
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield listener.getsockname()[1], dns.get_extra_info("sockname")[1]
    finally:
        server.should_exit = True
        await serving
        listener.close()
        dns.close()


class _Server(uvicorn.Server):
    """A server that leaves signals to its process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(var_dir: Path) -> None:
    """Run the world of a `var/` folder until a signal to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running_world() as (http, dns):
        with announced(var_dir, http, dns):
            await stop.wait()
