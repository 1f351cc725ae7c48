"""An upheld "no consent" complaint closes the contact, stops its sale, and prevents any further contact."""

from typing import Any

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.complaints.statistics import StatisticsBy, complaint_statistics
from models.deliveries.deliver import deliver_lead, offer_lead, purchase_lead
from models.deliveries.tables import OfferMode
from models.leads.tables import LeadSource
from rules.visibility import DeliveryKind
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
from tests.support.marketplace import START, MadeLead, Marketplace, apply, make_lead
from tests.support.reading import refused, row, rows_of


async def _upheld(place: Marketplace, lead: MadeLead, *, by_hand: bool = False) -> Any:
    delivery = await deliver(place, place.vendor, lead)
    _, (item,) = await filed(place.vendor, [delivery], *(() if by_hand else (PROVEN,)), reason=NO_CONSENT)
    if by_hand:
        await say(place.operator, verdict(item))
    return delivery


@pytest.mark.parametrize("by_hand", [False, True])
async def test_no_consent_closes_the_delivery_and_sets_do_not_contact(
    place: Marketplace, by_hand: bool
) -> None:
    lead = await make_contact(place.market)
    others = await deliver(place, place.other_vendor, lead)
    delivery = await _upheld(place, lead, by_hand=by_hand)
    assert (await row("delivery", id=delivery))["closed"] == "NO_CONSENT"
    assert (await row("delivery", id=others))["closed"] == "NO", "closed for that vendor"
    stop = await row("do_not_contact", prospect_id=lead.prospect.id)
    assert (stop["since"], stop["item_id"]) == (START, (await row("complaint_item"))["id"])


async def test_nothing_of_the_person_is_sold_any_more(place: Marketplace) -> None:
    """Applying, delivering, offering and buying are refused, for this lead and the person's other leads."""
    lead = await make_contact(place.market)
    second = await make_lead(place.market, lead.prospect)
    await offer(place, second, cap=3)
    await offer(place, lead, cap=3)
    await _upheld(place, lead)
    assert all(one["withdrawn_at"] == START for one in await rows_of("offer"))
    third = await make_lead(place.market, lead.prospect)
    for one in (lead, second, third):
        await refused(apply(place.other_vendor, one), RefusalCode.NOT_FOUND, "leadId")
        bought = purchase_lead(place.other_vendor.owner, QUIET, lead_id=one.id, idempotency_key=new_id().hex)
        await refused(bought, RefusalCode.NOT_FOUND, "leadId")
        given = deliver_lead(
            place.operator,
            QUIET,
            lead_id=one.id,
            account_id=place.other_vendor.id,
            kind=DeliveryKind.RECORD,
            points=0,
            idempotency_key=new_id().hex,
        )
        await refused(given, RefusalCode.CONFLICT, "leadId")
    offered = offer_lead(
        place.operator,
        QUIET,
        lead_id=third.id,
        kind=DeliveryKind.LEAD_CLUB,
        mode=OfferMode.EXCLUSIVE,
        points=1,
    )
    await refused(offered, RefusalCode.CONFLICT, "leadId")


async def test_a_replacement_is_never_the_same_person(place: Marketplace) -> None:
    """Not for another contact of the same complaint either."""
    lead = await make_contact(place.market)
    second = await offer(place, await make_lead(place.market, lead.prospect))
    waiting = await deliver(place, place.other_vendor)
    _, (item,) = await filed(place.other_vendor, [waiting])
    delivery = await deliver(place, place.vendor, lead)
    _, (mine,) = await filed(place.vendor, [delivery], reason=NO_CONSENT)
    await say(place.operator, verdict(item), verdict(mine))
    assert (await remedy_of(waiting))["replacement_id"] is None
    assert (await remedy_of(delivery))["replacement_id"] is None
    assert await sold(second) == 0


async def test_two_vendors_complain_of_no_consent_about_one_person(place: Marketplace) -> None:
    """Both are upheld; the first vendor's stop remains."""
    lead = await make_contact(place.market)
    deliveries = [await deliver(place, vendor, lead) for vendor in (place.vendor, place.other_vendor)]
    items = [
        (await filed(vendor, [one], reason=NO_CONSENT))[1][0]
        for vendor, one in zip((place.vendor, place.other_vendor), deliveries, strict=True)
    ]
    await say(place.operator, *(verdict(item) for item in items))
    assert (await row("do_not_contact"))["item_id"] == items[0]["id"]
    assert {one["closed"] for one in await rows_of("delivery")} == {"NO_CONSENT"}


async def test_the_complaint_counts_against_the_source(place: Marketplace) -> None:
    await _upheld(place, await make_contact(place.market, source=LeadSource.CONTEST))
    await filed(place.vendor, [await deliver(place, place.vendor)], PROVEN)
    found = await complaint_statistics(connection(), place.operator, StatisticsBy.SOURCE)
    assert {one.key: (one.filed, one.no_consent) for one in found} == {
        "CONTEST": (1, 1),
        "OPPORTUNITY": (1, 0),
    }
