"""Searches of public sources in a worker: beside each other, up to a limit, and apart from the sweeps.

A search takes seconds, so the job that starts it does not wait for it: sweeps need the worker's few places.
"""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from models.process.ending import end_tasks

MOST = 16  # at the same time; others wait, and fail after a minute like any search

Run = Callable[[UUID], Awaitable[None]]

_log = structlog.get_logger(__name__)


class LookUps:
    """The searches of one worker."""

    def __init__(self, run: Run, most: int = MOST) -> None:
        """Set how a search is carried out, and how many at the same time."""
        self._run = run
        self._places = asyncio.Semaphore(most)
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, search_id: UUID) -> None:
        """Carry out a search in the background."""
        task = asyncio.create_task(self._carry_out(search_id), name="look-up")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is being searched: it fails after a minute, and costs nothing."""
        await end_tasks(self._tasks)

    async def _carry_out(self, search_id: UUID) -> None:
        async with self._places:
            try:
                await self._run(search_id)
            except Exception as error:  # noqa: BLE001 - the search fails when its time is over
                _log.error("search_failed", search=str(search_id), error=type(error).__name__)
