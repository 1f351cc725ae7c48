"""The failures of `make cluster` as tests: `pytest -m cluster tests/cluster`."""

import itertools
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.cluster.engines import Missing, find
from tests.cluster.events import EVENTS, MOST_LEADS, Event, happen
from tests.cluster.installation import Installation, installed
from tests.cluster.load import VENDORS

pytestmark = pytest.mark.cluster


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installation() -> AsyncIterator[Installation]:
    """One installation for all events, whole again after each."""
    try:
        engines = find()
    except Missing as missing:
        pytest.skip(str(missing))
    async with installed(engines, leads=MOST_LEADS * len(EVENTS), vendors=VENDORS) as running:
        yield running


@pytest.fixture(scope="module")
def first_leads() -> "itertools.count[int]":
    """The first lead of each run, none of which uses more than `MOST_LEADS`."""
    return itertools.count(1, MOST_LEADS)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
async def test_nothing_is_lost_or_done_twice(
    installation: Installation, first_leads: "itertools.count[int]", event: Event
) -> None:
    """Every acknowledged write is there once, every reveal arrives once, and answers come again in time."""
    outcome, _ = await happen(installation, event, next(first_leads))
    assert outcome.faults() == []
