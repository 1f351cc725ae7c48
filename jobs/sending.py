"""Lanes of sending: one `Sender` per channel keeps its lanes busy with what is due.

Each lane has at most one dispatch on its way, and its result is noted before the lane takes another: a worker
that is killed leaves at most one doubtful dispatch per lane. Results and claims of several lanes share a
transaction. A channel whose provider hangs occupies its own lanes only.
"""

import asyncio
import time
from collections.abc import Callable, Sequence

import structlog

from models.base.metrics import SENDING_FAILURES
from models.base.unavailable import Unavailable
from models.messages.channels.channel import Channel, Code, Lane, Result
from models.messages.channels.configured import configured_channels, sending_context
from models.messages.claim import Claimed, claim_due
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
        self._idle: list[Lane] = [channel.lane() for _ in range(channel.lanes)]
        self._busy: dict[asyncio.Task[Result], tuple[Claimed, Lane]] = {}
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
            claimed = await self._claim()
            while self._busy:
                await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
                attempts += await self._note()
                claimed += await self._claim()
            if not expanded and not ended and not claimed:
                return attempts

    async def close(self) -> None:
        """Wait a little for what is on its way, note it, and close the lanes."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=END_SECONDS)
        try:
            await self._note()
        except Exception as error:  # noqa: BLE001 - their leases end, and they are repeated
            _log.warning("results_not_noted", channel=self._channel.kind, error=type(error).__name__)
        for task, (_, lane) in self._busy.items():
            task.cancel()
            self._idle.append(lane)
        await asyncio.gather(*self._busy, return_exceptions=True)
        self._busy.clear()
        await asyncio.gather(*(lane.close() for lane in self._idle), return_exceptions=True)

    async def _round(self) -> None:
        """Note what has ended, claim for the lanes that are free, and wait for something to do."""
        await self._note()
        more = await self._claim() > 0
        now = self._monotonic()
        if now >= self._look_at:
            self._look_at = now + self._look_seconds
            more = bool(await expand_messages()) or more
            await end_leases(self._context, self._channel)
        if more and self._idle:
            return
        wait = max(0.0, self._look_at - self._monotonic())
        if self._busy:
            await asyncio.wait(self._busy, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(wait)

    async def _claim(self) -> int:
        """Start the idle lanes on what is due; return how many dispatches were settled or started."""
        if not self._idle:
            return 0
        claim = await claim_due(self._context, self._channel, len(self._idle))
        for claimed in claim.claimed:
            lane = self._idle.pop()
            self._busy[asyncio.create_task(self._send(lane, claimed))] = (claimed, lane)
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
            self._results.append(Noted(claimed, task.result()))
            self._idle.append(lane)
        if not self._results:
            return 0
        await note_results(self._context, self._channel, self._results)
        noted, self._results = len(self._results), []
        return noted


def configured_senders(settings: Settings, wake: Wake) -> Sequence[Sender]:
    """Return a sender for each channel that the settings configure."""
    context = sending_context(settings, wake)
    return [Sender(context, channel) for channel in configured_channels(settings, context).values()]
