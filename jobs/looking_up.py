"""Searches of public sources in a worker: beside each other, up to a limit, and apart from the sweeps.

A search takes seconds, so the job that starts it does not wait for it: sweeps need the worker's few places.
An account has a few of them, so that hosts that never answer keep nobody else's searches waiting.
"""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from models.base.turns import Turns
from models.process.ending import end_tasks

# At the same time, in all and of one account; others wait, and fail after a minute like any search.
MOST, MOST_OF_ACCOUNT = 16, 4

Run = Callable[[UUID], Awaitable[None]]
AccountOf = Callable[[UUID], Awaitable[UUID | None]]

_log = structlog.get_logger(__name__)


class LookUps:
    """The searches of one worker."""

    def __init__(
        self, run: Run, account_of: AccountOf, most: int = MOST, most_of_account: int = MOST_OF_ACCOUNT
    ) -> None:
        """Set how a search is carried out, whose it is, and how many at the same time."""
        self._run, self._account_of = run, account_of
        self._places = asyncio.Semaphore(most)
        self._turns = Turns(most_of_account)
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
        try:
            async with self._turns.of(await self._account_of(search_id)), self._places:
                await self._run(search_id)
        except Exception as error:  # noqa: BLE001 - the search fails when its time is over
            _log.error("search_failed", search=str(search_id), error=type(error).__name__)
