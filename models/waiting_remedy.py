"""Owns remedies that wait for a replacement: when stock arrives, who waits the longest gets it.

It must not give points: the deadline of the wait does.
"""

from uuid import UUID

from models.actions.remedy import replacement
from models.database import Connection, fetch
from models.handover import hand_over
from models.ids import new_id
from models.journal import Journal
from models.stock import Stock

# Those who wait for such a lead, the longest first; the fallback of a wait that is being settled is left alone.
_WAITING = """SELECT remedy.id, delivery.account_id, delivery.points, remedy.item_id
    FROM remedy JOIN delivery ON delivery.id = remedy.delivery_id JOIN lead ON lead.id = delivery.lead_id
    JOIN offer ON offer.id = $1 JOIN lead AS offered ON offered.id = offer.lead_id
    WHERE remedy.settled_at IS NULL AND lead.category = offered.category AND lead.country = offered.country
      AND NOT EXISTS (SELECT FROM delivery AS had
                      WHERE had.lead_id = offered.id AND had.account_id = delivery.account_id)
      AND NOT EXISTS (SELECT FROM application
                      WHERE application.lead_id = offered.id AND application.account_id = delivery.account_id)
    ORDER BY remedy.granted_at, remedy.id LIMIT $2 FOR NO KEY UPDATE OF remedy SKIP LOCKED"""
_OFFERED = """SELECT offer.id AS offer_id, offer.lead_id, lead.prospect_id, lead.city,
        (SELECT policy.id FROM policy WHERE policy.market_id = lead.market_id
            AND policy.effective_from <= leadgate_clock()
         ORDER BY policy.effective_from DESC LIMIT 1) AS policy_id,
        offer.cap - offer.sold AS places
    FROM offer JOIN lead ON lead.id = offer.lead_id
    WHERE offer.id = $1 FOR NO KEY UPDATE OF offer"""


async def settle_waiting(conn: Connection, journal: Journal, offer_id: UUID) -> None:
    """Give the places of a new offer to remedies that wait for one, each account one place."""
    offered = (await fetch(conn, _OFFERED, offer_id))[0]
    places: int = offered["places"]
    stock = Stock(
        offered["offer_id"],
        offered["lead_id"],
        offered["prospect_id"],
        offered["city"],
        offered["policy_id"],
    )
    served: set[UUID] = set()
    settled: list[tuple[UUID, UUID]] = []
    for row in await fetch(conn, _WAITING, offer_id, 100):
        if row["account_id"] in served or len(settled) == places:
            continue
        served.add(row["account_id"])
        replacement_id = new_id()
        given = await replacement(conn, row["account_id"], row["points"], stock)
        hand_over(journal, replacement_id, given, journal.now)
        settled.append((row["id"], replacement_id))
    if not settled:
        return
    await journal.write_deliveries(conn)
    await fetch(
        conn,
        """UPDATE remedy SET settled_at = $3, replacement_id = after.replacement_id
           FROM unnest($1::uuid[], $2::uuid[]) AS after (id, replacement_id) WHERE remedy.id = after.id""",
        *map(list, zip(*settled, strict=True)),
        journal.now,
    )
    await fetch(conn, "UPDATE offer SET sold = sold + $2 WHERE id = $1", offer_id, len(settled))
