"""A replacement is worth no more than the faulty lead cost, and has the mode in which that lead was sold."""

from uuid import UUID

import pytest

from models.base.ids import new_id
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from models.deliveries.tables import OfferMode
from tests.support.complaints import PROVEN, QUIET, deliver, filed, make_contact, offer, remedy_of, sold
from tests.support.concurrency import freely
from tests.support.database import Database
from tests.support.marketplace import HOUR, MadeVendor, Marketplace
from tests.support.reading import row, rows_of

EXCLUSIVE, SHARED = OfferMode.EXCLUSIVE, OfferMode.SHARED


async def _bought(place: Marketplace, vendor: MadeVendor, mode: OfferMode, points: int) -> UUID:
    lead = await offer(place, mode=mode, points=points)
    return await purchase_lead(vendor.owner, QUIET, lead_id=lead.id, idempotency_key=new_id().hex)


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize(
    ("faulty", "stock", "fits"),
    [
        ((SHARED, 5), (SHARED, 5), True),
        ((SHARED, 5), (SHARED, 0), True),
        ((SHARED, 5), (SHARED, 6), False),
        ((SHARED, 1), (EXCLUSIVE, 1), False),
        ((EXCLUSIVE, 5), (EXCLUSIVE, 5), True),
        ((EXCLUSIVE, 5), (EXCLUSIVE, 6), False),
        ((EXCLUSIVE, 5), (SHARED, 5), False),
    ],
)
async def test_a_purchased_lead_is_replaced_by_one_of_the_same_mode_and_price(
    place: Marketplace,
    database: Database,
    faulty: tuple[OfferMode, int],
    stock: tuple[OfferMode, int],
    fits: bool,
    waits: bool,
) -> None:
    """Whether it is in stock when the complaint is accepted, or arrives during the wait."""
    delivery = await _bought(place, place.vendor, *faulty)
    contact = await make_contact(place.market)
    if not waits:
        await offer(place, contact, mode=stock[0], points=stock[1])
    await filed(place.vendor, [delivery], PROVEN)
    if waits:
        await offer(place, contact, mode=stock[0], points=stock[1])
    await sweep(QUIET)
    remedy = await row("remedy")
    given = await rows_of("delivery", lead_id=contact.id)
    assert [one["id"] for one in given] == ([remedy["replacement_id"]] if fits else [])
    assert await sold(contact) == fits


async def test_a_lead_delivered_by_the_operator_is_replaced_by_a_shared_one(
    place: Marketplace, database: Database
) -> None:
    await offer(place, mode=EXCLUSIVE, points=1)
    delivery = await deliver(place, place.vendor, points=5)
    await filed(place.vendor, [delivery], PROVEN)
    assert (await remedy_of(delivery))["replacement_id"] is None
    fresh = await offer(place, points=5)
    assert (await remedy_of(delivery))["replacement_id"] == (await row("delivery", lead_id=fresh.id))["id"]


async def test_a_vendor_who_paid_too_little_does_not_block_one_who_paid_enough(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the cheaper ones have waited, and however small the batch."""
    monkeypatch.setattr("models.deliveries.waiting_replacements.MOST_SERVED", 1)
    cheap = [await deliver(place, place.vendor, points=1) for _ in range(3)]
    await filed(place.vendor, cheap, PROVEN)
    await database.clock.advance(HOUR)
    dear = await deliver(place, place.other_vendor, points=9)
    await filed(place.other_vendor, [dear], PROVEN)
    fresh = await offer(place, points=9)
    await sweep(QUIET)
    assert (await remedy_of(dear))["replacement_id"] == (await row("delivery", lead_id=fresh.id))["id"]
    assert {(await remedy_of(one))["replacement_id"] for one in cheap} == {None}


async def test_each_faulty_lead_gets_a_replacement_of_at_most_its_price(
    place: Marketplace, database: Database
) -> None:
    """In one complaint, with any stock."""
    faulty = [await deliver(place, place.vendor, points=points) for points in (1, 4, 9)]
    leads = {points: await offer(place, points=points) for points in (9, 4, 1)}
    await filed(place.vendor, faulty, PROVEN)
    for points, one in zip((1, 4, 9), faulty, strict=True):
        given = await row("delivery", id=(await remedy_of(one))["replacement_id"])
        assert given["lead_id"] == leads[points].id
        assert given["points"] == points, "worth what the faulty one cost"


async def test_competing_vendors_never_get_more_than_they_paid_for(
    place: Marketplace, database: Database
) -> None:
    for number in range(4):
        category = f"c{number}"
        for points, mode in ((1, SHARED), (5, SHARED), (5, EXCLUSIVE)):
            contact = await make_contact(place.market, category=category)
            await offer(place, contact, points=points, mode=mode)
        faulty = {
            vendor.id: await deliver(
                place, vendor, await make_contact(place.market, category=category), points=1
            )
            for vendor in (place.vendor, place.other_vendor)
        }
        await freely(
            *(filed(vendor, [faulty[vendor.id]], PROVEN) for vendor in (place.vendor, place.other_vendor))
        )
        remedies = [await remedy_of(one) for one in faulty.values()]
        assert len([one for one in remedies if one["replacement_id"] is not None]) == 1
    offers = await rows_of("offer", points=5)
    assert {one["sold"] for one in offers} == {0}
