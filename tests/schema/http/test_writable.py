"""Whether there is room for a socket's data: all who wait go on when there is, each on its own."""

import asyncio

import pytest

from schema.http.write_backpressure import Writable


async def test_nobody_waits_while_there_is_room() -> None:
    room = Writable()
    assert not room.is_set()
    room.set()
    assert room.is_set()
    assert await room.wait()
    assert await room.wait()


async def test_all_wait_until_there_is_room() -> None:
    room = Writable()
    waiting = [asyncio.create_task(room.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not any(one.done() for one in waiting)
    room.set()
    assert await asyncio.gather(*waiting) == [True] * 3


async def test_who_is_late_waits_for_the_next_room() -> None:
    """Also if it was there for a moment only."""
    room = Writable()
    waiting = asyncio.create_task(room.wait())
    await asyncio.sleep(0)
    room.set()
    room.clear()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    room.set()
    assert await waiting


async def test_who_stops_waiting_ends_no_other_wait() -> None:
    room = Writable()
    one, other = asyncio.create_task(room.wait()), asyncio.create_task(room.wait())
    await asyncio.sleep(0)
    one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await one
    assert not other.done()
    room.set()
    assert await other
