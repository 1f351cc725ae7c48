"""Fixtures of the mutation tests: logs searched for secrets."""

import pytest


@pytest.fixture(autouse=True)
def searched_logs(quiet_logs: list[str]) -> None:
    """Every mutation's logs are searched."""
