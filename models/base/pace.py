"""Lets other tasks run during long loops in the server."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

STEP = 100  # items, of about ten microseconds each

_Thing = TypeVar("_Thing")


async def unhurried(things: Iterable[_Thing], step: int = STEP) -> AsyncIterator[_Thing]:
    """Yield items one at a time, and let other tasks run after each `STEP` of them."""
    for number, thing in enumerate(things, start=1):
        yield thing
        if number % step == 0:
            await asyncio.sleep(0)
