"""Owns the loop on which a state machine, which is not a coroutine itself, lets the product's coroutines run.

Must not know the machine.
"""

import asyncio

import pytest_asyncio


@pytest_asyncio.fixture(loop_scope="session")
async def loop() -> asyncio.AbstractEventLoop:
    """The session's loop: it stands still while a test that is no coroutine runs, so that one can run it."""
    return asyncio.get_running_loop()
