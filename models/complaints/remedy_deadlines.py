"""Owns the end of the wait for a replacement: the points come back as of that instant (readings of S5).

It must not look for stock: until then `models.deliveries.waiting_replacements` does, afterwards nobody.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.complaints.tables import Remedy
from models.feed.journal import EventRow, Journal
from models.feed.tables import NotificationKind
from models.ledger.movements import give_back

# $3: only these deadlines, or null for whatever is due.
_DUE = """SELECT deadline.id, deadline.kind, deadline.due_at, remedy.id AS remedy_id, remedy.settled_at,
        remedy.delivery_id, delivery.account_id, delivery.lead_id, delivery.points,
        complaint_item.decision_id, complaint_item.complaint_id
    FROM deadline JOIN complaint_item ON complaint_item.id = deadline.subject
    JOIN remedy ON remedy.item_id = complaint_item.id JOIN delivery ON delivery.id = remedy.delivery_id
    WHERE deadline.done_at IS NULL AND deadline.due_at <= $1 AND deadline.kind = 'REPLACEMENT_FALLBACK'
      AND ($3::uuid[] IS NULL OR deadline.id = ANY($3))
    ORDER BY deadline.due_at, deadline.id LIMIT $2 FOR NO KEY UPDATE OF remedy, deadline SKIP LOCKED"""


async def settle_fallbacks(
    conn: Connection, journal: Journal, now: datetime, batch: int, only: Sequence[UUID] | None
) -> list[Record]:
    """Give the points back for up to `batch` waits that are over, each as of its due time; return them."""
    due = await fetch(conn, _DUE, now, batch, only)
    for row in due:
        journal.done.append((row["id"], "replaced" if row["settled_at"] else "points_given_back"))
    paid = [row for row in due if row["settled_at"] is None]
    for row in paid:
        journal.movements.append(
            give_back(row["account_id"], row["points"], row["delivery_id"], row["decision_id"])
        )
        journal.events.append(
            EventRow(
                row["account_id"],
                NotificationKind.REMEDY_POINTS,
                row["due_at"],
                lead_id=row["lead_id"],
                delivery_id=row["delivery_id"],
                decision_id=row["decision_id"],
                parameters={"points": row["points"], "waited": True},
            )
        )
    if paid:
        await fetch(
            conn,
            """UPDATE remedy SET kind = $2, points = over.points, settled_at = over.at
               FROM unnest($1::uuid[], $3::int[], $4::timestamptz[]) AS over (id, points, at)
               WHERE remedy.id = over.id""",
            [row["remedy_id"] for row in paid],
            Remedy.POINTS,
            [row["points"] for row in paid],
            [row["due_at"] for row in paid],
        )
    return due
