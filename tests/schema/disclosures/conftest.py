"""Fixtures of the tests of disclosures in the API."""

import pytest

from tests.support.messages import leave_out_events


@pytest.fixture
def without_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No calendar events are sent, for tests that count what is."""
    leave_out_events(monkeypatch)
