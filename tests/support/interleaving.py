"""Calls that run one SQL statement at a time, in an order that the test chooses.

A call pauses before each of its statements, including BEGIN and COMMIT, until the test releases it. A call
whose statement waits for a lock that another holds stays paused until that lock is free.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any
from unittest.mock import patch

import asyncpg
from asyncpg.connection import Connection

_me: ContextVar["Call | None"] = ContextVar("_me", default=None)


class Call:
    """One call; it pauses before its first statement until `Interleaving.step` releases it."""

    def __init__(self, work: Coroutine[Any, Any, object]) -> None:
        self._may = asyncio.Semaphore(0)
        self.stands = False
        self.backend: int | None = None
        self.task = asyncio.ensure_future(self._run(work))

    async def _run(self, work: Coroutine[Any, Any, object]) -> object:
        _me.set(self)
        return await work

    async def before_statement(self, backend: int) -> None:
        """Pause until the test releases it."""
        self.backend, self.stands = backend, True
        await self._may.acquire()
        self.stands = False

    def go(self) -> None:
        """Release the next statement."""
        self.stands = False
        self._may.release()


class Interleaving:
    """The calls, and a connection that sees which of them are waiting for locks."""

    def __init__(self, watcher: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._watcher = watcher
        self.calls: list[Call] = []

    async def start(self, work: Coroutine[Any, Any, object]) -> Call:
        """Start a call and run it up to its first statement."""
        call = Call(work)
        self.calls.append(call)
        await self._settle(call)
        return call

    async def step(self, call: Call) -> None:
        """Let a call run one statement; return when all calls are paused, wait for a lock or have ended."""
        if call.stands:
            call.go()
        for one in self.calls:
            await self._settle(one)

    async def finish(self) -> list[object]:
        """Run all calls to completion in turn; return their outcomes, including exceptions."""
        while not all(call.task.done() for call in self.calls):
            for call in self.calls:
                await self.step(call)
        return await asyncio.gather(*(call.task for call in self.calls), return_exceptions=True)

    async def _settle(self, call: Call) -> None:
        async with asyncio.timeout(60):
            while not (call.stands or call.task.done() or await self._waits(call)):  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def _waits(self, call: Call) -> bool:
        waits: bool = await self._watcher.fetchval(
            "SELECT cardinality(pg_blocking_pids($1)) > 0", call.backend
        )
        return waits


@asynccontextmanager
async def interleaving(url: str) -> AsyncIterator[Interleaving]:
    """Pause the statements of the calls that are started within the block."""
    driver: Any = Connection  # these two methods, through which all statements go, are untyped
    rows, script = driver._execute, driver.execute

    async def with_rows(self: Any, *given: Any, **named: Any) -> Any:
        await _stand(self)
        return await rows(self, *given, **named)

    async def with_script(self: Any, query: str, *given: Any, **named: Any) -> Any:
        if not given:  # statements with values use the other method
            await _stand(self)
        return await script(self, query, *given, **named)

    watcher = await asyncpg.connect(url)
    try:
        with patch.object(driver, "_execute", with_rows), patch.object(driver, "execute", with_script):
            yield Interleaving(watcher)
    finally:
        await watcher.close()


async def _stand(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    call = _me.get()
    if call is not None:
        await call.before_statement(connection.get_server_pid())
