"""Gathers the events that reach a process while others are taken, so that one transaction takes them all.

Under load, an event costs a share of a transaction; a single one waits for nobody. Of two events of one call,
the second waits until the first was taken, or is left to be taken alone.
"""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass

import structlog

from models.base.unavailable import TooSlow, Unavailable
from models.calls.phone.event import PhoneEvent
from models.calls.phone.system import System
from models.calls.phone.take_event import SystemChanged, TakenEvent, take_event
from models.calls.phone.take_together import Arrived, Outcome, take_together
from models.process.wake import Wake

MOST_TOGETHER = 16  # few enough to hold the feeds' counters for milliseconds
# Before events that came meanwhile, for those that follow when the ones before them are answered.
_PAUSE_SECONDS = 0.002
_TURNS = 3

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    arrived: Arrived
    wake: Wake
    outcome: asyncio.Future[Outcome]


class Gathering:
    """The events of one process that wait to be taken."""

    def __init__(self) -> None:
        """Create one without events."""
        self._waiting: list[_Waiting] = []
        self._working: asyncio.Task[None] | None = None
        self._left: set[asyncio.Task[None]] = set()  # held, because a loop refers to its tasks weakly

    async def take(self, wake: Wake, system: System, event: PhoneEvent, body: bytes) -> TakenEvent:
        """Take an event as `take_event` does, together with others if that is possible."""
        arrived = Arrived(system, event, body)
        if arrived.plain:
            waiting = _Waiting(arrived, wake, asyncio.get_running_loop().create_future())
            self._waiting.append(waiting)
            if self._working is None or self._working.done():
                # Not in the context of a request: the task works for all of them.
                self._working = asyncio.create_task(self._work(), name="phone events", context=Context())
            outcome = await waiting.outcome
            if isinstance(outcome, SystemChanged):
                raise outcome
            if outcome is not None:
                return outcome
        return await take_event(wake, system, event, body)

    async def _work(self) -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        while self._waiting:
            batch = self._next()
            if batch:
                await self._settled(batch)
            if self._waiting:
                await asyncio.sleep(_PAUSE_SECONDS)

    def _next(self) -> list[_Waiting]:
        """Remove and return what is taken next: no two events of one call, or with one key."""
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        calls: set[str] = set()
        keys: set[str] = set()
        for one in self._waiting:
            if one.outcome.done():  # nobody waits for it any more
                continue
            call, key = one.arrived.call, one.arrived.key
            if len(batch) < MOST_TOGETHER and call not in calls and key not in keys:
                batch.append(one)
            else:
                later.append(one)
            calls.add(call)
            keys.add(key)
        self._waiting = later
        return batch

    async def _settled(self, batch: Sequence[_Waiting]) -> None:
        """Take a batch, and wait until that is done or nobody waits for it any more."""
        task = asyncio.create_task(self._taken(batch), name="phone events together")
        self._left.add(task)
        task.add_done_callback(self._left.discard)
        await asyncio.wait([one.outcome for one in batch])
        if not task.done():
            task.cancel()  # its connection may take long to let go; nobody waits for that

    async def _taken(self, batch: Sequence[_Waiting]) -> None:
        outcomes: Sequence[Outcome] = [None] * len(batch)
        failed: Exception | None = None
        try:
            outcomes = await take_together(batch[0].wake, [one.arrived for one in batch])
        except (Unavailable, TooSlow) as error:
            failed = error
        except Exception as error:  # noqa: BLE001 - what is wrong with one is found when each is taken alone
            # The text of an error may quote a number.
            _log.info("phone_events_taken_alone", count=len(batch), error=type(error).__name__)
        for one, outcome in zip(batch, outcomes, strict=True):
            if one.outcome.done():
                continue
            if failed is not None:
                one.outcome.set_exception(failed)
            else:
                one.outcome.set_result(outcome)
