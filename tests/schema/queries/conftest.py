"""The scene that tests of queries start with."""

import pytest_asyncio

from tests.schema.queries.scene import Scene, make_scene
from tests.support.api import Api
from tests.support.database import Database


@pytest_asyncio.fixture(loop_scope="session")
async def scene(database: Database, api: Api) -> Scene:
    """Every kind of viewer, and a lead in each state."""
    return await make_scene(database, api)
