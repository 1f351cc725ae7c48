"""State machine: random actions, clock advances and sweeps, applied to the product and to the model.

It only compares the two; the model defines the correct result.
"""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.accounts.purchase_points import purchase_points
from models.applications.answer import accept, decline, review
from models.applications.list import applications_by_id
from models.applications.record_meeting import record_meeting
from models.applications.submit import submit
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.deadlines.sweep import sweep
from models.leads.list import leads_by_id
from models.process.wake import Silence
from tests.stateful.model import DONE, HOUR, REMIND_AFTER, REVEAL_AFTER, Bid, Model
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_lead, make_marketplace
from tests.support.reading import points

T = TypeVar("T")
QUIET = Silence()
POINTS, FEE, LEADS = 25, 10, 2
VENDORS = ("vendor", "rival")
KEYS = [(lead, vendor) for lead in range(LEADS) for vendor in VENDORS]
AHEAD = st.sampled_from([1, HOUR, REMIND_AFTER, REVEAL_AFTER - 1, REVEAL_AFTER, REVEAL_AFTER + HOUR])
KINDS = st.sampled_from(sorted(kind.value for kind in MeetingEvidenceKind))


class Machine(RuleBasedStateMachine):
    """One marketplace and its model; a test sets the loop and the database."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    database: ClassVar[Database]

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine of the product to completion."""
        return self.loop.run_until_complete(work)

    async def _outcome(self, work: Coroutine[Any, Any, object]) -> str:
        try:
            await work
        except Refusal as refusal:
            return refusal.code.value
        return DONE

    def same(self, work: Coroutine[Any, Any, object], expected: str) -> None:
        """Apply the step to the product; the outcome must equal the model's."""
        outcome = self.run(self._outcome(work))
        assert outcome == expected, f"{outcome}, and the model says {expected}"

    @initialize(meetings=st.lists(st.none() | AHEAD, min_size=2, max_size=2))
    def begin(self, meetings: list[int | None]) -> None:
        """Create both, with two applications, so that there is something to answer from the first step on."""
        self.run(self._begin())
        self.model = Model(POINTS)
        for vendor in VENDORS:
            self.model.notify(vendor, "POINTS_PURCHASED")
        self.ids: dict[tuple[int, str], UUID] = {}
        for key, meeting in zip(KEYS, meetings, strict=False):
            self._submit(key, meeting)

    async def _begin(self) -> None:
        await self.database.empty()
        await self.database.clock.set(START)
        self.place: Marketplace = await make_marketplace(points=POINTS, fee=FEE)
        more = [await make_lead(self.place.market, self.place.prospect, fee=FEE) for _ in range(LEADS - 1)]
        self.leads = [self.place.lead, *more]
        self.vendors = dict(zip(VENDORS, (self.place.vendor, self.place.other_vendor), strict=True))

    def instant(self, seconds: int | None) -> datetime | None:
        """Return the model's time as an instant."""
        return None if seconds is None else START + timedelta(seconds=seconds)

    @precondition(lambda self: len(self.model.bids) < len(KEYS))
    @rule(key=st.sampled_from(KEYS), meeting=st.none() | AHEAD)
    def submits(self, key: tuple[int, str], meeting: int | None) -> None:
        """A vendor applies, also repeatedly; a success is repeated with its key, and with different input."""
        self._submit(key, meeting)

    def _submit(self, key: tuple[int, str], meeting: int | None) -> None:
        lead, vendor = key
        at = None if meeting is None else self.model.now + meeting
        expected = self.model.submit(lead, vendor, FEE, at)
        given = {"lead_id": self.leads[lead].id, "idempotency_key": new_id().hex}

        def call(introduction: str = "We can.") -> Coroutine[Any, Any, UUID]:
            return submit(
                self.vendors[vendor].owner,
                QUIET,
                lead_id=self.leads[lead].id,
                idempotency_key=str(given["idempotency_key"]),
                introduction=introduction,
                meeting_at=self.instant(at),
            )

        self.same(call(), expected)
        if expected == DONE:
            self.ids[key] = self.run(call())  # the first result again
            self.same(call("Something else."), "IDEMPOTENCY_CONFLICT")

    @precondition(lambda self: self.model.bids)
    @rule(
        data=st.data(),
        action=st.sampled_from(["decline", "accept", "review"]),
        edge=st.none() | st.sampled_from([-1, 0, 1]),
    )
    def answers(self, data: st.DataObject, action: str, edge: int | None) -> None:
        """The prospect opens an application, accepts, declines or withdraws; now, or at a boundary."""
        key = data.draw(st.sampled_from(sorted(self.model.bids)))
        bid, prospect = self.model.bids[key], self.place.prospect.viewer
        ahead = [at for at in _edges(bid) if edge is not None and at + edge > self.model.now]
        if edge is not None and ahead:
            self._go(data.draw(st.sampled_from(ahead)) + edge)
        if action == "accept":
            self.same(accept(prospect, QUIET, self.ids[key]), self.model.accept(bid))
        elif action == "decline":
            self.same(decline(prospect, QUIET, self.ids[key]), self.model.decline(bid))
        else:
            self.model.settle(bid)
            self.same(review(prospect, QUIET, self.ids[key]), DONE)

    @precondition(lambda self: self.model.bids)
    @rule(
        data=st.data(),
        side=st.sampled_from(["VENDOR", "PROSPECT", "OPERATOR"]),
        kind=KINDS,
        at=st.none() | st.sampled_from([-1, 0, 1, HOUR, REMIND_AFTER]),
    )
    def records(self, data: st.DataObject, side: str, kind: str, at: int | None) -> None:
        """A party records something about the meeting, at a full hour so that both sides can agree."""
        key = data.draw(st.sampled_from(sorted(self.model.bids)))
        bid = self.model.bids[key]
        when = None if at is None else self.model.now + at
        if when is not None and at is not None and at >= HOUR:
            when -= when % HOUR
        viewers = {
            "VENDOR": self.vendors[bid.vendor].owner,
            "PROSPECT": self.place.prospect.viewer,
            "OPERATOR": self.place.operator,
        }
        work = record_meeting(
            viewers[side],
            QUIET,
            application_id=self.ids[key],
            kind=MeetingEvidenceKind(kind),
            idempotency_key=new_id().hex,
            at=self.instant(when),
        )
        self.same(work, self.model.record(bid, side, kind, when))

    @precondition(lambda self: sum(self.model.bought.values()) < 2 * FEE)
    @rule(vendor=st.sampled_from(VENDORS), amount=st.sampled_from([1, FEE]))
    def buys(self, vendor: str, amount: int) -> None:
        """The operator books points, twice with one key."""
        expected, key = self.model.buy(vendor, amount), new_id().hex
        for _ in range(2):
            account_id = self.vendors[vendor].id
            work = purchase_points(
                self.place.operator, QUIET, account_id=account_id, points=amount, idempotency_key=key
            )
            self.same(work, expected)

    @rule(by=AHEAD)
    def waits(self, by: int) -> None:
        """Time passes."""
        self._go(self.model.now + by)

    @precondition(lambda self: self.model.bids)
    @rule(data=st.data(), offset=st.sampled_from([-1, 0, 1]))
    def waits_until_something_is_due(self, data: st.DataObject, offset: int) -> None:
        """Time passes until a second before, at, or after the next due time or meeting."""
        due = {at for bid in self.model.bids.values() for at in _edges(bid) if at + offset > self.model.now}
        if due:
            self._go(data.draw(st.sampled_from(sorted(due))) + offset)

    def _go(self, now: int) -> None:
        self.model.now = now
        instant = self.instant(now)
        assert instant is not None
        self.run(self.database.clock.set(instant))

    @rule(batch=st.sampled_from([1, 2, 1_000]))
    def sweeps(self, batch: int) -> None:
        """A worker settles everything, in small batches too."""

        async def work() -> None:
            while (await sweep(QUIET, batch)).more:
                pass

        self.run(work())
        self.model.sweep()

    @invariant()
    def agree(self) -> None:
        """Status, visibility, points and feeds equal the model's, and the books balance."""
        if hasattr(self, "ids"):
            self.run(self._agree())

    async def _agree(self) -> None:
        for name, vendor in self.vendors.items():
            assert await points(vendor.id) == self.model.balance(name), name
            keys = [key for key in self.model.bids if key[1] == name]
            views = await applications_by_id(connection(), vendor.owner, [self.ids[key] for key in keys])
            leads = await leads_by_id(connection(), vendor.owner, [lead.id for lead in self.leads])
            shown = {self.leads.index(lead): leads[lead.id].contact is not None for lead in self.leads}
            expected = {number: self._visible((number, name)) for number in range(LEADS)}
            assert shown == expected, f"{name} sees {shown}"
            for key in keys:
                view, bid = views[self.ids[key]], self.model.bids[key]
                assert view.status == bid.status(self.model.now)
                assert (view.refunded_at is not None) is bid.back
                assert view.revealed_at == self.instant(self._revealed(bid))
        recipients = {name: vendor.id for name, vendor in self.vendors.items()}
        for name, recipient in {**recipients, "prospect": self.place.prospect.id}.items():
            rows = await fetch(
                connection(),
                "SELECT seq, kind, at FROM feed_event WHERE recipient = $1 ORDER BY seq",
                recipient,
            )
            assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
            events = [(row["kind"], round((row["at"] - START).total_seconds())) for row in rows]
            assert sorted(events) == sorted(self.model.feeds.get(name, [])), name
        await assert_books_balance(connection())

    def _visible(self, key: tuple[int, str]) -> bool:
        bid = self.model.bids.get(key)
        return bid is not None and bid.visible(self.model.now)

    def _revealed(self, bid: Bid) -> int | None:
        if bid.revealed is None and bid.visible(self.model.now):
            return bid.received + REVEAL_AFTER
        return bid.revealed


def _edges(bid: Bid) -> list[int]:
    """Return the times at which something changes by itself; that of a meeting, if there is one, first."""
    meeting = [] if bid.meeting is None else [bid.meeting]
    return [*meeting, bid.received + REVEAL_AFTER, bid.received + REMIND_AFTER]
