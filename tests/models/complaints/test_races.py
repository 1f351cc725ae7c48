"""Concurrent changes of complaints: one wins; nothing is paid, granted or counted twice.

Calls are queued in a known order where possible; the rest runs freely and many times.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.complaints.send_message import send_message
from models.complaints.submit import Filed
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from tests.support.complaints import (
    ACCEPTED,
    PROVEN,
    QUIET,
    RECORD,
    REFUTED,
    REJECTED,
    complain,
    deliver,
    draft,
    filed,
    make_contact,
    say,
    verdict,
)
from tests.support.concurrency import BALANCE, at_once, codes, freely
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, MadeVendor, Marketplace, apply, make_lead
from tests.support.reading import event_kinds, points, row, rows_of

DAY = timedelta(days=1)
DELIVERY = "SELECT FROM delivery WHERE id = $1 FOR UPDATE"
COMPLAINT = "SELECT FROM complaint WHERE id = $1 FOR UPDATE"
DECIDE_BY = START.replace(day=23, hour=23)


async def _filed_in_turn(database: Database, delivery: UUID, calls: list[Any]) -> list[Filed]:
    found = await at_once(database.url, DELIVERY, delivery, calls)
    return [one for one in found if isinstance(one, Filed)]


@pytest.mark.parametrize(("checks", "points_left"), [((), 95), ((PROVEN,), 100), ((REFUTED,), 95)])
async def test_the_second_of_two_filings_of_a_delivery_is_a_row_error(
    place: Marketplace, database: Database, checks: Any, points_left: int
) -> None:
    """It gets the row's error: the first is open, had its remedy, or was rejected by a rule."""
    delivery = await deliver(place, place.vendor, kind=RECORD)
    calls = [
        complain(viewer, [draft(delivery, row=2)], *checks)
        for viewer in (place.vendor.owner, place.vendor.member)
    ]
    first, second = await _filed_in_turn(database, delivery, calls)
    assert first.complaint_id is not None
    assert second.complaint_id is None
    assert [(one.row, one.code.value) for one in second.problems] == [(2, "CONFLICT")]
    assert len(await rows_of("complaint_item", delivery_id=delivery)) == 1
    assert await points(place.vendor.id) == (points_left, 0)


async def test_filings_that_overlap_crosswise_file_each_delivery_once(
    place: Marketplace, database: Database
) -> None:
    for _ in range(4):
        deliveries = [await deliver(place, place.vendor, kind=RECORD, points=0) for _ in range(6)]
        made = await freely(
            complain(place.vendor.owner, [draft(one) for one in deliveries]),
            complain(place.vendor.owner, [draft(one) for one in reversed(deliveries)]),
            complain(place.vendor.owner, [draft(one) for one in deliveries[2:]]),
        )
        for delivery in deliveries:
            assert len(await rows_of("complaint_item", delivery_id=delivery)) == 1
        assert sum(isinstance(one, Filed) and one.complaint_id is not None for one in made) >= 1


async def test_the_same_complaint_sent_twice_concurrently_is_one(
    place: Marketplace, database: Database
) -> None:
    """The second request waits for the first and gets its result."""
    delivery = await deliver(place, place.vendor, kind=RECORD)
    for checks in ((), (PROVEN,)):
        asked = [draft(delivery), draft(new_id())]
        key = new_id().hex
        found = await freely(*(complain(place.vendor.owner, asked, *checks, key=key) for _ in range(3)))
        assert all(one == found[0] for one in found), found
        for item in await rows_of("complaint_item", verdict="UNDER_REVIEW"):
            await say(place.operator, verdict(item, REJECTED))
    assert len(await rows_of("complaint")) == 2


async def test_the_second_of_two_concurrent_decisions_decides_the_complaint(
    place: Marketplace, database: Database
) -> None:
    """Decisions on different items are serialised."""
    deliveries = [await deliver(place, place.vendor, kind=RECORD) for _ in range(2)]
    complaint_id, items = await filed(place.vendor, deliveries)
    calls = [say(place.operator, verdict(item)) for item in items]
    assert codes(await at_once(database.url, COMPLAINT, complaint_id, calls)) == ["done", "done"]
    assert (await row("complaint", id=complaint_id))["decided_at"] == START
    assert (await event_kinds(place.vendor.id)).count("COMPLAINT_DECIDED") == 1
    assert await points(place.vendor.id) == (100, 0)


async def test_concurrent_decisions_on_one_item_take_effect_once(
    place: Marketplace, database: Database
) -> None:
    """A different verdict is refused if it would revoke a remedy; otherwise it is a new decision."""
    for first, second, expected in (
        (ACCEPTED, ACCEPTED, ["done", "done"]),
        (ACCEPTED, REJECTED, ["done", "CONFLICT"]),
        (REJECTED, ACCEPTED, ["done", "done"]),
    ):
        delivery = await deliver(place, place.vendor, kind=RECORD)
        complaint_id, (item,) = await filed(place.vendor, [delivery])
        calls = [say(place.operator, verdict(item, said)) for said in (first, second)]
        assert codes(await at_once(database.url, COMPLAINT, complaint_id, calls)) == expected
        assert len(await rows_of("remedy", delivery_id=delivery)) == 1
    assert await points(place.vendor.id) == (100, 0)


async def test_many_decisions_that_share_complaints_do_not_deadlock(
    place: Marketplace, database: Database
) -> None:
    for _ in range(3):
        items = []
        for vendor in (place.vendor, place.other_vendor):
            deliveries = [await deliver(place, vendor, kind=RECORD, points=1) for _ in range(3)]
            items += (await filed(vendor, deliveries))[1]
        calls = [say(place.operator, *(verdict(one) for one in order)) for order in (items, items[::-1])]
        assert set(codes(await freely(*calls, say(place.operator, verdict(items[2]))))) == {"done"}
    assert len(await rows_of("remedy")) == 18


@pytest.mark.parametrize("at", [DECIDE_BY - SECOND, DECIDE_BY, DECIDE_BY + SECOND])
async def test_a_decision_racing_with_sweeps_on_day_21_is_made_once(
    place: Marketplace, database: Database, at: Any
) -> None:
    """Whichever is first: overdue by the clock, notified once, decided once."""
    made = [await filed(place.vendor, [await deliver(place, place.vendor, points=1)]) for _ in range(5)]
    await database.clock.set(at)
    for _, (item,) in made:
        await freely(sweep(QUIET, 1), say(place.operator, verdict(item)), sweep(QUIET), sweep(QUIET))
    late = at >= DECIDE_BY
    for complaint_id, _ in made:
        complaint = await row("complaint", id=complaint_id)
        assert (complaint["decided_at"], complaint["escalated_at"]) == (at, DECIDE_BY if late else None)
    assert (await event_kinds(place.vendor.id)).count("COMPLAINT_OVERDUE") == (5 if late else 0)


async def test_two_workers_carry_out_each_deadline_once(place: Marketplace, database: Database) -> None:
    """Whichever worker carries it out."""
    made = [await filed(place.vendor, [await deliver(place, place.vendor, points=1)]) for _ in range(6)]
    waits = [await deliver(place, place.other_vendor, points=1) for _ in range(6)]
    await filed(place.other_vendor, waits, PROVEN)
    await database.clock.set(DECIDE_BY + DAY)
    settled = await freely(*(sweep(QUIET, batch) for batch in (1, 2, 3, 100)))
    while (await sweep(QUIET)).deadlines:
        pass
    assert settled
    assert (await event_kinds(place.vendor.id)).count("COMPLAINT_OVERDUE") == len(made)
    assert place.operator.user_id is not None
    assert (await event_kinds(place.operator.user_id)).count("COMPLAINT_DUE") == 3 * len(made)
    assert await points(place.other_vendor.id) == (100, 0)


async def _revealed(place: Marketplace, vendor: MadeVendor) -> tuple[UUID, UUID]:
    lead = await make_lead(place.market, place.prospect)
    made = await apply(vendor, lead)
    await accept(place.prospect.viewer, QUIET, made)
    return made, (await row("delivery", application_id=made))["id"]


async def test_a_complaint_and_a_withdrawal_refund_the_fee_once(
    place: Marketplace, database: Database
) -> None:
    """In both orders and freely: the fee is refunded once, and the other action takes it into account."""
    application = "SELECT FROM application WHERE id = $1 FOR UPDATE"
    for order in (1, -1):
        made, delivery = await _revealed(place, place.vendor)
        calls = [
            complain(place.vendor.owner, [draft(delivery)], PROVEN),
            decline(place.prospect.viewer, QUIET, made),
        ][::order]
        found = await at_once(database.url, application, made, calls)
        (answer,) = [one for one in found if isinstance(one, Filed)]
        assert (answer.complaint_id is None) == (order == -1)
        assert await points(place.vendor.id) == (100, 0)
    for _ in range(6):
        made, delivery = await _revealed(place, place.vendor)
        await freely(
            complain(place.vendor.owner, [draft(delivery)], PROVEN),
            decline(place.prospect.viewer, QUIET, made),
        )
        assert await points(place.vendor.id) == (100, 0)


async def test_a_withdrawal_before_the_operators_decision_refunds_the_fee_once(
    place: Marketplace, database: Database
) -> None:
    """The fee was refunded by S1.9: the complaint cannot refund it again."""
    made, delivery = await _revealed(place, place.vendor)
    _, (item,) = await filed(place.vendor, [delivery])
    await decline(place.prospect.viewer, QUIET, made)
    assert codes(await freely(say(place.operator, verdict(item)))) == ["CONFLICT"]
    await say(place.operator, verdict(item, REJECTED))
    assert await points(place.vendor.id) == (100, 0)


async def test_concurrent_messages_are_in_the_order_of_their_times(
    place: Marketplace, database: Database
) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    await freely(
        *(
            send_message(viewer, QUIET, complaint_id, f"{number}", f"{number}")
            for number in range(3)
            for viewer in (place.vendor.owner, place.operator)
        )
    )
    assert len(await rows_of("complaint_message")) == 6


async def test_two_remedies_and_a_purchase_are_serialised_at_the_balance(
    place: Marketplace, database: Database
) -> None:
    """The price is what the vendor has before the remedies; in any order of the three, it can be paid."""
    deliveries = [await deliver(place, place.vendor, kind=RECORD, points=30) for _ in range(2)]
    items = [(await filed(place.vendor, [one]))[1][0] for one in deliveries]
    lead = await make_contact(place.market)
    await fetch(
        connection(),
        """INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
           VALUES (gen_random_uuid(), $1, 'RECORD', 'SHARED', 40, 2, 0, $2)""",
        lead.id,
        START,
    )
    calls = [
        say(place.operator, verdict(items[0])),
        say(place.operator, verdict(items[1])),
        purchase_lead(place.vendor.owner, QUIET, lead_id=lead.id, idempotency_key="k"),
    ]
    assert codes(await at_once(database.url, BALANCE, place.vendor.id, calls)) == ["done"] * 3
    assert await points(place.vendor.id) == (60, 0)
