"""Makes calls collide: each waits for a lock that the test holds, in a known order, then all proceed.

It never sleeps: the database says which calls are waiting.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from models.base.refusal import Refusal

APPLICATION = "SELECT FROM application WHERE id = $1 FOR UPDATE"
BALANCE = "SELECT FROM balance WHERE account_id = $1 FOR UPDATE"
ACCOUNT = "SELECT FROM account WHERE id = $1 FOR UPDATE"

Call = Coroutine[Any, Any, object]
Outcome = object  # the result of a call, or the exception that it raised


# Those behind this lock only, directly or behind another one that is.
_WAITING = """
    WITH RECURSIVE waiting (pid) AS (
        SELECT pg_backend_pid()
        UNION
        SELECT blocked.pid FROM waiting, (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted) AS blocked
        WHERE waiting.pid = ANY(pg_blocking_pids(blocked.pid)))
    SELECT count(*) - 1 FROM waiting"""


class Meeting:
    """A held lock, and the calls that wait for it."""

    def __init__(self, holder: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.holder = holder
        self._tasks: list[asyncio.Task[object]] = []

    async def join(self, call: Call) -> None:
        """Start a call and return when it waits behind the previous ones."""
        task = asyncio.ensure_future(call)
        self._tasks.append(task)
        async with asyncio.timeout(60):
            while not task.done() and await self._waiting() < len(self._tasks):
                pass
        assert not task.done(), f"it did not wait for the lock: {task}"

    async def _waiting(self) -> int:
        count: int = await self.holder.fetchval(_WAITING)
        await asyncio.sleep(0)
        return count

    async def outcomes(self) -> list[Outcome]:
        """Return the outcomes of the calls, in the order in which they joined."""
        return list(await asyncio.gather(*self._tasks, return_exceptions=True))


@asynccontextmanager
async def holding(url: str, lock: str, subject: object) -> AsyncIterator[Meeting]:
    """Lock a row in a separate transaction, committed at the end of the block."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(lock, subject)
            yield Meeting(connection)
    finally:
        await connection.close()


async def at_once(url: str, lock: str, subject: object, calls: Sequence[Call]) -> list[Outcome]:
    """Queue up to five calls (the pool's size) behind a row; return their outcomes, in the calls' order.

    The first call goes first; of two calls, the second goes second. If three or more wait for a row that the
    first one changes, they queue again for the new version, in an order that PostgreSQL does not guarantee.
    """
    async with holding(url, lock, subject) as meeting:
        for call in calls:
            await meeting.join(call)
    return await meeting.outcomes()


async def freely(*calls: Call) -> list[Outcome]:
    """Run calls freely; fail on anything but a refusal, such as a deadlock."""
    async with asyncio.timeout(60):
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Refusal):
            raise outcome
    return list(outcomes)


def codes(outcomes: Sequence[Outcome]) -> list[str]:
    """Return each outcome as a refusal's code, or "done"."""
    found = []
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Refusal):
            raise outcome
        found.append(outcome.code.value if isinstance(outcome, Refusal) else "done")
    return found
