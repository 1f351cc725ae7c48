"""Fixtures of the mutation tests: one application for all of them, and logs searched for secrets."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

import embedded
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def shared_api(migrated: Database, services: embedded.Services) -> AsyncIterator[Api]:
    """The application, built once: the only state of a test that it holds is the clock."""
    async with running_api(api_settings(services, migrated.url)) as running:
        yield running


@pytest.fixture
def api(shared_api: Api, database: Database) -> Api:
    """The application over ASGI, its clock running."""
    shared_api.clock.offset = timedelta()
    return shared_api


@pytest.fixture(autouse=True)
def searched_logs(quiet_logs: list[str]) -> None:
    """Every mutation's logs are searched."""
