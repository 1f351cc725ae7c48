"""Leads of a person under a do-not-contact stop disappear for vendors: no response shows whose they were."""

from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import decline
from models.applications.submit import submit
from models.base.database import connection
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.deliveries.deliver import purchase_lead
from models.leads.list import LeadFilter, LeadOrder, count_leads, leads_by_id, list_leads
from tests.support.complaints import NO_CONSENT, PROVEN, QUIET, deliver, filed, make_contact, offer
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import (
    HOUR,
    START,
    MadeLead,
    MadeVendor,
    Marketplace,
    apply,
    make_lead,
    make_prospect,
    make_vendor,
)
from tests.support.reading import erase, refusal

FILTERS = [
    LeadFilter(),
    LeadFilter(open=True),
    LeadFilter(open=False),
    LeadFilter(contact_visible=True),
    LeadFilter(contact_visible=False),
    LeadFilter(applied=False),
    LeadFilter(query="website"),
]


async def _listed(viewer: Viewer, criteria: LeadFilter, order: LeadOrder = LeadOrder.NEWEST) -> set[UUID]:
    page = await list_leads(connection(), viewer, Slice(100), order, criteria)
    assert (await count_leads(connection(), viewer, criteria)).total == len(page.items)
    return {lead.id for lead in page.items}


async def _stopped(place: Marketplace, *, offered: bool = False) -> list[MadeLead]:
    """Create three leads of one person, after the vendor's no-consent complaint was upheld."""
    lead = await make_contact(place.market)
    leads = [lead, *[await make_lead(place.market, lead.prospect) for _ in range(2)]]
    if offered:
        for one in leads:
            await offer(place, one, cap=5)
    delivery = await deliver(place, place.vendor, lead, points=0)
    await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    return leads


@pytest.mark.parametrize("criteria", FILTERS, ids=str)
async def test_stopped_leads_are_in_no_list_and_no_count(
    place: Marketplace, database: Database, criteria: LeadFilter
) -> None:
    """For the complaining vendor and all others, except for the lead that the vendor has received."""
    leads = await _stopped(place)
    ids = {lead.id for lead in leads}
    own = ids & {leads[0].id} if criteria.open is not True and not criteria.contact_visible else set[UUID]()
    for order in LeadOrder:
        assert await _listed(place.vendor.member, criteria, order) & ids == own
        assert await _listed(place.other_vendor.owner, criteria, order) & ids == set()
    assert set(await leads_by_id(connection(), place.vendor.owner, list(ids))) == {leads[0].id}
    assert await leads_by_id(connection(), place.other_vendor.owner, list(ids)) == {}


async def test_the_person_and_the_operator_still_see_stopped_leads(
    place: Marketplace, database: Database
) -> None:
    leads = await _stopped(place)
    ids = {lead.id for lead in leads}
    for viewer in (leads[0].prospect.viewer, place.operator):
        assert await _listed(viewer, LeadFilter()) >= ids
        assert set(await leads_by_id(connection(), viewer, list(ids))) == ids


async def test_leads_that_a_vendor_applied_for_stay_in_its_lists(
    place: Marketplace, database: Database
) -> None:
    """If such a lead disappeared, that would reveal the person; its status shows what happened."""
    lead = await make_contact(place.market)
    second = await make_lead(place.market, lead.prospect)
    await apply(place.other_vendor, lead)
    await decline(lead.prospect.viewer, QUIET, await apply(place.other_vendor, second))
    delivery = await deliver(place, place.vendor, lead, points=0)
    before = await _listed(place.other_vendor.owner, LeadFilter())
    await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    assert await _listed(place.other_vendor.owner, LeadFilter()) == before
    found = await leads_by_id(connection(), place.other_vendor.owner, [lead.id, second.id])
    assert (found[lead.id].visibility.rule_id, found[second.id].visibility.rule_id) == (
        "contact_stopped",
        "declined_in_time",
    )


def _wants(vendor: MadeVendor, action: str, lead_id: UUID) -> Any:
    key = new_id().hex
    if action == "buy":
        return purchase_lead(vendor.owner, QUIET, lead_id=lead_id, idempotency_key=key)
    return submit(
        vendor.owner,
        QUIET,
        lead_id=lead_id,
        introduction="We renew websites.",
        idempotency_key=key,
        meeting_at=START - HOUR if action == "apply for the past" else None,
    )


@pytest.mark.parametrize("offered", [False, True])
@pytest.mark.parametrize("points", [0, 100])
@pytest.mark.parametrize("action", ["apply", "apply for the past", "buy"])
async def test_a_stopped_lead_is_answered_like_a_deleted_one(
    place: Marketplace, database: Database, action: str, points: int, offered: bool
) -> None:
    """With identical wording, whatever else is wrong with the request, so that probing reveals nothing."""
    leads = await _stopped(place, offered=offered)
    erased = await make_lead(place.market, await make_prospect())
    await erase(erased.prospect.id, START)
    for vendor in (place.vendor, await make_vendor(points)):
        before = await snapshot(connection())
        refusals = [
            await refusal(_wants(vendor, action, lead_id)) for lead_id in (leads[1].id, erased.id, new_id())
        ]
        assert len({(one.code, one.field, one.message, one.decision) for one in refusals}) == 1
        assert refusals[0].code == "NOT_FOUND"
        assert await snapshot(connection()) == before
