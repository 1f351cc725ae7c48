"""Waiting until a part of the installation is as it should be."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import asyncpg
import httpx
from redis.exceptions import RedisError

PATIENCE = 60.0  # seconds; a busy machine takes a fraction
_NOT_YET = (OSError, LookupError, httpx.HTTPError, asyncpg.PostgresError, asyncpg.InterfaceError, RedisError)


async def until(reached: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE) -> None:
    """Return when a condition holds. Raises `RuntimeError` if it does not in time."""
    deadline = time.monotonic() + seconds
    why: BaseException | None = None
    while time.monotonic() < deadline:
        try:
            if await reached():
                return
        except _NOT_YET as error:
            why = error
        await asyncio.sleep(0.1)
    raise RuntimeError(f"waited {seconds:.0f} s in vain for {what}") from why
