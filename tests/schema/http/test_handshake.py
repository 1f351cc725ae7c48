"""Which clients get a socket: subprotocols, origins, the first message."""

from datetime import timedelta

import pytest
from starlette.routing import WebSocketRoute
from websockets.exceptions import InvalidStatus

from schema.http.endpoint import LONGEST_SILENCE
from schema.http.socket import MESSAGES_UNKNOWN
from tests.schema.http.conftest import ORIGIN, Served
from tests.schema.http.wire import CURSOR, PROTOCOL, connected, signed_in


async def test_the_subprotocol_is_negotiated(served: Served) -> None:
    async with connected(served.port, protocols=("graphql-ws", PROTOCOL)) as socket:
        assert socket.ws.subprotocol == PROTOCOL


async def test_the_handshake_has_the_id_of_the_request(served: Served) -> None:
    async with connected(served.port, headers={"X-Request-Id": "mine-1"}) as socket:
        assert socket.ws.response is not None
        assert socket.ws.response.headers["X-Request-Id"] == "mine-1"


async def test_a_silent_client_is_disconnected(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    assert timedelta(seconds=10) >= LONGEST_SILENCE
    (view,) = {route.app for route in served.api.app.routes if isinstance(route, WebSocketRoute)}
    monkeypatch.setattr(view, "connection_init_wait_timeout", timedelta(seconds=0.1))
    async with connected(served.port) as socket:
        assert await socket.close_code() == 4408


async def test_another_subprotocol_is_refused(served: Served) -> None:
    for protocols in (("graphql-ws",), ("something",), ()):
        async with connected(served.port, protocols=protocols) as socket:
            assert socket.ws.subprotocol is None
            assert await socket.close_code() == 4406


OTHERS = ("https://evil.example", "http://app.example", f"{ORIGIN}:444", f"{ORIGIN}.evil.example", "null")


async def test_a_page_of_another_origin_is_refused(served: Served) -> None:
    for origin in OTHERS:
        with pytest.raises(InvalidStatus) as refused:
            async with connected(served.port, origin=origin):
                pass
        assert refused.value.response.status_code == 403


async def test_an_allowed_origin_or_none_is_accepted(served: Served) -> None:
    for origin in (ORIGIN, None):
        async with connected(served.port, origin=origin) as socket:
            await socket.send(type="connection_init", payload={"accessToken": await served.owner_token()})
            assert await socket.receive() == {"type": "connection_ack"}


async def test_the_servers_own_origin_is_accepted(served: Served) -> None:
    async with connected(served.port, origin=f"http://127.0.0.1:{served.port}") as socket:
        assert socket.ws.subprotocol == PROTOCOL


NO_TOKENS: list[object] = [
    None,
    {},
    {"Authorization": "Bearer nonsense"},
    {"Authorization": "Basic dXNlcjpwYXNz"},
    {"authorization": "Bearer "},
    {"accessToken": 5},
    {"accessToken": "a.b.c"},
]


async def test_a_socket_without_a_valid_token_is_closed(served: Served) -> None:
    for payload in NO_TOKENS:
        async with connected(served.port) as socket:
            await socket.send(type="connection_init", **({} if payload is None else {"payload": payload}))
            assert await socket.close_code() == 4403, payload


async def test_a_token_in_the_handshakes_header_is_accepted(served: Served) -> None:
    headers = {"Authorization": f"Bearer {await served.owner_token()}"}
    async with connected(served.port, headers=headers) as socket:
        await socket.send(type="connection_init")
        assert await socket.receive() == {"type": "connection_ack"}
        assert (await socket.ask("1", CURSOR))["viewer"]["feedCursor"]


async def test_nothing_is_answered_before_connection_init(served: Served) -> None:
    async with connected(served.port) as socket:
        await socket.subscribe("1", CURSOR)
        assert await socket.close_code() == 4401


async def test_a_second_connection_init_closes_the_socket(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.send(type="connection_init", payload={})
        assert await socket.close_code() == 4429


async def test_an_unauthenticated_client_may_send_little(served: Served) -> None:
    """Each ping is answered; a flood of them would delay everyone."""
    async with connected(served.port) as socket:
        for _ in range(MESSAGES_UNKNOWN + 1):
            await socket.send(type="ping")
        assert await socket.close_code() == 4429
