"""Shortcuts to deliver, offer, complain and decide through the actions, with evidence set by the test."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from asyncpg import Record

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.complaints.case import ItemDraft
from models.complaints.decide import ItemDecision, decide_items
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.submit import Filed, file_complaint
from models.complaints.tables import EvidenceCheck, Speaks
from models.deliveries.deliver import deliver_lead, offer_lead
from models.deliveries.tables import OfferMode
from models.leads.tables import LeadSource
from models.process.wake import Silence
from rules.complaint import ComplaintReason, ComplaintVerdict
from rules.visibility import DeliveryKind
from tests.support.marketplace import (
    START,
    MadeLead,
    MadeMarket,
    MadeVendor,
    Marketplace,
    make_lead,
    make_prospect,
)
from tests.support.reading import row

QUIET = Silence()
CLUB, RECORD = DeliveryKind.LEAD_CLUB, DeliveryKind.RECORD
ACCEPTED, REJECTED, UNDER_REVIEW = (
    ComplaintVerdict.ACCEPTED,
    ComplaintVerdict.REJECTED,
    ComplaintVerdict.UNDER_REVIEW,
)
BAD_NUMBER, NO_CONSENT = ComplaintReason.NUMBER_DOES_NOT_EXIST, ComplaintReason.NO_CONSENT


def finds(speaks: Speaks, *, conclusive: bool = True) -> Check:
    """Return a check that gives the same finding for every contact."""

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        found = EvidenceFinding(
            EvidenceCheck.NUMBERING_PLAN, "test 1", START, speaks, conclusive, 99, "as_told"
        )
        return {contact.key: [found] for contact in contacts}

    return check


PROVEN, REFUTED = finds(Speaks.FOR), finds(Speaks.AGAINST)


async def make_contact(
    market: MadeMarket,
    *,
    category: str = "web",
    city: str | None = "Berlin",
    source: LeadSource = LeadSource.OPPORTUNITY,
) -> MadeLead:
    """Create a lead of a new person."""
    return await make_lead(market, await make_prospect(), category=category, city=city, source=source)


async def deliver(
    place: Marketplace,
    vendor: MadeVendor,
    lead: MadeLead | None = None,
    kind: DeliveryKind = CLUB,
    points: int = 5,
) -> UUID:
    """Deliver a lead, of a new person unless one is given; return the delivery's id."""
    lead = lead or await make_contact(place.market)
    return await deliver_lead(
        place.operator,
        QUIET,
        lead_id=lead.id,
        account_id=vendor.id,
        kind=kind,
        points=points,
        idempotency_key=new_id().hex,
    )


async def offer(
    place: Marketplace,
    lead: MadeLead | None = None,
    *,
    cap: int = 1,
    kind: DeliveryKind = CLUB,
    mode: OfferMode = OfferMode.SHARED,
    points: int = 5,
) -> MadeLead:
    """Offer a lead, of a new person unless one is given."""
    lead = lead or await make_contact(place.market)
    await offer_lead(place.operator, QUIET, lead_id=lead.id, kind=kind, mode=mode, points=points, cap=cap)
    return lead


def draft(
    delivery_id: UUID,
    reason: ComplaintReason = BAD_NUMBER,
    text: str = "Nobody has this number.",
    **more: int,
) -> ItemDraft:
    """Return a claim about a delivery."""
    return ItemDraft(new_id(), delivery_id, reason, text, more.get("row"))


async def complain(
    viewer: Viewer, drafts: Sequence[ItemDraft], *checks: Check, key: str | None = None
) -> Filed:
    """File claims; the request's input is derived from the claims."""
    return await file_complaint(
        viewer,
        QUIET,
        checks,
        drafts=drafts,
        idempotency_key=key or new_id().hex,
        given={"items": [[str(one.delivery_id), str(one.reason), one.explanation] for one in drafts]},
    )


async def filed(
    vendor: MadeVendor, deliveries: Sequence[UUID], *checks: Check, reason: ComplaintReason = BAD_NUMBER
) -> tuple[UUID, list[Record]]:
    """File one complaint about deliveries; return its id and its items in the order of the deliveries."""
    made = await complain(vendor.owner, [draft(one, reason) for one in deliveries], *checks)
    assert made.complaint_id is not None, made.problems
    return made.complaint_id, [
        await row("complaint_item", complaint_id=made.complaint_id, delivery_id=one) for one in deliveries
    ]


def verdict(
    item: Record, said: ComplaintVerdict = ACCEPTED, override: str | None = None, version: int | None = None
) -> ItemDecision:
    """Return an operator's decision on an item."""
    return ItemDecision(item["id"], said, "We looked at it.", override, version)


async def say(operator: Viewer, *said: ItemDecision) -> None:
    """Decide as the operator."""
    await decide_items(operator, QUIET, said)


async def remedy_of(delivery_id: UUID) -> Record:
    """Return the remedy of a delivery."""
    return await row("remedy", delivery_id=delivery_id)


async def sold(lead: MadeLead) -> int:
    """Return how many places of an offered lead are sold."""
    (found,) = await fetch(connection(), "SELECT sold FROM offer WHERE lead_id = $1", lead.id)
    count: int = found["sold"]
    return count
