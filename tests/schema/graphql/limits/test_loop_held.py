"""No request blocks the event loop, so that other answers arrive in time."""

import asyncio
import gc
import http.client
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from starlette.routing import WebSocketRoute
from websockets.exceptions import ConnectionClosed

from tests.schema.graphql.limits import attacks
from tests.schema.graphql.limits.attacks import Attack
from tests.schema.graphql.limits.conftest import Running
from tests.schema.http.wire import signed_in
from tests.support.api import listening
from tests.support.marketplace import make_marketplace

LONGEST = 0.1  # seconds of the processor in one round of the loop
TRIES = 3  # a real block recurs each time; a busy machine's delay does not
SECONDS = 60.0
NOBODY, VENDOR, OPERATOR = "nobody", "vendor", "operator"


class Watch:
    """The longest iteration of the event loop, in CPU time of its thread, as other processes may be busy."""

    def __init__(self, iterate: Callable[[], None]) -> None:
        self._iterate = iterate
        self.held = 0.0

    def iterate(self) -> None:
        """Iterate once."""
        began = time.thread_time()
        self._iterate()
        self.held = max(self.held, time.thread_time() - began)


@asynccontextmanager
async def watching() -> AsyncIterator[Watch]:
    """Watch the loop that this runs on, after collecting the garbage of earlier tests."""
    gc.collect()
    gc.freeze()
    loop: Any = asyncio.get_running_loop()  # it looks its iteration up each time
    watch = Watch(loop._run_once)
    loop._run_once = watch.iterate
    try:
        yield watch
    finally:
        del loop._run_once


def send(port: int, attack: Attack, token: str | None) -> int:
    """Send a request from another thread; return the status, or 0 if the connection was closed."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **dict(attack.headers)}
    try:
        client.request(attack.method, attack.path, attack.body or None, headers)
        response = client.getresponse()
        response.read()
    except (ConnectionError, http.client.HTTPException):
        return 0
    else:
        return response.status
    finally:
        client.close()


async def held_by(watch: Watch, port: int, attack: Attack, token: str | None) -> float:
    """Return the longest iteration while a request and a concurrent `/healthz` are answered."""
    shortest = SECONDS
    for _ in range(TRIES):
        watch.held = 0.0
        status, healthy = await asyncio.gather(
            asyncio.to_thread(send, port, attack, token),
            asyncio.to_thread(send, port, Attack("healthz", b"", (), "/healthz", "GET"), None),
        )
        assert (status != 500, healthy) == (True, 200), attack.name
        shortest = min(shortest, watch.held)
        if shortest <= LONGEST:
            break
    return shortest


@pytest.mark.parametrize("who", [NOBODY, VENDOR, OPERATOR])
@pytest.mark.parametrize(
    "group", [attacks.in_variables, attacks.in_documents, attacks.in_forms, attacks.in_headers]
)
async def test_no_request_blocks_the_loop_for_more_than_100_ms(
    running: Running, group: Callable[[], Iterator[Attack]], who: str
) -> None:
    market = await make_marketplace()
    users = {VENDOR: market.vendor.owner.user_id, OPERATOR: market.operator.user_id}
    async with running() as api, listening(api.app) as port:
        token = None if who == NOBODY else await api.token(users[who])
        async with watching() as watch:
            held = {attack.name: await held_by(watch, port, attack, token) for attack in group()}
    assert {name: seconds for name, seconds in held.items() if seconds > LONGEST} == {}


UPGRADE = (
    b"GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def write(port: int, data: bytes, before: bytes = b"") -> None:
    """Write bytes to a connection from another thread, until it closes or all are written."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as plain, suppress(OSError):
        if before:
            plain.sendall(before)
            assert b"101 Switching" in plain.recv(65_536)
        reading = threading.Thread(target=_read, args=(plain,))
        reading.start()
        with suppress(OSError):
            plain.sendall(data)
            plain.shutdown(socket.SHUT_WR)
        reading.join()


def _read(plain: socket.socket) -> None:
    with suppress(OSError):
        while plain.recv(65_536):
            pass


async def test_no_bytes_block_the_loop_for_more_than_100_ms(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, float] = {}
    async with (
        running() as api,
        listening(api.app, request_head_seconds=0.3, request_body_seconds=0.3) as port,
        watching() as watch,
    ):
        (view,) = {route.app for route in api.app.routes if isinstance(route, WebSocketRoute)}
        monkeypatch.setattr(view, "connection_init_wait_timeout", timedelta(seconds=0.3))
        for name, data in (*attacks.in_bytes(), *attacks.in_frames()):
            held[name] = SECONDS
            before = UPGRADE if name in dict(attacks.in_frames()) else b""
            for _ in range(TRIES):
                watch.held = 0.0
                await asyncio.to_thread(write, port, data, before)
                held[name] = min(held[name], watch.held)
                if held[name] <= LONGEST:
                    break
    assert {name: seconds for name, seconds in held.items() if seconds > LONGEST} == {}


def _messages(bodies: Iterable[Attack]) -> Iterator[tuple[str, str]]:
    for attack in bodies:
        if len(attack.body) < attacks.MEGABYTE - 100:
            yield attack.name, '{"id": "1", "type": "subscribe", "payload": ' + attack.body.decode() + "}"


async def test_no_socket_message_blocks_the_loop_for_more_than_100_ms(running: Running) -> None:
    market = await make_marketplace()
    held: dict[str, float] = {}
    async with running() as api, listening(api.app) as port:
        token = await api.token(market.vendor.owner.user_id)
        async with watching() as watch:
            for name, message in _messages([*attacks.in_variables(), *attacks.in_documents()]):
                held[name] = SECONDS
                for _ in range(TRIES):
                    async with signed_in(port, token) as client:
                        watch.held = 0.0
                        await client.ws.send(message)
                        with suppress(ConnectionClosed):  # the response to invalid JSON
                            await client.receive()
                        held[name] = min(held[name], watch.held)
                    if held[name] <= LONGEST:
                        break
    assert {name: seconds for name, seconds in held.items() if seconds > LONGEST} == {}
