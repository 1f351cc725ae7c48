"""What a verdict earns: the points of the case that stay with the marketplace.

Refunds and complaints decide on them. All other verdicts change at most when points are captured.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from models.base.database import Connection, fetch

# Verdicts that leave the price of the case with the marketplace.
_KEEPS = {("refund", "NOT_REFUNDABLE"), ("complaint", "REJECTED"), ("complaint", "UNDER_REVIEW")}
# The price of what each ruleset decides about: an application's fee, or the points of the delivery.
_PRICES: Mapping[str, str] = {
    "refund": "SELECT id, fee AS points FROM application WHERE id = ANY($1::uuid[])",
    "complaint": """SELECT complaint_item.id, coalesce(application.fee, delivery.points) AS points
        FROM complaint_item JOIN delivery ON delivery.id = complaint_item.delivery_id
        LEFT JOIN application ON application.id = delivery.application_id
        WHERE complaint_item.id = ANY($1::uuid[])""",
}
PRICED = frozenset(_PRICES)


async def prices(conn: Connection, ruleset: str, subjects: Collection[UUID]) -> dict[UUID, int]:
    """Return the points of what a ruleset has decided about, in one statement."""
    rows = await fetch(conn, _PRICES[ruleset], list(subjects))
    return {row["id"]: row["points"] for row in rows}


def earned_more(ruleset: str, before: str, after: str, price: int) -> int:
    """Return how many points more (below zero: fewer) the marketplace would have earned."""
    return price * (((ruleset, after) in _KEEPS) - ((ruleset, before) in _KEEPS))
