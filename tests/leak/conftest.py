"""Fixtures of the leak tests: planted contact data, and an application whose schema a test can break.

Only the tests of the detector plant a fault.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
import strawberry

import embedded
import server
from schema import build_schema
from schema.graphql.limits import Bounds
from tests.leak.planting import Planting, plant_marketplace
from tests.leak.search import Search
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database

# The search requests far more than any client may.
LIMITLESS = Bounds(
    aliases=10_000, cost=10_000_000, depth=100, cost_per_minute=0, subscriptions_per_user=10_000
)


@pytest_asyncio.fixture(loop_scope="session")
async def made(database: Database) -> Planting:
    """The planted marketplace."""
    return await plant_marketplace(database)


@pytest.fixture
def schemas(monkeypatch: pytest.MonkeyPatch) -> list[strawberry.Schema]:
    """The schema that the application under test builds."""
    built: list[strawberry.Schema] = []
    build: Callable[..., strawberry.Schema] = build_schema

    def keep(_: object = None, **given: Any) -> strawberry.Schema:
        built.append(build(**{**given, "bounds": LIMITLESS}))
        return built[-1]

    monkeypatch.setattr(server, "build_schema", keep)
    return built


@pytest_asyncio.fixture(loop_scope="session")
async def api(
    database: Database, services: embedded.Services, schemas: list[strawberry.Schema]
) -> AsyncIterator[Api]:
    """The application, with GraphQL at /graphql, over ASGI."""
    async with running_api(api_settings(services, database.url)) as running:
        yield running


@pytest.fixture
def search(api: Api, schemas: list[strawberry.Schema], made: Planting) -> Search:
    """The search that sends every possible operation."""
    return Search(api, schemas[-1], made)
