"""A time limit cancels its block and nothing else."""

import asyncio
import contextlib
import gc
import weakref
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from models.base import time_limit as module
from models.base.time_limit import time_limit

LONG = 3_600.0  # seconds; no test waits for it


class Held:
    """What a request holds."""


@contextlib.contextmanager
def fresh_timer() -> Iterator[None]:
    """Begin without a timer: the first limit starts it."""
    before, module._latest = module._latest, None
    try:
        yield
    finally:
        module._latest = before


async def test_a_block_that_ends_in_time_is_left_alone() -> None:
    with time_limit(LONG) as limit:
        await asyncio.sleep(0)
    assert not limit.expired


async def test_a_block_whose_time_is_over_raises_a_timeout_error() -> None:
    with pytest.raises(TimeoutError), time_limit(0):
        await asyncio.Event().wait()


async def test_a_task_goes_on_after_its_timeout() -> None:
    with pytest.raises(TimeoutError), time_limit(0):
        await asyncio.Event().wait()
    await asyncio.sleep(0)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_a_limit_that_is_ended_raises_at_once() -> None:
    limit = time_limit(LONG)
    asyncio.get_running_loop().call_soon(limit.end)
    with pytest.raises(TimeoutError), limit:
        await asyncio.Event().wait()


async def test_whoever_cancels_the_task_comes_before_the_limit() -> None:
    limit = time_limit(LONG)

    async def run() -> None:
        with limit:
            await asyncio.Event().wait()

    task = asyncio.create_task(run())
    await asyncio.sleep(0)
    task.cancel()
    limit.end()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_error_of_the_block_is_not_replaced() -> None:
    with pytest.raises(ValueError, match="its own"), time_limit(LONG):
        raise ValueError("its own")


async def test_the_outer_of_two_limits_that_end_together_raises() -> None:
    """The block is cancelled twice, and the task is not cancelled afterwards."""
    outer, inner = time_limit(LONG), time_limit(LONG)

    def end() -> None:
        inner.end()
        outer.end()

    asyncio.get_running_loop().call_soon(end)

    async def wait() -> None:
        with inner:
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError) as caught, outer:
        await wait()
    assert isinstance(caught.value.__cause__, asyncio.CancelledError)  # the inner limit has let it pass
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_limits_of_many_tasks_end_each_in_its_time() -> None:
    async def wait(seconds: float) -> bool:
        try:
            with time_limit(seconds):
                await asyncio.sleep(0.2)
        except TimeoutError:
            return True
        return False

    late = await asyncio.gather(*(wait(LONG if number % 2 else 0) for number in range(20)))
    assert late == [number % 2 == 0 for number in range(20)]


async def test_the_timer_holds_nothing_of_the_task_that_started_it() -> None:
    """A request is forgotten when it has ended, however long others go on."""
    held = asyncio.get_running_loop().create_future()
    value: ContextVar[object] = ContextVar("value")

    async def first() -> "weakref.ref[Held]":
        value.set(one := Held())
        with time_limit(LONG):
            await asyncio.sleep(0)
        return weakref.ref(one)

    async def other() -> None:
        with time_limit(LONG):
            await held

    with fresh_timer():
        begun = asyncio.create_task(first())
        lasting = asyncio.create_task(other())
        seen = await begun
        del begun
        await asyncio.sleep(0)  # until now, this turn of the loop holds the task that has ended
        gc.collect()
        assert seen() is None
        held.set_result(None)
        await lasting


def test_each_loop_keeps_its_own_limits() -> None:
    async def run() -> None:
        with time_limit(0):
            await asyncio.Event().wait()

    for _ in range(2):
        with pytest.raises(TimeoutError):
            asyncio.run(run())
