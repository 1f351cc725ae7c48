"""Concurrent answers: one wins, the other gets the outcome; held points are not spent twice; no deadlocks.

`concurrency` queues the calls in a known order where it can; the rest runs freely and many times.
"""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from models.accounts.purchase_points import purchase_points
from models.applications.answer import accept, decline, review
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.concurrency import (
    ACCOUNT,
    APPLICATION,
    BALANCE,
    at_once,
    codes,
    freely,
    holding,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply, make_lead, make_vendor
from tests.support.reading import application, decided, movements, points, row, rows_of

QUIET = Silence()
DUE = START + 48 * HOUR


@pytest.mark.parametrize(
    ("first", "second", "version", "outcome", "back"),
    [
        (accept, decline, None, "done", True),  # here the decline is a withdrawal
        (accept, decline, 1, "STALE_VERSION", False),
        (decline, accept, None, "REFUSED_BY_RULE", True),
        (decline, accept, 1, "STALE_VERSION", True),
        (accept, accept, 1, "done", False),
        (decline, decline, 1, "done", True),
    ],
)
async def test_the_first_of_two_concurrent_answers_wins(
    place: Marketplace, database: Database, first: Any, second: Any, version: int, outcome: str, back: bool
) -> None:
    """The second is refused, or succeeds if it requested the same."""
    made = await apply(place.vendor, place.lead)
    who = place.prospect.viewer
    calls = [answer(who, QUIET, made, expected_version=version) for answer in (first, second)]
    assert codes(await at_once(database.url, APPLICATION, made, calls)) == ["done", outcome]
    stored = await application(made)
    assert (stored["accepted_at"] is not None) == (first is accept)
    assert await points(place.vendor.id) == ((100, 0) if back else (90, 0))


async def test_two_racing_answers_leave_one_of_three_outcomes(place: Marketplace, database: Database) -> None:
    """Accepted and withdrawn, or declined with the acceptance refused; never a mixture."""
    for _ in range(8):
        lead = await make_lead(place.market, place.prospect)
        made = await apply(place.vendor, lead)
        who = place.prospect.viewer
        found = codes(await freely(accept(who, QUIET, made), decline(who, QUIET, made)))
        stored = await application(made)
        if found == ["done", "done"]:
            assert (stored["hold"], len(await rows_of("delivery", application_id=made))) == ("CAPTURED", 1)
        else:
            assert found == ["REFUSED_BY_RULE", "done"]
            assert (stored["hold"], await rows_of("delivery", application_id=made)) == ("RELEASED", [])
    assert await points(place.vendor.id) == (100, 0)


async def test_an_answer_is_judged_by_the_clock_after_its_lock(
    place: Marketplace, database: Database
) -> None:
    """A decline that began a second before 48 h and got its lock at 48 h is late."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE - SECOND)
    async with holding(database.url, APPLICATION, made) as meeting:
        await meeting.join(decline(place.prospect.viewer, QUIET, made))
        await database.clock.set(DUE)
    assert codes(await meeting.outcomes()) == ["done"]
    stored = await application(made)
    assert (stored["declined_at"], stored["revealed_at"]) == (DUE, DUE)


async def test_an_answer_sees_what_changed_while_it_waited_for_the_lock(
    place: Marketplace, database: Database
) -> None:
    """The holder of the lock erases the person: the waiting acceptance must not reveal anything."""
    made = await apply(place.vendor, place.lead)
    async with holding(database.url, APPLICATION, made) as meeting:
        await meeting.join(accept(place.prospect.viewer, QUIET, made))
        await meeting.holder.execute("UPDATE prospect SET erased_at = $1", START)
    assert codes(await meeting.outcomes()) == ["REFUSED_BY_RULE"]
    assert await rows_of("delivery") == []
    # An erasure ends pending applications. Changing only the row does not, and the final check would report
    # that.
    await fetch(connection(), "UPDATE prospect SET erased_at = NULL")


@pytest.mark.parametrize(("at", "opened"), [(DUE - SECOND, False), (DUE, True)])
async def test_a_decline_racing_with_sweeps_is_decided_by_the_clock(
    place: Marketplace, database: Database, at: Any, opened: bool
) -> None:
    """Whichever is first, the clock decides, and the points move the same way."""
    made = [await apply(place.vendor, await make_lead(place.market, place.prospect)) for _ in range(6)]
    await database.clock.set(at)
    for one in made:
        await freely(sweep(QUIET, 1), decline(place.prospect.viewer, QUIET, one), sweep(QUIET), sweep(QUIET))
    for one in made:
        stored = await application(one)
        assert stored["revealed_at"] == (DUE if opened else None)
        assert await decided(one, "refund") == ["declined_late" if opened else "declined_in_time"]
        assert [kind for kind, _ in await movements(one)] == (
            ["HOLD", "CAPTURE", "REFUND"] if opened else ["HOLD", "RELEASE"]
        )
    assert await points(place.vendor.id) == (100, 0)


async def test_a_sweep_skips_rows_locked_by_another(place: Marketplace, database: Database) -> None:
    """It does not wait, and the next sweep settles what it skipped."""
    held = await apply(place.vendor, place.lead)
    free = await apply(place.other_vendor, place.lead)
    await database.clock.set(DUE)
    async with holding(database.url, APPLICATION, held):
        settled = await sweep(QUIET)
        assert len(settled.deadlines) == 2
    assert (await application(free))["revealed_at"] == DUE
    assert (await application(held))["revealed_at"] is None
    await sweep(QUIET)
    assert (await application(held))["revealed_at"] == DUE


@pytest.mark.parametrize("available", [10, 15])
async def test_points_on_hold_cannot_be_spent_twice(
    place: Marketplace, database: Database, available: int
) -> None:
    """Two leads, points for one: one application and one refusal, both in a queue and in a race."""
    vendor = await make_vendor(available)
    leads = [await make_lead(place.market, place.prospect) for _ in range(4)]
    found = codes(await at_once(database.url, BALANCE, vendor.id, [apply(vendor, lead) for lead in leads]))
    assert found == ["done", *["INSUFFICIENT_POINTS"] * 3]
    assert await points(vendor.id) == (available - 10, 10)
    for _ in range(5):
        racer = await make_vendor(available)
        found = codes(await freely(*(apply(racer, lead) for lead in leads)))
        assert sorted(found) == ["INSUFFICIENT_POINTS"] * 3 + ["done"]


async def test_two_concurrent_applications_for_one_lead_create_one(
    place: Marketplace, database: Database
) -> None:
    """Two keys, two colleagues, one lead: one application, one CONFLICT, one fee."""
    for _ in range(5):
        lead = await make_lead(place.market, place.prospect)
        found = codes(await freely(*(apply(place.vendor, lead) for _ in range(3))))
        assert sorted(found) == ["CONFLICT", "CONFLICT", "done"]
    assert await points(place.vendor.id) == (50, 50)


@pytest.mark.parametrize("had", [0, 7])
async def test_concurrent_purchases_sum_up(place: Marketplace, database: Database, had: int) -> None:
    """Eight purchases at the same time, also for an account that never had a balance."""
    vendor = await make_vendor(had)
    await freely(
        *(
            purchase_points(
                place.operator, QUIET, account_id=vendor.id, points=2**bit, idempotency_key=f"key {bit}"
            )
            for bit in range(8)
        )
    )
    assert await points(vendor.id) == (had + 255, 0)
    assert (await row("balance", account_id=vendor.id))["movements"] == 8 + bool(had)


async def test_first_purchases_that_queue_for_an_account_all_count(
    place: Marketplace, database: Database
) -> None:
    """They collide before any of them has created the balance row."""
    vendor = await make_vendor()
    calls = [
        purchase_points(
            place.operator, QUIET, account_id=vendor.id, points=5, idempotency_key=f"key {number}"
        )
        for number in range(4)
    ]
    assert codes(await at_once(database.url, ACCOUNT, vendor.id, calls)) == ["done"] * 4
    assert await points(vendor.id) == (20, 0)


async def test_a_concurrent_agreement_and_cancellation_are_serialised(
    place: Marketplace, database: Database
) -> None:
    """The later one sees the result of the earlier one."""
    made = await apply(place.vendor, place.lead, meeting_at=START + 20 * HOUR)
    moved, cancelled = MeetingEvidenceKind.RESCHEDULED, MeetingEvidenceKind.CANCELLED
    at = START + 30 * HOUR

    def record(viewer: Any, kind: MeetingEvidenceKind) -> Any:
        return record_meeting(
            viewer, QUIET, application_id=made, kind=kind, idempotency_key=new_id().hex, at=at
        )

    calls = [
        record(place.vendor.owner, moved),
        record(place.prospect.viewer, moved),
        record(place.vendor.owner, cancelled),
        record(place.prospect.viewer, cancelled),
    ]
    found = codes(await at_once(database.url, APPLICATION, made, calls))
    # A call that waits for a changed row queues again, so either side's cancellation may be the one that
    # counts.
    assert (found[:2], sorted(found[2:])) == (["done", "done"], ["CONFLICT", "done"])
    assert (await application(made))["meeting_at"] is None


async def test_eight_sweepers_racing_with_answers_settle_everything_once(
    place: Marketplace, database: Database
) -> None:
    """50 applications of 5 accounts, all due: no deadlock, nothing settled twice, nothing left over."""
    vendors = [await make_vendor(200) for _ in range(5)]
    leads = [await make_lead(place.market, place.prospect) for _ in range(10)]
    made = [one for lead in leads for one in await freely(*(apply(v, lead) for v in vendors))]
    assert len(set(map(str, made))) == 50
    await database.clock.set(DUE + SECOND)
    sizes = count(1)

    async def sweeper() -> None:
        while (await sweep(QUIET, batch=3 + next(sizes) % 5)).deadlines:
            pass

    who = place.prospect.viewer
    answers = [
        (decline, accept, review)[number % 3](who, QUIET, one)  # type: ignore[arg-type]
        for number, one in enumerate(made[:30])
    ]
    await freely(*(sweeper() for _ in range(8)), *answers)
    await sweep(QUIET)
    assert [one for one in await rows_of("deadline") if one["done_at"] is None] == []
    assert len(await rows_of("delivery")) == 50
    assert {one["revealed_at"] for one in await rows_of("application")} == {DUE}
    assert sum([(await points(vendor.id))[0] for vendor in vendors]) == 1_000 - 500 + 10 * 10


async def test_before_the_boundary_sweeps_and_answers_do_not_block_each_other(
    place: Marketplace, database: Database
) -> None:
    """Reminders are due while prospects answer and vendors apply and buy."""
    vendors = [await make_vendor(50) for _ in range(5)]
    leads = [await make_lead(place.market, place.prospect) for _ in range(6)]
    made = [one for lead in leads[:4] for one in await freely(*(apply(v, lead) for v in vendors))]
    await database.clock.set(START + 24 * HOUR)
    who = place.prospect.viewer
    outcomes = await freely(
        *(sweep(QUIET, 4) for _ in range(8)),
        *((accept, decline)[number % 2](who, QUIET, one) for number, one in enumerate(made)),  # type: ignore[arg-type]
        *(apply(vendor, leads[4 + number % 2]) for number, vendor in enumerate(vendors)),
        *(
            purchase_points(place.operator, QUIET, account_id=v.id, points=5, idempotency_key=new_id().hex)
            for v in vendors
        ),
    )
    assert not [one for one in outcomes if isinstance(one, Refusal)]
    await database.clock.advance(timedelta(hours=48))
    await asyncio.gather(*(sweep(QUIET) for _ in range(4)))
    assert len(await rows_of("delivery")) == 10 + 5, "half of the answers, and those who applied later"


async def test_a_vendor_cannot_delay_an_answer_with_its_own_bookings(
    place: Marketplace, database: Database
) -> None:
    """Recording a meeting releases the case although the vendor's feed stays locked; nothing is stored."""
    made = await apply(place.vendor, place.lead)
    before = await snapshot(connection())
    feed = "SELECT FROM feed_counter WHERE recipient = $1 FOR UPDATE"
    async with holding(database.url, feed, place.vendor.id), asyncio.timeout(60):
        with pytest.raises(Refusal) as refusal:
            await record_meeting(
                place.vendor.owner,
                QUIET,
                application_id=made,
                kind=MeetingEvidenceKind.CANCELLED,
                idempotency_key="cancelled",
            )
        assert refusal.value.code.value == "CONFLICT"
        await review(place.prospect.viewer, QUIET, made)
    assert (await application(made))["reviewed_at"] == database.clock.now
    await fetch(connection(), "UPDATE application SET reviewed_at = NULL, version = version - 1")
    assert await snapshot(connection()) == before
