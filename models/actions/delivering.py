"""Owns deliveries without an application: offered by the operator, delivered by it, or bought with points.

It must not sell a place twice, nor what nobody may be contacted about.
"""

from collections.abc import Mapping
from uuid import UUID

from asyncpg import Record
from tortoise.exceptions import IntegrityError

from models.clock import database_now
from models.database import Connection, fetch, fetch_one, transaction
from models.delivery import DeliveryKind
from models.handover import Handover, hand_over
from models.idempotent import first_answer
from models.ids import new_id
from models.journal import Journal
from models.movement import charge
from models.offer import OfferMode
from models.policies import policy_in_force
from models.refusal import Refusal, RefusalCode, not_found
from models.viewer import Viewer
from models.waiting_remedy import settle_waiting
from models.wake import Wake

MOST_POINTS = 1_000_000
LARGEST_CAP = 1_000
_SOLD = (DeliveryKind.LEAD_CLUB, DeliveryKind.RECORD)


def _require_operator(viewer: Viewer, deed: str) -> UUID:
    if not viewer.operator or viewer.user_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, (), f"Only the operator {deed}.")
    return viewer.user_id


def _check_kind(kind: DeliveryKind) -> None:
    if kind not in _SOLD:
        raise Refusal(
            RefusalCode.INVALID,
            ("kind",),
            "kind: LEAD_CLUB or RECORD; an APPLICATION begins with its reveal.",
        )


def _check_points(points: int) -> None:
    if not 0 <= points <= MOST_POINTS:
        raise Refusal(RefusalCode.INVALID, ("points",), f"points: give a number from 0 to {MOST_POINTS}.")


async def _free_lead(conn: Connection, lead_id: UUID, account_id: UUID | None) -> Record:
    lead = await fetch_one(
        conn,
        """SELECT lead.id, lead.market_id, lead.prospect_id, prospect.erased_at,
                  do_not_contact.id AS do_not_contact_id, application.id AS application_id,
                  delivery.id AS delivery_id
           FROM lead JOIN prospect ON prospect.id = lead.prospect_id
           LEFT JOIN do_not_contact ON do_not_contact.prospect_id = prospect.id
           LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $2
           LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $2
           WHERE lead.id = $1 FOR KEY SHARE OF lead""",
        lead_id,
        account_id,
    )
    if lead is None or lead["erased_at"] is not None:
        raise not_found("leadId", "lead")
    refusals: Mapping[str, str] = {
        "do_not_contact_id": "leadId: this person must not be contacted.",
        "delivery_id": "leadId: the account holds this lead's contact data already.",
        "application_id": "leadId: the account has applied for this lead; its application decides.",
    }
    for column, message in refusals.items():
        if lead[column] is not None:
            raise Refusal(RefusalCode.CONFLICT, ("leadId",), message)
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

    Raises `Refusal`: FORBIDDEN for all but operators, NOT_FOUND, INVALID, CONFLICT for a second offer.
    """
    _require_operator(viewer, "offers leads")
    _check_kind(kind)
    _check_points(points)
    largest = 1 if mode is OfferMode.EXCLUSIVE else LARGEST_CAP
    if not 1 <= cap <= largest:
        raise Refusal(RefusalCode.INVALID, ("cap",), f"cap: give a number of places from 1 to {largest}.")
    try:
        async with transaction() as conn:
            await _free_lead(conn, lead_id, None)
            journal = Journal(await database_now(conn), viewer.user_id)
            offer_id = new_id()
            await fetch(
                conn,
                """INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
                   VALUES ($1, $2, $3, $4, $5, $6, 0, $7)""",
                offer_id,
                lead_id,
                kind,
                mode,
                points,
                cap,
                journal.now,
            )
            if kind is DeliveryKind.LEAD_CLUB:
                await settle_waiting(conn, journal, offer_id)
            await journal.write(conn)
    except IntegrityError as error:
        raise Refusal(RefusalCode.CONFLICT, ("leadId",), "leadId: this lead is offered already.") from error
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

    Raises `Refusal`: FORBIDDEN for all but operators, NOT_FOUND, INVALID, CONFLICT, INSUFFICIENT_POINTS.
    """
    scope = _require_operator(viewer, "delivers leads")
    _check_kind(kind)
    _check_points(points)
    given: dict[str, object] = {
        "leadId": str(lead_id),
        "accountId": str(account_id),
        "kind": str(kind),
        "points": points,
    }
    async with transaction() as conn:
        journal, delivery_id, again = await _begin(conn, viewer, scope, "leadDeliver", idempotency_key, given)
        if again:
            return delivery_id
        if await fetch_one(conn, "SELECT id FROM account WHERE id = $1 FOR KEY SHARE", account_id) is None:
            raise not_found("accountId", "account")
        await _deliver(conn, journal, delivery_id, lead_id, account_id, kind, points)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def purchase_lead(viewer: Viewer, wake: Wake, *, lead_id: UUID, idempotency_key: str) -> UUID:
    """Buy an offered lead with the account's points, once per key; returns the delivery's id.

    Of two who buy the last place at once, one wins. Raises `Refusal`: FORBIDDEN for who acts for no vendor,
    NOT_FOUND, CONFLICT when nothing is left, INSUFFICIENT_POINTS.
    """
    account_id = viewer.vendor_id
    if account_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, (), "Only an owner or a member of a vendor's account can buy.")
    async with transaction() as conn:
        given: dict[str, object] = {"leadId": str(lead_id)}
        journal, delivery_id, again = await _begin(
            conn, viewer, account_id, "leadPurchase", idempotency_key, given
        )
        if again:
            return delivery_id
        offer = await fetch_one(conn, "SELECT * FROM offer WHERE lead_id = $1 FOR NO KEY UPDATE", lead_id)
        if offer is None or offer["withdrawn_at"] is not None or offer["sold"] >= offer["cap"]:
            raise Refusal(RefusalCode.CONFLICT, ("leadId",), "leadId: this lead is not for sale (any more).")
        kind = DeliveryKind(offer["kind"])
        await _deliver(conn, journal, delivery_id, lead_id, account_id, kind, offer["points"])
        await fetch(conn, "UPDATE offer SET sold = sold + 1 WHERE id = $1", offer["id"])
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return delivery_id


async def _begin(
    conn: Connection, viewer: Viewer, scope: UUID, operation: str, key: str, given: dict[str, object]
) -> tuple[Journal, UUID, bool]:
    """Claim the key for a new delivery's id; tell whether it was claimed before, for the id that comes back."""
    now = await database_now(conn)
    delivery_id = new_id()
    earlier = await first_answer(
        conn, scope=scope, operation=operation, key=key, given=given, result=delivery_id, now=now
    )
    return Journal(now, viewer.user_id), earlier or delivery_id, earlier is not None


async def _deliver(
    conn: Connection,
    journal: Journal,
    delivery_id: UUID,
    lead_id: UUID,
    account_id: UUID,
    kind: DeliveryKind,
    points: int,
) -> None:
    lead = await _free_lead(conn, lead_id, account_id)
    policy_id, policy = await policy_in_force(conn, lead["market_id"], journal.now)
    given = Handover(account_id, lead_id, lead["prospect_id"], kind, points, policy_id, policy)
    decision_id = hand_over(journal, delivery_id, given, journal.now)
    journal.movements.append(charge(account_id, points, delivery_id, decision_id))
