"""Messages on a socket: queries, mutations, several concurrent operations, and invalid messages."""

import asyncio
import json

import pytest
from websockets.http11 import Request as WebSocketRequest

from schema.graphql.context import Context
from schema.graphql.ids import write_id
from schema.http.socket_connection import SocketConnection
from schema.leads.loaders import LeadLoaders
from tests.schema.http.conftest import Served
from tests.schema.http.wire import CURSOR, NOTIFICATIONS, REVEALS, Socket, errors_of, signed_in

ROLES = "{ viewer { roles account { points } } }"
SUBMIT = """mutation ($lead: ID!) {
  applicationSubmit(input: {leadId: $lead, introduction: "We can.", idempotencyKey: "once"}) {
    application { status } userErrors { code } } }"""


async def still_lives(socket: Socket) -> bool:
    """Whether a socket responds."""
    return "viewer" in await socket.ask("life", CURSOR)


async def test_queries_and_mutations_work_over_a_socket(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        before = await socket.ask("1", ROLES)
        assert before["viewer"] == {"roles": ["OWNER"], "account": {"points": 100}}
        submitted = await socket.ask("2", SUBMIT, lead=write_id("Lead", served.market.lead.id))
        assert submitted["applicationSubmit"] == {"application": {"status": "PENDING"}, "userErrors": []}
        assert (await socket.ask("1", ROLES))["viewer"]["account"] == {"points": 90}


async def test_an_open_socket_keeps_no_headers_of_its_parser(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stay in the scope alone, which the operations read."""
    opened: list[WebSocketRequest] = []
    connect = SocketConnection.handle_connect

    def remembered(connection: SocketConnection, event: WebSocketRequest) -> None:
        opened.append(event)
        assert "Host" in event.headers
        connect(connection, event)

    monkeypatch.setattr(SocketConnection, "handle_connect", remembered)
    async with signed_in(served.port, await served.owner_token()) as socket:
        assert await still_lives(socket)
        assert [dict(request.headers) for request in opened] == [{}]


async def test_each_operation_has_its_own_context(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Context] = []
    fresh = Context.fresh

    def remembered(context: Context) -> Context:
        made.append(fresh(context))
        return made[-1]

    monkeypatch.setattr(Context, "fresh", remembered)
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("follow", REVEALS)
        await socket.ask("1", CURSOR)
        await socket.ask("2", CURSOR)
    first, second, third = made
    assert len({id(context.load(LeadLoaders)) for context in (first, second, third)}) == 3
    assert len({id(context.contacts_seen) for context in made}) == 3


async def test_operations_on_one_socket_run_concurrently(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("reveals", REVEALS, after=await served.cursor())
        await socket.subscribe("notifications", NOTIFICATIONS, after=await served.cursor())
        await served.reveal("Side by side")
        kinds = [(await socket.next("notifications"))["notifications"]["kind"] for _ in range(2)]
        assert kinds == ["APPLICATION_SUBMITTED", "APPLICATION_ACCEPTED"]
        assert (await socket.next("reveals"))["reveals"]["lead"] == {"title": "Side by side"}
        assert await still_lives(socket)


async def test_ping_is_answered(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.send(type="ping")
        assert await socket.receive() == {"type": "pong"}
        await socket.send(type="pong", payload={"any": "thing"})
        assert await still_lives(socket)


WRONG = [
    ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { reveals", "GRAPHQL_PARSE_FAILED"),
    ("", "BAD_REQUEST"),
    ("query A { viewer { roles } } query B { viewer { roles } }", "BAD_REQUEST"),
    ("subscription { reveals(after: 5) { __typename } }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription ($after: Cursor!) { reveals(after: $after) { __typename } }", "BAD_USER_INPUT"),
    ("fragment F on Query { viewer { roles } }", "BAD_REQUEST"),
]


async def test_an_invalid_document_is_reported_and_the_socket_stays_open(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        for document, code in WRONG:
            await socket.subscribe("wrong", document)
            answer = await socket.take("wrong")
            (error,) = errors_of(answer)
            assert error["message"]
            assert error["extensions"]["code"] == code, document
            if answer["type"] == "next":
                assert (await socket.take("wrong"))["type"] == "complete"
            assert "viewer" in await socket.ask("wrong", CURSOR)  # its id can be used again


async def test_an_invalid_cursor_is_reported_and_the_socket_stays_open(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        for after in ("nonsense", "", "Zjp4", "x" * 200):
            await socket.subscribe(f"wrong {after}", REVEALS, after=after)
            (error,) = errors_of(await socket.take(f"wrong {after}"))
            assert error["extensions"] == {"code": "INVALID", "reason": "CURSOR_INVALID", "field": ["after"]}
            assert await still_lives(socket)


NONSENSE: list[str | bytes] = [
    "{",
    "[]",
    "5",
    "null",
    '"text"',
    "{}",
    '{"type": 5}',
    '{"type": "unknown"}',
    '{"type": "subscribe"}',
    '{"type": "subscribe", "id": 5, "payload": {"query": "{ viewer { roles } }"}}',
    '{"type": "subscribe", "id": "", "payload": {"query": "{ viewer { roles } }"}}',
    '{"type": "subscribe", "id": "1", "payload": []}',
    '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{ viewer { roles } }", "variables": []}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": {}}}',
    '{"type": "complete", "id": []}',
    "[" * 5000,
    '{"type": "ping", "payload": NaN}',
    b"\x00\xff",
]


async def test_an_invalid_message_closes_the_socket_with_4400(served: Served) -> None:
    token = await served.owner_token()
    for message in NONSENSE:
        async with signed_in(served.port, token) as socket:
            await socket.ws.send(message)
            assert await socket.close_code() == 4400, message


async def test_a_message_that_is_too_large_closes_the_socket(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.ws.send(json.dumps({"type": "ping", "payload": {"text": "x" * 1_000_001}}))
        assert await socket.close_code() == 1009


async def test_an_id_in_use_closes_the_socket(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS)
        await socket.subscribe("1", REVEALS)
        assert await socket.close_code() == 4409


async def test_concurrent_operations_per_socket_are_limited(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        for number in range(20):
            await socket.subscribe(f"s{number}", REVEALS)
        await socket.subscribe("too many", REVEALS)
        (error,) = errors_of(await socket.take("too many"))
        assert (error["extensions"]["code"], error["extensions"]["allowed"]) == ("LIMIT_EXCEEDED", 20)
        await socket.send(type="complete", id="s0")
        assert await still_lives(socket)


async def test_a_finished_operation_releases_its_feed(served: Served) -> None:
    reader = served.api.services.reader
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS)
        await socket.subscribe("2", REVEALS)
        await settled(lambda: reader.subscriptions == 2)
        await socket.send(type="complete", id="1")
        await settled(lambda: reader.subscriptions == 1)
    await settled(lambda: reader.subscriptions == 0)


async def test_an_operation_completed_while_starting_ends(served: Served) -> None:
    """Libraries may swallow a cancellation on Python 3.11, so it is repeated."""
    reader = served.api.services.reader
    async with signed_in(served.port, await served.owner_token()) as socket:
        for number in range(20):
            await socket.subscribe(f"s{number}", REVEALS)
            await asyncio.sleep(number % 5 / 1000)
            await socket.send(type="complete", id=f"s{number}")
        assert await still_lives(socket)
        await settled(lambda: reader.subscriptions == 0)
        await served.reveal()
        assert await still_lives(socket)
        assert socket.pending == []


async def settled(condition: object) -> None:
    """Wait until a condition holds, with a time limit."""
    assert callable(condition)
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.005)
