"""Owns deliveries without an application: offered by the operator, delivered by it, or bought with points.

It must not sell a place twice, nor what nobody may be contacted about.
"""

from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode, not_found
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.deliveries.handover import Handover, hand_over
from models.deliveries.tables import OfferMode
from models.deliveries.waiting_replacements import serve_waiting
from models.feed.journal import Journal
from models.leads.state import LeadState, lead_holders, lock_lead
from models.ledger.movements import charge
from models.policies.versions import policy_in_force
from models.process.wake import Wake
from rules.visibility import DeliveryKind

MOST_POINTS = 1_000_000
LARGEST_CAP = 1_000
_SOLD = (DeliveryKind.LEAD_CLUB, DeliveryKind.RECORD)


def _require_operator(viewer: Viewer, action: str) -> UUID:
    if not viewer.operator or viewer.user_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, (), f"Only the operator {action}.")
    return viewer.user_id


def _check(kind: DeliveryKind, points: int) -> None:
    if kind not in _SOLD:
        raise Refusal(
            RefusalCode.INVALID,
            ("kind",),
            "kind: LEAD_CLUB or RECORD; an APPLICATION begins with its reveal.",
        )
    if not 0 <= points <= MOST_POINTS:
        raise Refusal(RefusalCode.INVALID, ("points",), f"points: give a number from 0 to {MOST_POINTS}.")


def _check_cap(mode: OfferMode, cap: int) -> None:
    if mode is OfferMode.EXCLUSIVE:
        fits, help_ = cap == 1, "an EXCLUSIVE lead has exactly 1 place; offer it as SHARED for more"
    else:
        fits, help_ = 1 <= cap <= LARGEST_CAP, f"give a number of places from 1 to {LARGEST_CAP}"
    if not fits:
        raise Refusal(RefusalCode.INVALID, ("cap",), f"cap: {help_}.")


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _conflict(message: str) -> Refusal:
    return Refusal(RefusalCode.CONFLICT, ("leadId",), f"leadId: {message}")


async def _free_lead(conn: Connection, viewer: Viewer, lead_id: UUID, account_id: UUID | None) -> LeadState:
    """Lock a lead that may be sold, to this account when one is named."""
    lead = await lock_lead(conn, lead_id, account_id, alone=True)
    if lead is None or lead.erased:
        raise not_found("leadId", "lead")
    if lead.delivered:
        raise _conflict("the account holds this lead's contact data already.")
    if lead.applied:
        raise _conflict("the account has applied for this lead; its application decides.")
    if lead.do_not_contact and viewer.operator:
        raise _conflict("this person must not be contacted.")
    if lead.do_not_contact:  # as any lead that is gone: nobody learns whose it was
        raise not_found("leadId", "lead")
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
    """Offer a lead for sale and as stock for replacements, once; who waits for one gets it first.

    Who was delivered the lead before has one of its places. An EXCLUSIVE lead goes to one vendor: nobody can
    have applied for it, nor apply from now on.
    Raises `Refusal`: FORBIDDEN for all but operators, NOT_FOUND, INVALID, CONFLICT for a second offer or no
    place left.
    """
    _require_operator(viewer, "offers leads")
    _check(kind, points)
    _check_cap(mode, cap)
    async with transaction() as conn:
        await _free_lead(conn, viewer, lead_id, None)
        holders = await lead_holders(conn, lead_id)
        if holders.sold >= cap or (mode is OfferMode.EXCLUSIVE and holders.applications):
            held = _counted(holders.sold, "account holds", "accounts hold")
            applied = _counted(holders.applications, "has applied", "have applied")
            raise _conflict(f"{held} this lead and {applied} for it: no place is left to offer.")
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
            raise _conflict("this lead is offered already.")
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
    """Deliver a lead to an account, once per key, and take its points; returns the delivery's id.

    An offered lead loses one of its places by it.
    Raises `Refusal`: FORBIDDEN for all but operators, NOT_FOUND, INVALID, CONFLICT, INSUFFICIENT_POINTS.
    """
    scope = _require_operator(viewer, "delivers leads")
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
            raise not_found("accountId", "account")
        lead = await _free_lead(conn, viewer, lead_id, account_id)
        offer = await _lock_offer(conn, lead_id)
        if offer is not None:
            await _take_place(conn, offer)
        journal = await _deliver(conn, viewer, delivery_id, lead, account_id, kind, points)
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def purchase_lead(viewer: Viewer, wake: Wake, *, lead_id: UUID, idempotency_key: str) -> UUID:
    """Buy an offered lead with the account's points, once per key; returns the delivery's id.

    Of two who buy the last place at once, one wins. Raises `Refusal`: FORBIDDEN for who acts for no vendor,
    NOT_FOUND, CONFLICT when nothing is left, INSUFFICIENT_POINTS.
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
            raise _conflict("this lead is not for sale.")
        await _take_place(conn, offer)
        kind = DeliveryKind(offer["kind"])
        journal = await _deliver(conn, viewer, delivery_id, lead, account_id, kind, offer["points"])
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def _begin(
    conn: Connection, scope: UUID, operation: str, key: str, given: dict[str, object]
) -> tuple[UUID, bool]:
    """Claim the key for a new delivery; return its id, or the one that the first request made, and which."""
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
        raise _conflict("this lead is not for sale any more: its places are taken.")
    await fetch(conn, "UPDATE offer SET sold = sold + 1 WHERE id = $1", offer["id"])


async def _deliver(
    conn: Connection,
    viewer: Viewer,
    delivery_id: UUID,
    lead: LeadState,
    account_id: UUID,
    kind: DeliveryKind,
    points: int,
) -> Journal:
    journal = Journal(await database_now(conn), viewer.user_id)  # after the locks
    policy_id, policy = await policy_in_force(conn, lead.market_id, journal.now)
    given = Handover(account_id, lead.id, lead.prospect_id, kind, points, policy_id, policy)
    decision_id = hand_over(journal, delivery_id, given, journal.now)
    journal.movements.append(charge(account_id, points, delivery_id, decision_id))
    await journal.write(conn)
    return journal
