"""Conversations with a scripted mail server: how commands are written, and what replies out of turn mean."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from models.messages.channels.channel import Code, Result
from models.messages.channels.smtp import MailServer, Smtp
from models.messages.channels.smtp_conversation import quoted
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.messages import FORM
from tests.support.parcels import make_parcel

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
PIPELINING = b"250-script\r\n250 PIPELINING\r\n"
GO_ON = b"250 ok\r\n250 ok\r\n354 go on\r\n"


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, offer: bytes) -> None:
    """Begin a connection."""
    writer.write(b"220 script\r\n")
    await reader.readuntil(b"\r\n")
    writer.write(offer)


@asynccontextmanager
async def scripted(*scripts: Script) -> AsyncIterator[MailServer]:
    """Listen; the first connection follows the first script, and so on."""
    waiting = iter(scripts)

    async def follow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await next(waiting)(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(follow, "127.0.0.1", 0)
    try:
        yield MailServer("127.0.0.1", server.sockets[0].getsockname()[1], "none")
    finally:
        server.close()


async def send(server: MailServer, *addresses: str) -> list[Result]:
    """Send to each address in turn by one lane."""
    lane = Smtp(FORM, server, seconds=5.0).lane()
    results = [await lane.send(make_parcel(address)) for address in addresses]
    await lane.close()
    return results


async def accepting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept messages of which all commands have arrived before the first reply."""
    await greet(reader, writer, PIPELINING)
    while (command := await reader.readline()) not in {b"QUIT\r\n", b""}:
        if command == b"DATA\r\n":
            writer.write(GO_ON)
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 2.0.0 stored\r\n")


async def test_a_server_that_offers_it_gets_the_commands_at_once() -> None:
    """It replies to none before it has all."""
    async with scripted(accepting) as server:
        first, second = await send(server, "vera@vendor.example", "viktor@vendor.example")
    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.ACCEPTED)


async def test_a_server_that_does_not_offer_it_gets_one_command_at_a_time() -> None:
    arrived: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, b"250 script\r\n")
        for reply in (b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
            arrived.append(await reader.read(65_536))
            writer.write(reply)
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 stored\r\n")

    async with scripted(script) as server:
        (result,) = await send(server, "vera@vendor.example")
    assert result.outcome is Outcome.ACCEPTED
    assert [command[:4] for command in arrived] == [b"MAIL", b"RCPT", b"DATA"]
    assert [command.count(b"\r\n") for command in arrived] == [1, 1, 1]


async def test_replies_may_arrive_in_any_pieces_and_have_several_lines() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, PIPELINING)
        await reader.readuntil(b"DATA\r\n")
        for piece in (b"25", b"0-sender\r\n250 ok\r\n2", b"50 ok\r", b"\n354 go on\r\n"):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250-2.6.0 stored\r\n250 2.6.0 as 17\r\n")

    async with scripted(script) as server:
        (result,) = await send(server, "vera@vendor.example")
    assert result == Result(Outcome.ACCEPTED, Code.ACCEPTED, "250 2.6.0")


async def test_a_server_that_waits_for_the_content_of_a_refused_message_gets_none() -> None:
    """Not even an empty one: the connection ends, and the next message has another one."""
    rest: list[bytes] = []

    async def refusing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, PIPELINING)
        await reader.readuntil(b"DATA\r\n")
        writer.write(b"250 ok\r\n550 5.1.1 no\r\n354 go on\r\n")
        rest.append(await reader.read())

    async with scripted(refusing, accepting) as server:
        refused, sent = await send(server, "nobody@vendor.example", "vera@vendor.example")
    assert (refused.outcome, refused.code) == (Outcome.PERMANENT, Code.RECIPIENT_REFUSED)
    assert sent.outcome is Outcome.ACCEPTED
    assert rest == [b""]


async def test_a_server_that_hangs_up_after_its_refusal_has_refused() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, PIPELINING)
        await reader.readuntil(b"DATA\r\n")
        writer.write(b"421 4.3.2 closing\r\n")

    async with scripted(script, accepting) as server:
        refused, sent = await send(server, "vera@vendor.example", "vera@vendor.example")
    assert refused == Result(Outcome.THROTTLED, Code.SENDER_REFUSED, "421 4.3.2")
    assert sent.outcome is Outcome.ACCEPTED


async def test_a_connection_on_which_something_arrived_unasked_is_not_used_again() -> None:
    """Its replies would be taken for those of the next message."""

    async def talkative(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, PIPELINING)
        await reader.readuntil(b"DATA\r\n")
        writer.write(GO_ON)
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 stored\r\n421 4.4.2 idle\r\n")
        await reader.read()

    async with scripted(talkative, accepting) as server:
        first, second = await send(server, "vera@vendor.example", "viktor@vendor.example")
    assert first.outcome is Outcome.ACCEPTED
    assert second == Result(Outcome.ACCEPTED, Code.ACCEPTED, "250 2.0.0")  # of the second connection


@pytest.mark.parametrize("reply", [b"hello\r\n", b"250-" + b"a" * 70_000])
async def test_a_reply_that_is_none_ends_the_connection(reply: bytes) -> None:
    """One without a code, and one without an end."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greet(reader, writer, PIPELINING)
        await reader.readuntil(b"DATA\r\n")
        writer.write(reply)
        await reader.read()

    async with scripted(script, accepting) as server:
        failed, sent = await send(server, "vera@vendor.example", "vera@vendor.example")
    assert failed == Result(Outcome.TEMPORARY, Code.CONNECTION_LOST)
    assert sent.outcome is Outcome.ACCEPTED


def test_an_address_cannot_add_anything_to_its_command() -> None:
    assert quoted("zoë.o'neil+leads@vendor.example") == "<zoë.o'neil+leads@vendor.example>"
    assert quoted('"a>b"@vendor.example') == '<"a>b"@vendor.example>'
    for address in ("vera@vendor.example> SIZE=1", "Vera <vera@vendor.example>", "a,b@vendor.example"):
        with pytest.raises(ValueError, match="address"):
            quoted(address)
