"""Ending tasks although a library may swallow a cancellation, as redis-py does.

Before Python 3.12, so does a `wait_for` that meets its result.
"""

import asyncio
from collections.abc import Iterable
from typing import Any


async def end_tasks(tasks: Iterable[asyncio.Task[Any]], again_after: float = 1.0) -> None:
    """Cancel tasks until all have ended, again after so many seconds; their errors stay in them.

    A task that tidies up takes less time than that, or is interrupted.
    """
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=again_after)
