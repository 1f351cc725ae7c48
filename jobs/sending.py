"""Lanes of sending: one `Sender` per channel keeps its lanes busy with what is due.

Each lane has at most one dispatch on its way, and its result is noted before the lane takes another: a worker
that is killed leaves at most one doubtful dispatch per lane. What lanes will take next is claimed while they
send, for several lanes in one transaction; but not if a person has to decide about each doubtful one. A
channel whose provider hangs occupies its own lanes only.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence

import structlog

from models.base.metrics import SENDING_FAILURES
from models.base.unavailable import TooSlow, Unavailable
from models.messages.channels.channel import Channel, Code, Lane, Result
from models.messages.channels.configured import configured_channels, sending_context, warnings_of
from models.messages.claim import SPARE, Claim, Claimed, claim_due, give_back
from models.messages.expand import expand_messages
from models.messages.note import Noted, end_leases, note_results
from models.messages.sending_context import SendingContext
from models.process.faults import kind, places
from models.process.wake import Wake
from rules.messages.retry import DispatchOutcome
from settings import Settings

LOOK_SECONDS = 1.0  # between looks for new messages, due repeats and ended leases
END_SECONDS = 5.0  # for what is on its way when the worker stops
GRACE = 5.0  # seconds beyond the channel's own time limit, before a lane is given up

_log = structlog.get_logger(__name__)


class Sender:
    """Sends what is due on one channel."""

    def __init__(
        self,
        context: SendingContext,
        channel: Channel,
        *,
        look_seconds: float = LOOK_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the channel; nothing is connected yet. `monotonic` only spaces the looks."""
        self._context, self._channel = context, channel
        self._look_seconds, self._monotonic = look_seconds, monotonic
        self._ahead = 0 if channel.charged and not channel.repeatable else channel.lanes * SPARE
        self._idle: list[Lane] = [channel.lane() for _ in range(channel.lanes)]
        self._busy: dict[asyncio.Task[Result], tuple[Claimed, Lane]] = {}
        self._ready: deque[Claimed] = deque()  # claimed, and waiting for a lane
        self._claiming: asyncio.Task[Claim] | None = None
        self._dry = False  # until the next look, nothing is due
        self._results: list[Noted] = []
        self._look_at = 0.0

    async def run(self) -> None:
        """Send until cancelled; what is on its way then has a few seconds to end."""
        failing = False
        try:
            while True:
                try:
                    await self._round()
                    failing = False
                except Unavailable:  # which the pool has logged; nothing is lost
                    SENDING_FAILURES.labels(self._channel.kind).inc()
                    failing = False
                    await asyncio.sleep(self._look_seconds)
                except Exception as error:  # noqa: BLE001 - the next round is due even if this one fails
                    SENDING_FAILURES.labels(self._channel.kind).inc()
                    name = type(error).__name__
                    _log.error("sending_failed", channel=self._channel.kind, error=name, exc_info=not failing)
                    failing = True
                    await asyncio.sleep(self._look_seconds)
        finally:
            await self.close()

    async def send_due(self) -> int:
        """Send until nothing is due; return the number of attempts."""
        attempts = 0
        while True:
            expanded = await expand_messages()
            ended = await end_leases(self._context, self._channel)
            self._dry, settled = False, 0
            while not self._dry or self._busy or self._ready or self._claiming:
                settled += await self._step(None)
                attempts += await self._note()
            if not expanded and not ended and not settled:
                return attempts

    async def close(self) -> None:
        """Wait a little for what is on its way, note it, give back what was not begun, close the lanes."""
        if self._claiming is not None:
            await asyncio.wait({self._claiming}, timeout=END_SECONDS)
        if self._busy:
            await asyncio.wait(self._busy, timeout=END_SECONDS)
        try:
            self._harvest()
            await self._note()
            await give_back(self._ready)
        except Exception as error:  # noqa: BLE001 - their leases end, and they are repeated
            _log.warning("results_not_noted", channel=self._channel.kind, error=type(error).__name__)
        self._ready.clear()
        for task, (_, lane) in self._busy.items():
            task.cancel()
            self._idle.append(lane)
        await asyncio.gather(*self._busy, return_exceptions=True)
        self._busy.clear()
        await asyncio.gather(*(lane.close() for lane in self._idle), return_exceptions=True)

    async def _round(self) -> None:
        """Look for news if it is time, note what has ended, and keep the lanes busy."""
        await self._note()
        now = self._monotonic()
        if now >= self._look_at:
            self._look_at = now + self._look_seconds
            await expand_messages()
            await end_leases(self._context, self._channel)
            self._dry = False
        await self._step(max(0.0, self._look_at - self._monotonic()))

    async def _step(self, seconds: float | None) -> int:
        """Start lanes, claim ahead of them, and wait for one of both to end, at most for these seconds.

        Returns how many dispatches a claim has settled or started.
        """
        while self._idle and self._ready:
            claimed, lane = self._ready.popleft(), self._idle.pop()
            self._busy[asyncio.create_task(self._send(lane, claimed))] = (claimed, lane)
        room = self._channel.lanes + self._ahead - len(self._busy) - len(self._ready)
        if self._claiming is None and not self._dry and room >= min(self._channel.lanes, self._ahead + 1):
            self._claiming = asyncio.create_task(claim_due(self._context, self._channel, room))
        under_way: set[asyncio.Task[Result] | asyncio.Task[Claim]] = set(self._busy)
        if self._claiming is not None:
            under_way.add(self._claiming)
        if under_way:
            await asyncio.wait(under_way, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds is not None:
            await asyncio.sleep(seconds)
        return self._harvest()

    def _harvest(self) -> int:
        """Take over what a finished claim has claimed. Raises what it raised."""
        if self._claiming is None or not self._claiming.done():
            return 0
        finished, self._claiming = self._claiming, None
        claim = finished.result()
        self._ready.extend(claim.claimed)
        self._dry = claim.settled == 0
        return claim.settled

    async def _send(self, lane: Lane, claimed: Claimed) -> Result:
        """Send one parcel. A fault of ours counts as uncertain: the provider may have got it."""
        try:
            async with asyncio.timeout(self._channel.seconds + GRACE):
                return await lane.send(claimed.parcel)
        except TimeoutError:
            return Result(DispatchOutcome.UNCERTAIN, Code.TIMED_OUT)
        except Exception as error:  # noqa: BLE001 - one message must not stop the others
            _log.error(
                "dispatch_failed", dispatch=str(claimed.parcel.id), kind=kind(error), trace=places(error)
            )
            return Result(DispatchOutcome.UNCERTAIN, Code.FAULT)

    async def _note(self) -> int:
        """Note the results of lanes that have ended. They stay until the database has them."""
        for task in [task for task in self._busy if task.done()]:
            claimed, lane = self._busy.pop(task)
            self._results.append(Noted(claimed, _result(task)))
            self._idle.append(lane)
        if not self._results:
            return 0
        results, self._results = self._results, []
        try:
            await note_results(self._context, self._channel, results)
        except (Unavailable, TooSlow):
            self._results = results
            raise
        except Exception as error:  # noqa: BLE001 - one that can't be noted must not stop the channel
            _log.error("results_not_noted", channel=self._channel.kind, kind=kind(error), trace=places(error))
            await self._note_each(results)
        return len(results)

    async def _note_each(self, results: Sequence[Noted]) -> None:
        """Note results one by one; the lease of one that can't be noted ends, and it is repeated."""
        for one in results:
            try:
                await note_results(self._context, self._channel, [one])
            except Exception as error:  # noqa: BLE001 - as above
                dispatch = str(one.claimed.parcel.id)
                _log.error("result_not_noted", dispatch=dispatch, kind=kind(error), trace=places(error))


def _result(task: asyncio.Task[Result]) -> Result:
    """Return the result; a client library that cancels itself is a fault like any other."""
    return Result(DispatchOutcome.UNCERTAIN, Code.FAULT) if task.cancelled() else task.result()


def configured_senders(settings: Settings, wake: Wake) -> Sequence[Sender]:
    """Return a sender for each channel that the settings configure."""
    for warning in warnings_of(settings):
        _log.warning("sending_is_incomplete", what=warning)
    context = sending_context(settings, wake)
    return [Sender(context, channel) for channel in configured_channels(settings, context).values()]
