"""Owns the fixtures that every test package shares: the services, started once for a session.

Must not know tables or GraphQL: packages of tests build on this in their own conftest.
"""

from collections.abc import Iterator

import pytest

import embedded
from tests.support.services import running_services


@pytest.fixture(scope="session")
def services() -> Iterator[embedded.Services]:
    """PostgreSQL and Valkey of this session alone (`database_url`, `redis_url`, `admin_url(name)`)."""
    with running_services() as running:
        yield running
