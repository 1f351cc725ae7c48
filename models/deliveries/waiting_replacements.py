"""Remedies that wait for a replacement: when stock arrives, the longest waiting is served first.

Points are credited when the deadline of the wait is due; after that, no lead is delivered.
"""

from itertools import groupby
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.deliveries.handover import hand_over, replacement
from models.deliveries.stock import Wanted, take_stock
from models.deliveries.tables import SOLD_AS, OfferMode
from models.feed.journal import Journal

MOST_SERVED = 200

# Where remedies wait and places are free: the free places of each category, country and mode, and the lowest
# price. Remedies worth less are skipped, so that they do not block those that can be served.
_PLACES = """SELECT lead.category, lead.country, offer.mode, min(offer.points) AS cheapest,
        sum(offer.cap - offer.sold)::bigint AS places
    FROM offer JOIN lead ON lead.id = offer.lead_id
    WHERE offer.kind = 'LEAD_CLUB' AND offer.withdrawn_at IS NULL AND offer.sold < offer.cap
      AND (lead.category, lead.country) IN (
          SELECT wanted.category, wanted.country FROM remedy
          JOIN delivery ON delivery.id = remedy.delivery_id
          JOIN lead AS wanted ON wanted.id = delivery.lead_id
          WHERE remedy.settled_at IS NULL)
    GROUP BY lead.category, lead.country, offer.mode"""
_WAITING = f"""SELECT remedy.id, delivery.account_id, delivery.points, lead.category, lead.country, lead.city,
        stock.mode, fallback.id AS deadline_id
    FROM remedy JOIN delivery ON delivery.id = remedy.delivery_id JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN offer ON offer.lead_id = delivery.lead_id
    JOIN unnest($2::text[], $3::text[], $4::text[], $5::int[]) AS stock (category, country, mode, cheapest)
        ON (stock.category, stock.country, stock.mode) = (lead.category, lead.country, {SOLD_AS})
       AND stock.cheapest <= delivery.points
    JOIN deadline AS fallback ON fallback.kind = 'REPLACEMENT_FALLBACK' AND fallback.subject = remedy.item_id
    WHERE remedy.settled_at IS NULL AND fallback.done_at IS NULL AND fallback.due_at > $1
    ORDER BY remedy.granted_at, remedy.id LIMIT $6 FOR NO KEY UPDATE OF remedy SKIP LOCKED"""


async def serve_waiting(conn: Connection, journal: Journal) -> int:
    """Serve up to 200 waiting remedies from stock, longest waiting first; return how many were served."""
    rows = await fetch(conn, _PLACES)
    if not rows:
        return 0
    places = {(row["category"], row["country"], row["mode"]): int(row["places"]) for row in rows}
    stock = [[row[name] for row in rows] for name in ("category", "country", "mode", "cheapest")]
    waiting = await fetch(conn, _WAITING, journal.now, *stock, MOST_SERVED)
    settled: list[tuple[UUID, UUID]] = []
    for group, together in groupby(waiting, key=_group):
        if places[group[1:]] <= 0:
            continue
        served = await _serve(conn, journal, list(together))
        places[group[1:]] -= len(served)
        settled.extend(served)
    if settled:
        await fetch(
            conn,
            """UPDATE remedy SET settled_at = $3, replacement_id = after.replacement_id
               FROM unnest($1::uuid[], $2::uuid[]) AS after (id, replacement_id)
               WHERE remedy.id = after.id""",
            *map(list, zip(*settled, strict=True)),
            journal.now,
        )
    return len(settled)


def _group(row: Record) -> tuple[UUID, str, str, str]:
    return row["account_id"], row["category"], row["country"], row["mode"]


async def _serve(conn: Connection, journal: Journal, rows: list[Record]) -> list[tuple[UUID, UUID]]:
    """Serve waiting remedies of one account, one after the other; return what each got, by its id."""
    wanted = [
        Wanted(
            key=row["id"],
            account_id=row["account_id"],
            category=row["category"],
            country=row["country"],
            city=row["city"],
            points=row["points"],
            mode=OfferMode(row["mode"]),
        )
        for row in rows
    ]
    stock = await take_stock(conn, wanted, journal.now)
    served = []
    for row in rows:
        found = stock.get(row["id"])
        if found is None:
            continue
        replacement_id = new_id()
        given = replacement(row["account_id"], row["points"], found, by_mail=True)
        hand_over(journal, replacement_id, given, journal.now)
        journal.done.append((row["deadline_id"], "replaced"))
        served.append((row["id"], replacement_id))
    await journal.write_deliveries(
        conn
    )  # remedies refer to them, and the account's next remedy must see them
    return served
