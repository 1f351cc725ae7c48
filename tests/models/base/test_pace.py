"""A long loop yields: other tasks run before it ends."""

import asyncio

import pytest

from models.base.pace import STEP, unhurried


@pytest.mark.parametrize(("things", "turns"), [(STEP - 1, 0), (STEP, 1), (10 * STEP, 10)])
async def test_other_tasks_run_after_each_step(things: int, turns: int) -> None:
    had = 0

    async def other() -> None:
        nonlocal had
        while True:
            await asyncio.sleep(0)
            had += 1

    waiting = asyncio.create_task(other())
    await asyncio.sleep(0)
    before = had
    assert [thing async for thing in unhurried(range(things))] == list(range(things))
    assert had - before == turns
    waiting.cancel()
