"""Leads are offered, delivered and bought: each place once, each delivery with its policy and window."""

from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import decline
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.deliveries.deliver import LARGEST_CAP, deliver_lead, offer_lead, purchase_lead
from models.deliveries.tables import OfferMode
from rules import production_parameters
from rules.visibility import DeliveryKind
from tests.support.complaints import CLUB, QUIET, RECORD, deliver, make_contact, offer, sold
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, START, MadeLead, Marketplace, apply, make_vendor, publish_policy
from tests.support.reading import erase, event_kinds, mailed, points, refused, row, rows_of

EXCLUSIVE, SHARED = OfferMode.EXCLUSIVE, OfferMode.SHARED
WINDOW_END = START.replace(month=4, day=1, hour=22)


async def buy(viewer: Viewer, lead: MadeLead, key: str | None = None) -> UUID:
    return await purchase_lead(viewer, QUIET, lead_id=lead.id, idempotency_key=key or new_id().hex)


def _deliver(viewer: Viewer, lead: MadeLead, account: UUID, **other: Any) -> Any:
    asked: dict[str, Any] = {"kind": CLUB, "points": 5, "idempotency_key": new_id().hex} | other
    return deliver_lead(viewer, QUIET, lead_id=lead.id, account_id=account, **asked)


def _offer(viewer: Viewer, lead: MadeLead, **other: Any) -> Any:
    asked: dict[str, Any] = {"kind": CLUB, "mode": EXCLUSIVE, "points": 5, "cap": 1} | other
    return offer_lead(viewer, QUIET, lead_id=lead.id, **asked)


@pytest.mark.parametrize("kind", [CLUB, RECORD])
@pytest.mark.parametrize("way", ["delivered", "bought"])
async def test_a_delivery_is_visible_charged_and_announced(
    place: Marketplace, kind: DeliveryKind, way: str
) -> None:
    """It pins the policy in force and its window, cites the rule that reveals it, debits its points once."""
    lead = place.lead
    if way == "bought":
        await offer(place, lead, cap=3, kind=kind)
        made = await buy(place.vendor.member, lead)
    else:
        made = await deliver(place, place.vendor, lead, kind)
    given = await row("delivery", id=made)
    assert (given["kind"], given["policy_id"], given["points"]) == (kind, place.market.policy_id, 5)
    assert (given["received_at"], given["complaint_until"]) == (START, WINDOW_END)
    assert (given["application_id"], given["replacement"], given["closed"]) == (None, False, "NO")
    decision = await row("decision", id=given["decision_id"])
    assert (decision["rule_id"], decision["subject"]) == ("delivered", made)
    assert await points(place.vendor.id) == (95, 0)
    group = await row("posting_group", business_key=f"charge:{made}")
    assert (group["kind"], group["decision_id"]) == ("CAPTURE", decision["id"])
    assert (await event_kinds(place.vendor.id))[-1] == "LEAD_DELIVERED"
    assert await event_kinds(place.prospect.id) == ["CONTACT_DISCLOSED"]
    assert await mailed(made) == ["contact_disclosed", "lead_delivered"]


async def test_the_policy_in_force_at_the_delivery_is_pinned(place: Marketplace, database: Database) -> None:
    """A later version applies only to later deliveries, never to a window in progress."""
    before = await deliver(place, place.vendor)
    parameters = production_parameters()
    parameters["complaint"]["window_days"] = 10
    policy_id, _ = await publish_policy(place.market.id, place.market.code, parameters, START + HOUR)
    await database.clock.advance(HOUR)
    after = await row("delivery", id=await deliver(place, place.vendor))
    assert (after["policy_id"], after["complaint_until"]) == (
        policy_id,
        START.replace(day=12, hour=23),
    )
    assert (await row("delivery", id=before))["complaint_until"] == WINDOW_END


async def test_an_exclusive_lead_goes_to_one_vendor(place: Marketplace) -> None:
    lead = await offer(place, place.lead, mode=OfferMode.EXCLUSIVE)
    await buy(place.vendor.owner, lead)
    await refused(buy(place.other_vendor.owner, lead), RefusalCode.CONFLICT, "leadId")
    await refused(_deliver(place.operator, lead, place.other_vendor.id), RefusalCode.CONFLICT, "leadId")
    await refused(apply(place.other_vendor, lead), RefusalCode.CONFLICT, "leadId")
    assert await sold(lead) == 1


async def test_a_shared_lead_goes_to_as_many_as_its_cap(place: Marketplace) -> None:
    """A delivery by the operator also takes a place, before and after the offer."""
    await deliver(place, place.vendor, place.lead)
    lead = await offer(place, place.lead, cap=2)
    assert await sold(lead) == 1
    await deliver(place, place.other_vendor, lead)
    assert await sold(lead) == 2
    third = await make_rich(place)
    await refused(buy(third, lead), RefusalCode.CONFLICT, "leadId")


async def make_rich(place: Marketplace) -> Viewer:
    """Create another vendor with points."""
    return (await make_vendor(100, name="Third Fake Vendor Ltd")).owner


async def test_invalid_offers_are_refused(place: Marketplace, database: Database) -> None:
    """A second offer; an exclusive offer if someone has the lead or may still get it; no place left."""
    await offer(place, place.lead)
    await refused(_offer(place.operator, place.lead), RefusalCode.CONFLICT, "leadId")
    held, applied, declined = [await make_contact(place.market) for _ in range(3)]
    await deliver(place, place.vendor, held)
    await refused(_offer(place.operator, held), RefusalCode.CONFLICT, "leadId")
    await refused(_offer(place.operator, held, mode=SHARED), RefusalCode.CONFLICT, "leadId")
    await apply(place.vendor, applied)
    await refused(_offer(place.operator, applied), RefusalCode.CONFLICT, "leadId")
    await _offer(place.operator, applied, mode=SHARED)
    made = await apply(place.vendor, declined)
    await decline(declined.prospect.viewer, QUIET, made)
    await _offer(place.operator, declined)
    gone = await make_contact(place.market)
    await erase(gone.prospect.id, START)
    await refused(_offer(place.operator, gone), RefusalCode.NOT_FOUND, "leadId")
    for field, value in (
        ("kind", DeliveryKind.APPLICATION),
        ("points", -1),
        ("points", 1_000_001),
        ("cap", 0),
        ("cap", 2),
    ):
        await refused(_offer(place.operator, gone, **{field: value}), RefusalCode.INVALID, field)
    too_many = _offer(place.operator, gone, mode=SHARED, cap=LARGEST_CAP + 1)
    await refused(too_many, RefusalCode.INVALID, "cap")


async def test_offering_a_taken_lead_reports_how_many_hold_it(place: Marketplace) -> None:
    await deliver(place, place.vendor, place.lead)
    answer = await refused(_offer(place.operator, place.lead), RefusalCode.CONFLICT, "leadId")
    assert "1 account has this lead and 0 have applied for it" in answer.message


async def test_an_exclusive_offer_with_several_places_is_refused(
    place: Marketplace,
) -> None:
    answer = await refused(_offer(place.operator, place.lead, cap=2), RefusalCode.INVALID, "cap")
    assert "must be 1 for an EXCLUSIVE lead" in answer.message


async def test_invalid_deliveries_and_purchases_are_refused(place: Marketplace, database: Database) -> None:
    """Already held, applied for, unknown, not offered, or no account."""
    held, applied, unoffered = [await make_contact(place.market) for _ in range(3)]
    for lead in (held, applied):
        await offer(place, lead, cap=3)
    await deliver(place, place.vendor, held)
    await apply(place.vendor, applied)
    before = await snapshot(connection())
    for lead in (held, applied):
        await refused(_deliver(place.operator, lead, place.vendor.id), RefusalCode.CONFLICT, "leadId")
        await refused(buy(place.vendor.owner, lead), RefusalCode.CONFLICT, "leadId")
    await refused(buy(place.vendor.owner, unoffered), RefusalCode.CONFLICT, "leadId")
    await refused(_deliver(place.operator, unoffered, new_id()), RefusalCode.NOT_FOUND, "accountId")
    missing = purchase_lead(place.vendor.owner, QUIET, lead_id=new_id(), idempotency_key="k")
    await refused(missing, RefusalCode.NOT_FOUND, "leadId")
    for field, value in (("kind", DeliveryKind.APPLICATION), ("points", -1), ("points", 1_000_001)):
        call = _deliver(place.operator, unoffered, place.vendor.id, **{field: value})
        await refused(call, RefusalCode.INVALID, field)
    assert await snapshot(connection()) == before


async def test_only_operators_offer_and_deliver_and_only_vendors_buy(place: Marketplace) -> None:
    await offer(place, place.lead, cap=2)
    strangers = (place.vendor.owner, place.prospect.viewer, place.agent)
    for viewer in strangers:
        await refused(_deliver(viewer, place.lead, place.vendor.id), RefusalCode.FORBIDDEN)
        await refused(_offer(viewer, place.lead), RefusalCode.FORBIDDEN)
    for viewer in (place.vendor.employee, place.prospect.viewer, place.operator, place.agent):
        await refused(buy(viewer, place.lead), RefusalCode.FORBIDDEN)


async def test_without_the_points_nothing_is_delivered(place: Marketplace) -> None:
    await _offer(place.operator, place.lead, points=101)
    before = await snapshot(connection())
    await refused(buy(place.vendor.owner, place.lead), RefusalCode.INSUFFICIENT_POINTS)
    other = await make_contact(place.market)
    await rows_of("lead")
    before = await snapshot(connection())
    call = _deliver(place.operator, other, place.vendor.id, points=101)
    await refused(call, RefusalCode.INSUFFICIENT_POINTS)
    assert await snapshot(connection()) == before
    assert await sold(place.lead) == 0


async def test_the_same_key_again_is_the_same_delivery(place: Marketplace) -> None:
    await offer(place, place.lead, cap=3)
    bought = await buy(place.vendor.owner, place.lead, "one key")
    lead = await make_contact(place.market)
    asked = {"idempotency_key": "one key"}
    delivered = await _deliver(place.operator, lead, place.vendor.id, **asked)
    before = await snapshot(connection())
    assert await buy(place.vendor.member, place.lead, "one key") == bought
    assert await _deliver(place.operator, lead, place.vendor.id, **asked) == delivered
    assert await snapshot(connection()) == before
    await refused(buy(place.vendor.owner, lead, "one key"), RefusalCode.IDEMPOTENCY_CONFLICT)
    other = _deliver(place.operator, lead, place.vendor.id, points=6, **asked)
    await refused(other, RefusalCode.IDEMPOTENCY_CONFLICT)
