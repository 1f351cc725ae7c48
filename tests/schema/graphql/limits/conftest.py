"""Fixture of the limit tests: the application with settings chosen by the test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

import embedded
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database

Running = Callable[..., AbstractAsyncContextManager[Api]]


@pytest.fixture
def running(database: Database, services: embedded.Services) -> Running:
    """`running(max_cost=10)` starts the application with this setting."""

    @asynccontextmanager
    async def run(**settings: object) -> AsyncIterator[Api]:
        async with running_api(api_settings(services, database.url, **settings)) as api:
            yield api

    return run
