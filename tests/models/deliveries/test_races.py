"""Concurrent claims on a lead: one gets the last place; the lead is applied for or delivered, never both."""

from typing import Any
from uuid import UUID

import pytest

from models.base.ids import new_id
from models.base.viewer import Viewer
from models.deadlines.sweep import sweep
from models.deliveries.deliver import deliver_lead, offer_lead, purchase_lead
from models.deliveries.tables import OfferMode
from tests.support.complaints import CLUB, QUIET, make_contact, offer, sold
from tests.support.concurrency import BALANCE, at_once, codes, freely
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, MadeLead, MadeVendor, Marketplace, apply, make_vendor
from tests.support.reading import points, rows_of

LEAD = "SELECT FROM lead WHERE id = $1 FOR UPDATE"


def buy(viewer: Viewer, lead: MadeLead, key: str | None = None) -> Any:
    return purchase_lead(viewer, QUIET, lead_id=lead.id, idempotency_key=key or new_id().hex)


def give(place: Marketplace, lead: MadeLead, vendor: MadeVendor, key: str | None = None) -> Any:
    return deliver_lead(
        place.operator,
        QUIET,
        lead_id=lead.id,
        account_id=vendor.id,
        kind=CLUB,
        points=5,
        idempotency_key=key or new_id().hex,
    )


async def test_the_last_place_is_sold_once(place: Marketplace, database: Database) -> None:
    """Two concurrent buyers, in a known order and freely; the loser keeps the points."""
    lead = await offer(place, place.lead)
    calls = [buy(place.vendor.owner, lead), buy(place.other_vendor.owner, lead)]
    assert codes(await at_once(database.url, LEAD, lead.id, calls)) == ["done", "CONFLICT"]
    assert (await points(place.vendor.id), await points(place.other_vendor.id)) == ((95, 0), (100, 0))
    for _ in range(6):
        lead = await offer(place)
        found = await freely(buy(place.vendor.owner, lead), buy(place.other_vendor.owner, lead))
        assert sorted(codes(found)) == ["CONFLICT", "done"]
        assert await sold(lead) == 1


async def test_a_shared_lead_is_sold_up_to_its_cap(place: Marketplace, database: Database) -> None:
    vendors = [await make_vendor(10) for _ in range(5)]
    for cap in (2, 4):
        lead = await offer(place, await make_contact(place.market), cap=cap)
        found = codes(await freely(*(buy(vendor.owner, lead) for vendor in vendors)))
        assert sorted(found) == sorted(["CONFLICT"] * (5 - cap) + ["done"] * cap)
        assert await sold(lead) == cap == len(await rows_of("delivery", lead_id=lead.id))


async def test_two_users_of_one_account_pay_for_a_lead_once(place: Marketplace, database: Database) -> None:
    """With two keys, one is refused; with one key, both get the same delivery. It is paid for once."""
    lead = await offer(place, place.lead, cap=3)
    found = await freely(buy(place.vendor.owner, lead), buy(place.vendor.member, lead))
    assert sorted(codes(found)) == ["CONFLICT", "done"]
    lead = await offer(place, cap=3)
    found = await freely(*(buy(place.vendor.owner, lead, "one key") for _ in range(3)))
    assert len(set(found)) == 1
    assert isinstance(found[0], UUID)
    assert await points(place.vendor.id) == (90, 0)


@pytest.mark.parametrize("first", ["apply", "give", "buy"])
async def test_of_a_concurrent_application_and_delivery_the_second_is_refused(
    place: Marketplace, database: Database, first: str
) -> None:
    """Otherwise the application would later reveal a contact that the account already holds."""
    lead = await offer(place, place.lead, cap=3)
    second = {"apply": "give", "give": "apply", "buy": "apply"}[first]

    def call(name: str) -> Any:
        if name == "apply":
            return apply(place.vendor, lead)
        return give(place, lead, place.vendor) if name == "give" else buy(place.vendor.owner, lead)

    found = await at_once(database.url, LEAD, lead.id, [call(first), call(second)])
    assert codes(found) == ["done", "CONFLICT"]
    assert (len(await rows_of("application")), len(await rows_of("delivery"))) == (
        (1, 0) if first == "apply" else (0, 1)
    )


async def test_racing_applications_and_deliveries_never_give_a_lead_twice(
    place: Marketplace, database: Database
) -> None:
    """One of three for each account; 48 h later every application is revealed without a conflict."""
    leads = [await offer(place, cap=4) for _ in range(6)]
    for lead in leads:
        found = await freely(
            apply(place.vendor, lead),
            give(place, lead, place.vendor),
            buy(place.vendor.member, lead),
            apply(place.other_vendor, lead),
        )
        assert sorted(codes(found)[:3]) == ["CONFLICT", "CONFLICT", "done"]
        assert codes(found)[3] == "done"
    await database.clock.set(START + 48 * HOUR)
    await sweep(QUIET)
    assert len(await rows_of("delivery")) == 12
    assert {one["hold"] for one in await rows_of("application")} == {"CAPTURED"}


async def test_of_a_concurrent_exclusive_offer_and_application_one_wins(
    place: Marketplace, database: Database
) -> None:
    for first in (0, 1):
        lead = await make_contact(place.market)
        offered = offer_lead(
            place.operator, QUIET, lead_id=lead.id, kind=CLUB, mode=OfferMode.EXCLUSIVE, points=1
        )
        calls = [offered, apply(place.vendor, lead)]
        calls = calls[::-1] if first else calls
        assert codes(await at_once(database.url, LEAD, lead.id, calls)) == ["done", "CONFLICT"]


async def test_the_second_of_two_concurrent_offers_is_refused(place: Marketplace, database: Database) -> None:
    offers = [
        offer_lead(
            place.operator, QUIET, lead_id=place.lead.id, kind=CLUB, mode=OfferMode.EXCLUSIVE, points=1
        )
        for _ in range(2)
    ]
    assert sorted(codes(await freely(*offers))) == ["CONFLICT", "done"]


async def test_concurrent_purchases_spend_the_last_points_once(
    place: Marketplace, database: Database
) -> None:
    vendor = await make_vendor(7)
    leads = [await offer(place) for _ in range(2)]
    calls = [buy(vendor.owner, lead) for lead in leads]
    found = codes(await at_once(database.url, BALANCE, vendor.id, calls))
    assert found == ["done", "INSUFFICIENT_POINTS"]
    assert [await sold(lead) for lead in leads] == [1, 0]
    assert await points(vendor.id) == (2, 0)
