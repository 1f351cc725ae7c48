"""Owns the stock of leads for replacements: finding those that fit, and taking one place of each.

It must not give a vendor what it had, nor what nobody may be contacted about.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.complaint_case import Delivered
from models.database import Connection, fetch


@dataclass(frozen=True, slots=True)
class Stock:
    """One lead that is free, with the policy in force in its market now."""

    offer_id: UUID
    lead_id: UUID
    prospect_id: UUID
    city: str | None
    policy_id: UUID


# $1 the account, $2 category, $3 country, $4 how many; the oldest offers first, those another takes left out.
_FREE = """SELECT offer.id AS offer_id, offer.lead_id, lead.prospect_id, lead.city,
        (SELECT policy.id FROM policy WHERE policy.market_id = lead.market_id
            AND policy.effective_from <= leadgate_clock()
         ORDER BY policy.effective_from DESC LIMIT 1) AS policy_id
    FROM offer JOIN lead ON lead.id = offer.lead_id JOIN prospect ON prospect.id = lead.prospect_id
    WHERE offer.kind = 'LEAD_CLUB' AND offer.withdrawn_at IS NULL AND offer.sold < offer.cap
      AND lead.category = $2 AND lead.country = $3 AND prospect.erased_at IS NULL
      AND NOT EXISTS (SELECT FROM do_not_contact WHERE do_not_contact.prospect_id = lead.prospect_id)
      AND NOT EXISTS (SELECT FROM delivery WHERE delivery.lead_id = lead.id AND delivery.account_id = $1)
      AND NOT EXISTS (SELECT FROM application
                      WHERE application.lead_id = lead.id AND application.account_id = $1)
    ORDER BY offer.offered_at, offer.id LIMIT $4 FOR NO KEY UPDATE OF offer SKIP LOCKED"""


async def take_stock(conn: Connection, faulty: Sequence[Delivered]) -> dict[UUID, Stock]:
    """Take one free lead for each faulty delivery, by its id: same category and country, same town if there is one.

    Region is read as the lead's country, the town only preferred: stock is too rare to insist on it.
    """
    groups: dict[tuple[UUID, str, str], list[Delivered]] = defaultdict(list)
    for delivered in faulty:
        groups[delivered.account_id, delivered.category, delivered.country].append(delivered)
    taken: dict[UUID, Stock] = {}
    for (account_id, category, country), wanting in sorted(groups.items(), key=lambda group: str(group[0])):
        rows = await fetch(conn, _FREE, account_id, category, country, len(wanting))
        free = [Stock(**dict(row)) for row in rows if row["policy_id"] is not None]
        for delivered in wanting:
            if not free:
                break
            same_town = next((one for one in free if one.city == delivered.city), free[0])
            free.remove(same_town)
            taken[delivered.id] = same_town
    if taken:
        await fetch(
            conn,
            "UPDATE offer SET sold = sold + 1 WHERE id = ANY($1::uuid[])",
            [stock.offer_id for stock in taken.values()],
        )
    return taken
