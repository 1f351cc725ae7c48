"""The demo world, and doors to it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from embedded.world.server import World, running_world
from models.outside.world import WorldPorts
from tests.support.outside_world import OutsideWorld, outside_world


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running() -> AsyncIterator[tuple[World, WorldPorts]]:
    """The world of all tests."""
    world = World()
    async with running_world(world) as (http, dns):
        yield world, WorldPorts(http, dns)


@pytest_asyncio.fixture(loop_scope="session")
async def world(running: tuple[World, WorldPorts]) -> AsyncIterator[OutsideWorld]:
    """The world, with a door of this test to it."""
    async with outside_world(*running) as opened:
        yield opened
