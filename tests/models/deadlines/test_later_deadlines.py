"""Deadlines that cannot be carried out do not delay later ones, even if they fill whole batches."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
import pytest_asyncio

from models.applications.case import Case
from models.applications.deadlines import APPLICATION
from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.feed.journal import Journal
from models.process.wake import Silence
from rules import DISAGREEMENT
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, apply, make_lead, make_marketplace
from tests.support.query_recorder import recorded_statements
from tests.support.reading import application, outcomes

QUIET = Silence()
BATCH = 2


@pytest_asyncio.fixture(loop_scope="session")
async def applied(database: Database) -> AsyncIterator[list[UUID]]:
    """Five applications whose reveals are due one after another; their reminders have been sent."""
    await database.clock.set(START)
    place = await make_marketplace()
    made = []
    for _ in range(5):
        made.append(await apply(place.vendor, await make_lead(place.market, place.prospect)))
        await database.clock.advance(SECOND)
    await database.clock.set(START + 47 * HOUR)
    await sweep(QUIET)
    await database.clock.set(START + 49 * HOUR)
    yield made


async def test_deadlines_in_doubt_stay_due_while_the_later_ones_are_carried_out(
    applied: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    reveal = APPLICATION.kinds["REVEAL"]
    doubtful = set(applied[: 2 * BATCH])

    def effect(case: Case, ordinal: int, due_at: datetime, journal: Journal) -> str:
        return DISAGREEMENT if case.id in doubtful else reveal.effect(case, ordinal, due_at, journal)

    monkeypatch.setitem(APPLICATION.kinds, "REVEAL", replace(reveal, effect=effect))
    settled = await sweep(QUIET, BATCH)
    assert [done.subject for done in settled.deadlines] == applied[2 * BATCH :]
    assert not settled.more
    waiting = await fetch(connection(), "SELECT subject FROM deadline WHERE done_at IS NULL ORDER BY due_at")
    assert [row["subject"] for row in waiting] == applied[: 2 * BATCH]


async def test_moot_deadlines_end_and_the_later_ones_are_carried_out(applied: list[UUID]) -> None:
    moot = applied[: 2 * BATCH]
    await fetch(
        connection(), "UPDATE application SET ended_at = $2 WHERE id = ANY($1::uuid[])", moot, START + HOUR
    )
    settled = await sweep(QUIET, BATCH)
    assert [done.subject for done in settled.deadlines] == applied[2 * BATCH :]
    assert [(await outcomes(one))["REVEAL"] for one in moot] == ["ended"] * len(moot)
    assert (await application(applied[-1]))["revealed_at"] is not None


async def test_a_batch_costs_the_same_statements_however_many_deadlines_it_carries_out(
    applied: list[UUID],
) -> None:
    """The look at what is due; the claim, the cases, their deadlines, the changed cases, the rows,
    the balances, the ledger with the feeds; and the look at remedies that wait.
    """
    with recorded_statements() as of_one:
        one = await sweep(QUIET, 1)
    with recorded_statements() as of_four:
        four = await sweep(QUIET, len(applied) - 1)
    assert (len(one.deadlines), len(four.deadlines)) == (1, len(applied) - 1)
    assert len(of_one) == len(of_four) == 9
