"""The messages of a socket are received in order, each once, by a reader that may wait."""

import asyncio

import pytest
from uvicorn._types import WebSocketReceiveEvent

from schema.http.inbox import Inbox


def text(words: str) -> WebSocketReceiveEvent:
    """Return a message."""
    return {"type": "websocket.receive", "bytes": None, "text": words}


async def test_messages_are_received_in_order() -> None:
    inbox = Inbox()
    inbox.put_nowait(text("one"))
    inbox.put_nowait(text("two"))
    assert [await inbox.get(), await inbox.get()] == [text("one"), text("two")]
    assert inbox.empty()


async def test_a_reader_waits_for_the_next_message() -> None:
    inbox = Inbox()
    reader = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    assert not reader.done()
    inbox.put_nowait(text("one"))
    inbox.put_nowait(text("two"))
    assert await reader == text("one")
    assert not inbox.empty()


async def test_a_cancelled_reader_loses_no_message() -> None:
    inbox = Inbox()
    reader = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    inbox.put_nowait(text("one"))
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert await inbox.get() == text("one")
