"""Fixtures of the API tests: the application over ASGI on an empty database."""

from collections.abc import AsyncIterator

import pytest_asyncio

import embedded
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database


@pytest_asyncio.fixture(loop_scope="session")
async def api(database: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application, with GraphQL at /graphql, over ASGI."""
    async with running_api(api_settings(services, database.url)) as running:
        yield running
