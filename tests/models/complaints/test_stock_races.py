"""Concurrent requests for stock: one gets the lead, the other waits; stopped leads go to nobody.

Calls are queued in a known order where possible; the rest runs freely and many times.
"""

from typing import Any

import pytest

from models.base.ids import new_id
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from rules.complaint import ComplaintReason
from tests.support.complaints import (
    NO_CONSENT,
    PROVEN,
    QUIET,
    deliver,
    filed,
    make_contact,
    offer,
    remedy_of,
    say,
    sold,
    verdict,
)
from tests.support.concurrency import codes, freely, holding
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace, apply, make_lead
from tests.support.reading import points, row, rows_of

LEAD = "SELECT FROM lead WHERE id = $1 FOR UPDATE"
WAIT_ENDS = START.replace(day=16, hour=23)


async def test_only_one_complaint_gets_the_last_lead_in_stock(place: Marketplace, database: Database) -> None:
    """The other waits, and gets its points back when the wait ends; the place is sold once."""
    for number in range(6):
        fresh, *leads = [await make_contact(place.market, category=f"c{number}") for _ in range(3)]
        await offer(place, fresh, points=1)
        vendors = (place.vendor, place.other_vendor)
        faulty = [await deliver(place, *one, points=1) for one in zip(vendors, leads, strict=True)]
        await freely(filed(place.vendor, [faulty[0]], PROVEN), filed(place.other_vendor, [faulty[1]], PROVEN))
        (given,) = await rows_of("delivery", lead_id=fresh.id)
        remedies = [await remedy_of(one) for one in faulty]
        assert [one["replacement_id"] for one in remedies if one["replacement_id"]] == [given["id"]]
    await database.clock.set(WAIT_ENDS)
    await sweep(QUIET)
    assert await rows_of("remedy", settled_at=None) == []


async def test_stock_that_was_locked_when_it_was_wanted_is_found_later(
    place: Marketplace, database: Database
) -> None:
    """Taking from stock does not wait for a lock; the sweep delivers what was skipped."""
    fresh = await offer(place)
    faulty = await deliver(place, place.vendor)
    async with holding(database.url, LEAD, fresh.id):
        await filed(place.vendor, [faulty], PROVEN)
        assert (await remedy_of(faulty))["replacement_id"] is None
    await freely(sweep(QUIET), sweep(QUIET), sweep(QUIET))
    assert (await remedy_of(faulty))["replacement_id"] == (await row("delivery", lead_id=fresh.id))["id"]


@pytest.mark.parametrize("at", [WAIT_ENDS - SECOND, WAIT_ENDS, WAIT_ENDS + SECOND])
async def test_stock_arriving_as_waits_end_gives_a_lead_or_points_never_both(
    place: Marketplace, database: Database, at: Any
) -> None:
    """The clock alone decides which."""
    faulty = [await deliver(place, place.vendor) for _ in range(4)]
    await filed(place.vendor, faulty, PROVEN)
    await database.clock.set(at)
    leads = [await make_contact(place.market) for _ in range(4)]
    await freely(*(offer(place, lead) for lead in leads), sweep(QUIET), sweep(QUIET, 1))
    await sweep(QUIET)
    remedies = [await remedy_of(one) for one in faulty]
    kind = "REPLACEMENT" if at < WAIT_ENDS else "POINTS"
    assert {(one["kind"], one["settled_at"]) for one in remedies} == {(kind, min(at, WAIT_ENDS))}
    assert await points(place.vendor.id) == ((80, 0) if at < WAIT_ENDS else (100, 0))
    assert sum([await sold(lead) for lead in leads]) == (4 if at < WAIT_ENDS else 0)


@pytest.mark.parametrize("reason", [NO_CONSENT, ComplaintReason.NUMBER_DOES_NOT_EXIST])
async def test_a_stop_concurrent_with_purchases_and_applications_is_serialised(
    place: Marketplace, database: Database, reason: Any
) -> None:
    """Buyers before the stop get the lead, later ones are refused; there are no deadlocks."""
    for number in range(5):
        lead = await make_contact(place.market, category=f"c{number}")
        second = await make_lead(place.market, lead.prospect, category=f"c{number}")
        await offer(place, lead, cap=3, points=0)
        await offer(place, second, cap=3, points=0)
        faulty = await deliver(place, place.vendor, lead, points=0)
        _, (item,) = await filed(place.vendor, [faulty], reason=reason)
        other = place.other_vendor
        found = await freely(
            say(place.operator, verdict(item)),
            purchase_lead(other.owner, QUIET, lead_id=lead.id, idempotency_key=new_id().hex),
            apply(other, second),
        )
        assert set(codes(found)) <= {"done", "NOT_FOUND"}
        assert found[0] is None
        if reason is NO_CONSENT:
            late = purchase_lead(other.member, QUIET, lead_id=second.id, idempotency_key=new_id().hex)
            applied = codes(found)[2] == "done"  # before the stop, which ended the application
            assert codes(await freely(late)) == ["CONFLICT" if applied else "NOT_FOUND"]


async def test_two_vendors_leads_replace_each_other_without_a_deadlock(
    place: Marketplace, database: Database
) -> None:
    """Each vendor's faulty person is in stock for the other: one takes the lead that the other stops."""
    for number in range(6):
        leads = [await make_contact(place.market, category=f"c{number}") for _ in range(2)]
        for lead in leads:
            await offer(place, lead, cap=3, points=0)
        vendors = (place.vendor, place.other_vendor)
        faulty = [
            await deliver(place, vendor, lead, points=0) for vendor, lead in zip(vendors, leads, strict=True)
        ]
        items = [
            (await filed(vendor, [one], reason=NO_CONSENT))[1][0]
            for vendor, one in zip(vendors, faulty, strict=True)
        ]
        assert codes(await freely(*(say(place.operator, verdict(one)) for one in items))) == ["done", "done"]
