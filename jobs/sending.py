"""Lanes of sending: one `Sender` per channel keeps its lanes busy with what is due.

Each lane has at most one dispatch on its way, and its result is noted before the lane takes another: a worker
that is killed leaves at most one message per lane that may be sent twice. While they send, new messages are
expanded, and what the lanes will take next is claimed (`jobs.ahead`). A channel whose provider hangs occupies
its own lanes only.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from jobs.ahead import Ahead
from jobs.outage import Outage
from models.base.metrics import SENDING_FAILURES
from models.base.unavailable import TooSlow, Unavailable
from models.messages.channels.channel import Channel, Code, Lane, Result
from models.messages.channels.configured import configured_channels, sending_context, warnings_of
from models.messages.claim import Claim, Claimed, claim_due, give_back
from models.messages.expand import BATCH, expand_messages
from models.messages.note import Noted, end_leases, note_results
from models.messages.sending_context import SendingContext
from models.messages.webhooks.expand import Expansion
from models.process.faults import kind, places
from models.process.wake import Wake
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome
from settings import Settings

LOOK_SECONDS = 1.0  # between looks for new messages, due repeats and ended leases
END_SECONDS = 5.0  # for what is on its way when the worker stops
CLOSE_SECONDS = 4 * END_SECONDS  # more than `close` takes, which waits twice
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
        """Take the channel; nothing is connected yet. `monotonic` spaces the looks and measures the pace."""
        self._context, self._channel = context, channel
        self._look_seconds, self._monotonic = look_seconds, monotonic
        self._idle: list[Lane] = [channel.lane() for _ in range(channel.lanes)]
        self._busy: dict[asyncio.Task[Result], tuple[Claimed, Lane]] = {}
        self._ahead = Ahead(channel, monotonic)
        self._outage = Outage(channel.kind, monotonic=monotonic)
        self._expansion = Expansion(monotonic)
        self._claiming: asyncio.Task[Claim] | None = None
        self._looking: asyncio.Task[int] | None = None
        self._more = False  # messages that the last look has not expanded
        self._dry = self._claim_again = False  # dry: until the next look, nothing is due
        self._notes = 0  # each makes room at an endpoint or a user, whose dispatches a claim may have left
        self._notes_before_claim = 0
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
            self._begin_look()
            found = 0
            while not self._dry or self._looking or self._claiming or self._busy or self._ahead:
                found += await self._step(None)
                attempts += await self._note()
            if not found:
                return attempts

    async def close(self) -> None:
        """Wait a little for what is on its way, note it, give back what was not begun, close the lanes."""
        for under_way in ({self._claiming, self._looking} - {None}, self._busy):
            if under_way:
                await asyncio.wait(under_way, timeout=END_SECONDS)  # type: ignore[type-var]
        try:
            self._harvest()
            await self._note()
            await give_back(self._ahead.take_all())
        except Exception as error:  # noqa: BLE001 - their leases end, and they are repeated
            _log.warning("results_not_noted", channel=self._channel.kind, error=type(error).__name__)
        for task, (_, lane) in self._busy.items():
            task.cancel()
            self._idle.append(lane)
        await asyncio.gather(*self._busy, return_exceptions=True)
        self._busy.clear()
        await asyncio.gather(*(lane.close() for lane in self._idle), return_exceptions=True)

    async def _round(self) -> None:
        """Look for news if it is time, note what has ended, and keep the lanes busy."""
        await self._note()
        if (pause := self._outage.seconds_left) > 0:
            self._harvest()
            await give_back(self._ahead.take_all())  # before its lease ends
            await asyncio.sleep(min(pause, self._look_seconds))
            return
        now = self._monotonic()
        if now >= self._look_at:
            self._look_at = now + self._look_seconds
            self._begin_look()
        await self._step(self._look_at - now)

    def _begin_look(self) -> None:
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> int:
        """Expand new messages, and events for webhooks, and end leases, while the lanes send; return how
        many there were.
        """
        expanded = await expand_messages()
        self._more = expanded == BATCH
        if self._channel.kind is DispatchChannel.WEBHOOK:
            found = await self._expansion.look()
            self._more, expanded = self._more or found.more, expanded + found.feeds
        return expanded + await end_leases(self._context, self._channel)

    async def _step(self, seconds: float | None) -> int:
        """Start lanes, claim ahead of them, and wait for something to end, at most for these seconds.

        Returns how much a look or a claim that ended has found.
        """
        await give_back(self._ahead.take_stale())
        while self._idle and self._ahead:
            claimed, lane = self._ahead.take(), self._idle.pop()
            self._busy[asyncio.create_task(self._send(lane, claimed))] = (claimed, lane)
        room = self._ahead.room(len(self._idle))
        if room and self._claiming is None and not self._dry:
            self._ahead.begin_claim()
            self._notes_before_claim = self._notes
            self._claiming = asyncio.create_task(claim_due(self._context, self._channel, room))
        under_way: set[asyncio.Task[Any]] = set(self._busy)
        under_way |= {task for task in (self._claiming, self._looking) if task is not None}
        if under_way:
            await asyncio.wait(under_way, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds is not None:
            await asyncio.sleep(seconds)
        return self._harvest()

    def _harvest(self) -> int:
        """Take over what a finished look or claim has found. Raises what it raised."""
        found = 0
        if self._looking is not None and self._looking.done():
            looking, self._looking = self._looking, None
            # A claim that is under way began before what was found.
            self._dry, self._claim_again = False, self._claiming is not None
            found += looking.result()
            if self._more:
                self._begin_look()
        if self._claiming is not None and self._claiming.done():
            claiming, self._claiming = self._claiming, None
            claim = claiming.result()
            self._ahead.add(claim.claimed)
            again = self._claim_again or self._notes != self._notes_before_claim
            self._dry, self._claim_again = claim.settled == 0 and not again, False
            found += claim.settled
        return found

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
        ended = [task for task in self._busy if task.done()]
        for task in ended:
            claimed, lane = self._busy.pop(task)
            self._results.append(Noted(claimed, _result(task)))
            self._idle.append(lane)
            self._ahead.count_ended(1)
        self._outage.notice(_result(task) for task in ended)
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
        if self._channel.kind is DispatchChannel.WEBHOOK:
            self._notes, self._dry = self._notes + 1, False
        return len(results)

    async def _note_each(self, results: Sequence[Noted]) -> None:
        """Note results one by one; the lease of one that can't be noted ends, and it is repeated."""
        for position, one in enumerate(results):
            try:
                await note_results(self._context, self._channel, [one])
            except (Unavailable, TooSlow):
                self._results = [*results[position:]]
                raise
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
