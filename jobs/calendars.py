"""Reading calendars that are due: a loop in every worker, with a few feeds at a time.

A feed that hangs occupies its own place only: the others are taken as places become free.
"""

import asyncio
import random
from collections.abc import Callable

import structlog

from jobs.sweeping import Pause
from models.base.metrics import CALENDAR_FAILURES, CALENDARS_READ
from models.base.unavailable import Unavailable
from models.calls.calendars.refresh import CalendarReader, DueCalendar, claim_due
from models.process.ending import end_tasks
from models.process.faults import kind, places

LOOK_SECONDS = 20.0  # between looks for what is due: a new calendar is read within a minute
AT_ONCE = 24  # feeds of a worker that are fetched at the same time
END_SECONDS = 2.0  # for what is under way when the worker stops; its claims end by themselves

_log = structlog.get_logger(__name__)


class CalendarRounds:
    """Reads what is due with one reader."""

    def __init__(
        self, reader: CalendarReader, *, at_once: int = AT_ONCE, share: Callable[[], float] = random.random
    ) -> None:
        """Take the reader; `share` spreads the next attempts."""
        self._reader, self._at_once, self._share = reader, at_once, share
        self._busy: set[asyncio.Task[None]] = set()

    async def run(self, *, pause: Pause = asyncio.sleep) -> None:
        """Read until cancelled."""
        try:
            while True:
                try:
                    await self.read_due()
                except Unavailable:  # which the pool has logged; what is due stays due
                    CALENDAR_FAILURES.inc()
                except Exception as error:  # noqa: BLE001 - the next round is due even if this one fails
                    CALENDAR_FAILURES.inc()
                    _log.error("calendars_failed", kind=kind(error), trace=places(error))
                await pause(LOOK_SECONDS)
        finally:
            await self.close()

    async def close(self) -> None:
        """End what is under way, whose claims end by themselves, and close all connections."""
        await end_tasks(self._busy, END_SECONDS)
        await self._reader.client.close()

    async def read_due(self) -> int:
        """Read until nothing is due; return how many feeds were read, with or without success.

        Feeds that hang are not waited for once nothing else is due and half of the places are free.
        """
        begun = 0
        while True:
            free = self._at_once - len(self._busy)
            claimed = await claim_due(free) if free > 0 else []
            begun += len(claimed)
            for due in claimed:
                self._busy.add(asyncio.create_task(self._read(due)))
            if not claimed and (not self._busy or free > self._at_once // 2):
                return begun
            done, self._busy = await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                await task  # raises Unavailable

    async def settle(self) -> None:
        """Wait for everything that is under way."""
        while self._busy:
            _, self._busy = await asyncio.wait(self._busy)

    async def _read(self, due: DueCalendar) -> None:
        try:
            problem = await self._reader.refresh(due, self._share())
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one calendar must not stop the others
            CALENDAR_FAILURES.inc()
            _log.error("calendar_failed", calendar=str(due.id), kind=kind(error), trace=places(error))
            return
        CALENDARS_READ.labels(problem or "NONE").inc()
