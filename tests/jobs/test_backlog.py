"""A backlog is swept in parallel, counted in full, and detected without reading all of it."""

import asyncio
from datetime import timedelta

import pytest

from jobs import sweeping
from jobs.sweeping import LANES, Sweeper, Swept
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.deadlines.registry import Done, descriptions
from models.deadlines.sweep import Settled, look_statement
from models.process.wake import Silence, Wake
from tests.support.database import Database
from tests.support.marketplace import START


class Sweeps:
    """Replaces `sweep`: a backlog of a few batches, and how many were swept concurrently."""

    def __init__(self, batches: int, *, failing: int | None = None) -> None:
        self.left, self.failing = batches, failing
        self.running = self.most = self.ended = 0

    async def __call__(self, wake: Wake, batch: int) -> Settled:
        """Sweep one batch, if one is left."""
        del wake
        self.left -= 1
        number = self.left
        self.running += 1
        self.most = max(self.most, self.running)
        for _ in range(3):
            await asyncio.sleep(0)
        self.running -= 1
        if number == self.failing:
            raise RuntimeError("this one")
        self.ended += 1
        if number < 0:
            return Settled([], [], more=False)
        done = [Done(new_id(), new_id(), "REVEAL", START, "revealed_by_silence") for _ in range(batch)]
        return Settled(done, [0.0] * batch, more=True)


def _sweeping(monkeypatch: pytest.MonkeyPatch, sweeps: Sweeps) -> Sweeps:
    monkeypatch.setattr(sweeping, "sweep", sweeps)
    return sweeps


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("batches", "most", "swept"), [(0, 9, 0), (5, 9, 10), (9, 4, 8), (9, 1, 2)])
async def test_a_backlog_is_swept_in_lanes_up_to_the_limit_of_one_job(
    monkeypatch: pytest.MonkeyPatch, batches: int, most: int, swept: int
) -> None:
    """The first batch is swept alone, because it is usually the only one."""
    sweeps = _sweeping(monkeypatch, Sweeps(batches))
    found = await Sweeper(Silence(), 2, most_batches=most).settle_due()
    assert found == Swept(swept, more=batches > most)
    assert sweeps.most == (LANES if batches and most > 1 else 1)


@pytest.mark.usefixtures("database")
async def test_an_error_in_one_lane_is_raised_after_the_others_have_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is still running when the caller learns that the sweep failed."""
    sweeps = _sweeping(monkeypatch, Sweeps(6, failing=3))
    with pytest.raises(RuntimeError, match="this one"):
        await Sweeper(Silence(), 1).settle_due()
    assert sweeps.running == 0
    assert sweeps.ended == 5 + LANES - 1  # all batches but one, and the sweeps that found no more


async def test_due_deadlines_are_looked_up_kind_by_kind(database: Database) -> None:
    """The look-up does not read all pending reveals."""
    await database.clock.set(START)
    await fetch(
        connection(),
        """INSERT INTO deadline (id, kind, subject, ordinal, due_at)
           SELECT gen_random_uuid(), 'REVEAL', gen_random_uuid(), 0, $1 FROM generate_series(1, 2000)""",
        START - timedelta(days=1),
    )
    async with transaction() as conn:
        await fetch(conn, "ANALYZE deadline")  # otherwise the planner uses statistics left by an earlier test
        for other in ("seqscan", "bitmapscan"):
            await fetch(conn, f"SET LOCAL enable_{other} = off")
        rows = await fetch(conn, f"EXPLAIN {look_statement()}")
    looks = [row[0] for row in rows if " using " in row[0]]
    assert len(looks) == len(descriptions())
    assert sum("using deadline_by_kind" in look for look in looks) >= len(descriptions()) - 1
