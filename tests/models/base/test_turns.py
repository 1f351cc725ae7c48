"""Turns: a few per key at the same time, the others in order, and nothing is retained afterwards."""

import asyncio
import gc
import weakref

import pytest

from models.base.turns import Turns


class Key:
    """A key that a weak reference can follow."""


def is_retained(key: "weakref.ref[Key]") -> bool:
    """Return whether anything still holds the key."""
    gc.collect()
    return key() is not None


async def test_one_key_runs_a_few_at_a_time_and_the_others_in_order() -> None:
    turns, end = Turns(2), asyncio.Event()
    begun: list[int] = []

    async def work(number: int) -> None:
        async with turns.of("one"):
            begun.append(number)
            await end.wait()

    tasks = [asyncio.create_task(work(number)) for number in range(5)]
    await asyncio.sleep(0)
    assert begun == [0, 1]
    end.set()
    await asyncio.gather(*tasks)
    assert begun == [0, 1, 2, 3, 4]


async def used_and_cancelled(turns: Turns) -> "weakref.ref[Key]":
    """Have one turn of a new key while another that waits for it is cancelled."""
    key = Key()
    async with turns.of(key):
        waiting = asyncio.create_task(turns.of(key).__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()
    return weakref.ref(key)


async def test_a_key_is_forgotten_after_its_last_turn() -> None:
    turns = Turns(1)
    assert not is_retained(await used_and_cancelled(turns))


async def test_another_key_does_not_wait() -> None:
    turns = Turns(1)
    async with asyncio.timeout(60), turns.of("one"), turns.of("other"):
        pass


async def test_a_turn_is_returned_after_an_error_and_after_a_cancellation() -> None:
    turns = Turns(1)
    with pytest.raises(LookupError):
        async with turns.of("one"):
            raise LookupError
    async with turns.of("one"):
        waiting = asyncio.create_task(turns.of("one").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(60), turns.of("one"):
        pass
