"""Sockets of questions to DNS are closed, also if a question is cancelled while its socket is made."""

import asyncio
from typing import Any

import dns.name
import pytest
from dns._asyncbackend import Backend

from models.outside.resolver import ClosingBackend, addresses_of
from tests.support.name_server import name_server


class _Slow(Backend):
    """A network that makes a socket when it may."""

    def __init__(self) -> None:
        self.asked, self.may, self.closed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def make_socket(self, *_: Any, **__: Any) -> "_Slow":
        self.asked.set()
        await self.may.wait()
        return self

    async def close(self) -> None:
        self.closed.set()


async def test_a_socket_that_nobody_waits_for_is_closed() -> None:
    slow = _Slow()
    making = asyncio.create_task(ClosingBackend(slow).make_socket())
    await slow.asked.wait()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert not slow.closed.is_set()
    slow.may.set()
    await slow.closed.wait()


async def test_a_socket_that_is_waited_for_is_the_callers() -> None:
    slow = _Slow()
    slow.may.set()
    assert await ClosingBackend(slow).make_socket() is slow
    assert not slow.closed.is_set()


async def test_addresses_are_read_over_this_network() -> None:
    async with name_server({"site.de": {"A": ["93.184.215.14"], "AAAA": ["2606:2800::1"]}}) as (_, resolver):
        found = await addresses_of(resolver, dns.name.from_text("site.de."), 60)
        assert [str(one) for one in found] == ["93.184.215.14", "2606:2800::1"]
