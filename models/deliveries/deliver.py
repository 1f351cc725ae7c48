"""Deliveries without an application: an operator offers or delivers a lead, or a vendor buys it.

A place is never sold twice, and a lead of a person who must not be contacted is never sold.
"""

from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from models.accounts.refusals import AccountRefusal
from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Count
from models.base.refusals import RequestRefusal
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.deliveries.handover import Handover, hand_over
from models.deliveries.refusals import APPLYING, HOLDING, DeliveryRefusal
from models.deliveries.tables import OfferMode
from models.deliveries.waiting_replacements import serve_waiting
from models.feed.journal import Journal
from models.leads.refusals import LeadRefusal
from models.leads.state import LeadState, lead_holders, lock_lead
from models.ledger.movements import charge
from models.policies.versions import policy_in_force
from models.process.wake import Wake
from rules.visibility import DeliveryKind, DisclosureBasis

MOST_POINTS = 1_000_000
LARGEST_CAP = 1_000
_SOLD = (DeliveryKind.LEAD_CLUB, DeliveryKind.RECORD)


@dataclass(frozen=True, slots=True)
class _Sale:
    account_id: UUID
    kind: DeliveryKind
    points: int
    basis: DisclosureBasis


def _require_operator(viewer: Viewer, action: str) -> UUID:
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action=action)
    return viewer.user_id


def _check(kind: DeliveryKind, points: int) -> None:
    if kind not in _SOLD:
        raise DeliveryRefusal.KIND_NOT_SOLD.at("kind")
    if not 0 <= points <= MOST_POINTS:
        raise DeliveryRefusal.PRICE_OUT_OF_RANGE.at("points", most=MOST_POINTS)


def _check_cap(mode: OfferMode, cap: int) -> None:
    if mode is OfferMode.EXCLUSIVE:
        if cap != 1:
            raise DeliveryRefusal.EXCLUSIVE_CAP_NOT_ONE.at("cap")
    elif not 1 <= cap <= LARGEST_CAP:
        raise DeliveryRefusal.CAP_OUT_OF_RANGE.at("cap", most=LARGEST_CAP)


async def _free_lead(conn: Connection, viewer: Viewer, lead_id: UUID, account_id: UUID | None) -> LeadState:
    """Lock a lead that may be sold, to this account if one is specified."""
    lead = await lock_lead(conn, lead_id, account_id, alone=True)
    if lead is None or lead.erased:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    if lead.delivered:
        raise DeliveryRefusal.LEAD_HELD_BY_ACCOUNT.at("leadId")
    if lead.applied:
        raise DeliveryRefusal.LEAD_APPLIED_FOR.at("leadId")
    if lead.do_not_contact and viewer.operator:
        raise DeliveryRefusal.PERSON_NOT_DELIVERABLE.at("leadId")
    if lead.do_not_contact:  # like an unknown lead: nobody learns whose it was
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    return lead


async def offer_lead(
    viewer: Viewer,
    wake: Wake,
    *,
    lead_id: UUID,
    kind: DeliveryKind,
    mode: OfferMode,
    points: int,
    cap: int = 1,
) -> None:
    """Offer a lead for sale and as stock for replacements, once; pending replacements are served first.

    Each account that already received the lead uses one of its places. An EXCLUSIVE lead goes to one vendor:
    nobody may have applied for it, and nobody can apply from now on. Raises `Refusal`: FORBIDDEN except for
    operators, NOT_FOUND, INVALID, CONFLICT for a second offer or if no place is left.
    """
    _require_operator(viewer, "offer leads")
    _check(kind, points)
    _check_cap(mode, cap)
    async with transaction() as conn:
        await _free_lead(conn, viewer, lead_id, None)
        holders = await lead_holders(conn, lead_id)
        if holders.sold >= cap or (mode is OfferMode.EXCLUSIVE and holders.applications):
            raise DeliveryRefusal.NO_PLACE_TO_OFFER.at(
                "leadId", held=Count(holders.sold, HOLDING), applied=Count(holders.applications, APPLYING)
            )
        journal = Journal(await database_now(conn), viewer.user_id)
        made = await fetch(
            conn,
            """INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (lead_id) DO NOTHING RETURNING id""",
            new_id(),
            lead_id,
            kind,
            mode,
            points,
            cap,
            holders.sold,
            journal.now,
        )
        if not made:
            raise DeliveryRefusal.ALREADY_OFFERED.at("leadId")
        if kind is DeliveryKind.LEAD_CLUB:
            await serve_waiting(conn, journal)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)


async def deliver_lead(
    viewer: Viewer,
    wake: Wake,
    *,
    lead_id: UUID,
    account_id: UUID,
    kind: DeliveryKind,
    points: int,
    idempotency_key: str,
) -> UUID:
    """Deliver a lead to an account, once per key, and debit its points; return the delivery's id.

    It uses one place of an offered lead. Raises `Refusal`: FORBIDDEN except for operators, NOT_FOUND,
    INVALID, CONFLICT, INSUFFICIENT_POINTS.
    """
    scope = _require_operator(viewer, "deliver leads")
    _check(kind, points)
    given: dict[str, object] = {
        "leadId": str(lead_id),
        "accountId": str(account_id),
        "kind": str(kind),
        "points": points,
    }
    async with transaction() as conn:
        delivery_id, again = await _begin(conn, scope, "leadDeliver", idempotency_key, given)
        if again:
            return delivery_id
        if await fetch_one(conn, "SELECT id FROM account WHERE id = $1 FOR KEY SHARE", account_id) is None:
            raise AccountRefusal.ACCOUNT_NOT_FOUND.at("accountId")
        lead = await _free_lead(conn, viewer, lead_id, account_id)
        offer = await _lock_offer(conn, lead_id)
        if offer is not None:
            await _take_place(conn, offer)
        sale = _Sale(account_id, kind, points, DisclosureBasis.DELIVERY)
        journal = await _deliver(conn, viewer, delivery_id, lead, sale)
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def purchase_lead(viewer: Viewer, wake: Wake, *, lead_id: UUID, idempotency_key: str) -> UUID:
    """Buy an offered lead with the account's points, once per key; return the delivery's id.

    If two buy the last place at the same time, one succeeds. Raises `Refusal`: FORBIDDEN for a viewer who
    acts for no vendor, NOT_FOUND, CONFLICT if nothing is left, INSUFFICIENT_POINTS.
    """
    account_id = acting_vendor(viewer, "buy leads")
    async with transaction() as conn:
        given: dict[str, object] = {"leadId": str(lead_id)}
        delivery_id, again = await _begin(conn, account_id, "leadPurchase", idempotency_key, given)
        if again:
            return delivery_id
        lead = await _free_lead(conn, viewer, lead_id, account_id)
        offer = await _lock_offer(conn, lead_id)
        if offer is None:
            raise DeliveryRefusal.NOT_FOR_SALE.at("leadId")
        await _take_place(conn, offer)
        sale = _Sale(account_id, DeliveryKind(offer["kind"]), offer["points"], DisclosureBasis.PURCHASE)
        journal = await _deliver(conn, viewer, delivery_id, lead, sale)
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def _begin(
    conn: Connection, scope: UUID, operation: str, key: str, given: dict[str, object]
) -> tuple[UUID, bool]:
    """Claim the key for a new delivery; return its id, or the id from the first request, and which it is."""
    delivery_id = new_id()
    earlier = await first_answer(
        conn,
        scope=scope,
        operation=operation,
        key=key,
        given=given,
        result=delivery_id,
        now=await database_now(conn),
    )
    return earlier or delivery_id, earlier is not None


async def _lock_offer(conn: Connection, lead_id: UUID) -> Record | None:
    return await fetch_one(conn, "SELECT * FROM offer WHERE lead_id = $1 FOR NO KEY UPDATE", lead_id)


async def _take_place(conn: Connection, offer: Record) -> None:
    if offer["withdrawn_at"] is not None or offer["sold"] >= offer["cap"]:
        raise DeliveryRefusal.SOLD_OUT.at("leadId")
    await fetch(conn, "UPDATE offer SET sold = sold + 1 WHERE id = $1", offer["id"])


async def _deliver(
    conn: Connection, viewer: Viewer, delivery_id: UUID, lead: LeadState, sale: _Sale
) -> Journal:
    journal = Journal(await database_now(conn), viewer.user_id)  # after the locks
    policy_id, policy = await policy_in_force(conn, lead.market_id, journal.now)
    given = Handover(
        sale.account_id, lead.id, lead.prospect_id, sale.kind, sale.points, policy_id, policy, sale.basis
    )
    decision_id = hand_over(journal, delivery_id, given, journal.now)
    journal.movements.append(charge(sale.account_id, sale.points, delivery_id, decision_id))
    await journal.write(conn)
    return journal
