"""Timing of sweeps in a worker: until nothing is due, and again when the next deadline is due.

The database says how long to wait; the clock of this machine is never read.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from models.base.clock import database_now
from models.base.database import connection
from models.base.metrics import DEADLINES_DONE, LATENESS
from models.complaints.answer_files import ensure_answers
from models.deadlines.sweep import Settled, seconds_until_due, sweep
from models.process.wake import Wake

LANES = 3  # parallel sweeps of one worker: the database writes for two while the third decides
MOST_BATCHES = 50  # per job, so that a backlog does not look like a hanging job
LOOK_AHEAD = 2.0  # seconds; a bucket is one second, the rest allows for differing clocks
SHORTEST_PAUSE = 0.02  # seconds; deadlines due within it form one batch
MOST_WAITS = 8  # per job, for deadlines that another worker then carries out first

Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Swept:
    """The deadlines carried out, and whether more were due when the allowed batches were used up."""

    deadlines: int
    more: bool


class Sweeper:
    """Sweeps of one worker, shared by its jobs and its safety net."""

    def __init__(
        self, wake: Wake, batch: int, *, pause: Pause = asyncio.sleep, most_batches: int = MOST_BATCHES
    ) -> None:
        """Set the wake-ups to send, the number of deadlines per transaction (1 to 2,000), and how to wait."""
        self._wake = wake
        self._batch = batch
        self._pause = pause
        self._most_batches = most_batches

    async def settle_due(self) -> Swept:
        """Sweep batch by batch until nothing is due, or up to the maximum of one job."""
        swept = await self._settle_batch()
        if not swept.more or self._most_batches == 1:
            return swept
        return await self._settle_backlog(swept.deadlines, self._most_batches - 1)

    async def _settle_batch(self) -> Swept:
        settled = await sweep(self._wake, self._batch)
        _measure(settled)
        return Swept(len(settled.deadlines), settled.more)

    async def _settle_backlog(self, deadlines: int, batches: int) -> Swept:
        """Sweep in lanes until one finds nothing more; raise a batch's exception once all have ended."""
        left, more = batches, True

        async def lane() -> int:
            nonlocal left, more
            settled = 0
            while left and more:
                left -= 1
                swept = await self._settle_batch()
                settled += swept.deadlines
                more = more and swept.more
            return settled

        settled = await asyncio.gather(*(lane() for _ in range(LANES)), return_exceptions=True)
        for one in settled:
            if isinstance(one, BaseException):
                raise one
            deadlines += one
        return Swept(deadlines, more)

    async def settle_bucket(self) -> Swept:
        """Handle a wake-up: carry out what is due, else wait for what is due within two seconds.

        A job may start a few milliseconds early, because the clocks of Redis and the database differ.
        """
        for _ in range(MOST_WAITS):
            before = await database_now(connection())
            swept = await self.settle_due()
            if swept.deadlines or swept.more:
                return swept
            wait = await seconds_until_due(before)
            if wait is None or wait > LOOK_AHEAD:
                return swept
            await self._pause(_pause(wait))
        return await self.settle_due()

    async def settle_round(self, longest: float) -> float:
        """Carry out what is due; return for how many seconds, at most `longest`, nothing known is due."""
        before = await database_now(connection())
        if (await self.settle_due()).more:
            return 0.0
        await ensure_answers()  # those that no server was running to create
        wait = await seconds_until_due(before)
        return longest if wait is None else min(longest, _pause(wait))


def _pause(wait: float) -> float:
    return max(SHORTEST_PAUSE, wait + 0.001)  # never early, or the sweep would find nothing


def _measure(settled: Settled) -> None:
    if not settled.deadlines:
        return
    observed = {kind: LATENESS.labels(kind) for kind in {deadline.kind for deadline in settled.deadlines}}
    for deadline, late in zip(settled.deadlines, settled.lateness, strict=True):
        observed[deadline.kind].observe(late)
    outcomes = Counter((deadline.kind, deadline.outcome) for deadline in settled.deadlines)
    for (kind, outcome), count in outcomes.items():
        DEADLINES_DONE.labels(kind, outcome).inc(count)
