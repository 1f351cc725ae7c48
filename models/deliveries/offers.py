"""Offers to buy leads immediately, as read by lists.

Withdrawn offers and the number of sold places are not shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.deliveries.tables import OfferMode
from rules.visibility import DeliveryKind


@dataclass(frozen=True, slots=True)
class OfferView:
    """The price of a lead that can be bought immediately, and how many places are left."""

    mode: OfferMode
    kind: DeliveryKind
    points: int
    places_left: int


async def offers_of(conn: Connection, viewer: Viewer, lead_ids: Collection[UUID]) -> dict[UUID, OfferView]:
    """Return the offers of these leads, in one statement; only vendors and operators see offers."""
    if viewer.vendor_id is None and not viewer.operator:
        return {}
    rows = await fetch(
        conn,
        """SELECT lead_id, mode, kind, points, cap - sold AS places_left FROM offer
           WHERE lead_id = ANY($1::uuid[]) AND withdrawn_at IS NULL""",
        list(lead_ids),
    )
    return {
        row["lead_id"]: OfferView(
            OfferMode(row["mode"]), DeliveryKind(row["kind"]), row["points"], row["places_left"]
        )
        for row in rows
    }
