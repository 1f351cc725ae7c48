"""The filter `open` selects exactly the leads for which no reason refuses an application."""

from dataclasses import replace
from uuid import UUID

import pytest

from models.applications.submit import submit
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.refusal import Refusal, RefusalCode
from models.base.viewer import Viewer
from models.deliveries.deliver import purchase_lead
from models.deliveries.tables import OfferMode
from models.leads.list import LeadFilter, count_leads, list_leads
from tests.support.complaints import QUIET, deliver, make_contact, offer
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace, apply, make_lead, make_marketplace
from tests.support.reading import refused
from tests.support.stops import insert_stop


async def _insert(place: Marketplace) -> dict[UUID, str]:
    """Insert one lead in each state that matters for applying; return their ids."""
    named = {place.lead.id: "untouched"}
    for name in ("left alone", "exclusive", "exclusive and sold", "shared", "shared and sold"):
        named[(await make_contact(place.market)).id] = name
    ids = {name: lead_id for lead_id, name in named.items()}
    alone = await fetch(connection(), "SELECT prospect_id FROM lead WHERE id = $1", ids["left alone"])
    await insert_stop(alone[0]["prospect_id"])
    for name, cap in (("exclusive", 1), ("exclusive and sold", 1), ("shared", 2), ("shared and sold", 2)):
        lead = replace(place.lead, id=ids[name])
        await offer(place, lead, cap=cap, mode=OfferMode.EXCLUSIVE if cap == 1 else OfferMode.SHARED)
        if name.endswith("sold"):
            await deliver(place, place.other_vendor, lead)
    for name in ("closed", "closing", "applied", "delivered", "another's"):
        prospect = place.other_prospect if name == "another's" else place.prospect
        closes_at = {"closed": START, "closing": START + SECOND}.get(name)
        lead = await make_lead(place.market, prospect, closes_at=closes_at)
        named[lead.id] = name
        if name == "applied":
            await apply(place.vendor, lead)
        if name == "delivered":
            await deliver(place, place.vendor, lead)
    return named


async def _listed(viewer: Viewer, *, is_open: bool) -> set[UUID]:
    criteria = LeadFilter(open=is_open)
    page = await list_leads(connection(), viewer, Slice(100), criteria=criteria)
    assert await count_leads(connection(), viewer, criteria) == (len(page.items), True)
    return {lead.id for lead in page.items}


async def _can_apply(viewer: Viewer, lead_id: UUID) -> bool | None:
    """Whether applying is possible; None if the lead is gone."""
    try:
        await submit(viewer, QUIET, lead_id=lead_id, introduction="Hello.", idempotency_key=new_id().hex)
    except Refusal as error:
        if error.code not in {RefusalCode.CONFLICT, RefusalCode.NOT_FOUND}:
            raise
        return False if error.code is RefusalCode.CONFLICT else None
    return True


async def test_the_open_leads_of_a_vendor_are_those_it_can_apply_for(database: Database) -> None:
    """In every state; other leads are not open, and deleted leads are in neither list."""
    await database.clock.set(START)
    place = await make_marketplace()
    named = await _insert(place)
    vendor = place.vendor.owner
    found, others = await _listed(vendor, is_open=True), await _listed(vendor, is_open=False)
    can = {named[lead_id]: await _can_apply(vendor, lead_id) for lead_id in named}
    assert {named[one] for one in found} == {name for name, possible in can.items() if possible}
    assert {named[one] for one in others} == {name for name, possible in can.items() if possible is False}
    assert [name for name, possible in can.items() if possible is None] == ["left alone"]


@pytest.mark.parametrize("who", ["operator", "prospect"])
async def test_leads_open_to_other_viewers_are_open_to_some_vendor(database: Database, who: str) -> None:
    """A lead that one vendor applied for or holds is still open to another."""
    await database.clock.set(START)
    place = await make_marketplace()
    named = await _insert(place)
    viewer = place.operator if who == "operator" else place.prospect.viewer
    found = {named[one] for one in await _listed(viewer, is_open=True)}
    both = {"untouched", "closing", "applied", "delivered"}
    assert found == both | ({"shared", "shared and sold", "another's"} if who == "operator" else set())


@pytest.mark.parametrize("bought", [False, True])
async def test_applying_for_an_exclusive_lead_reports_the_alternative(
    database: Database, *, bought: bool
) -> None:
    """Buying it, unless it has been sold."""
    await database.clock.set(START)
    place = await make_marketplace()
    lead = await offer(place, place.lead, mode=OfferMode.EXCLUSIVE)
    if bought:
        await purchase_lead(place.other_vendor.owner, QUIET, lead_id=lead.id, idempotency_key="k")
    refusal = await refused(apply(place.vendor, lead), RefusalCode.CONFLICT, "leadId")
    assert ("Buy it" in refusal.message) is not bought
