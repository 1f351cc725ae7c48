"""Turns: a few per key at the same time, the others in order, and nothing is retained afterwards."""

import asyncio

import pytest

from models.base.turns import Turns


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
    assert turns.keys == 0


async def test_another_key_waits_for_nobody() -> None:
    turns = Turns(1)
    async with turns.of("one"), turns.of("other"):
        assert turns.keys == 2
    assert turns.keys == 0


async def test_a_turn_is_given_back_after_an_error_and_after_a_cancellation() -> None:
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
    assert turns.keys == 0
    async with asyncio.timeout(60), turns.of("one"):
        pass
