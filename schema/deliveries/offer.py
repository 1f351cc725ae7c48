"""Owns offers as the API shows them: what a lead costs to have at once.

It must not say who bought.
"""

import strawberry

from models.deliveries.tables import OfferMode
from rules.visibility import DeliveryKind


@strawberry.type(description="What a lead can be bought for at once, by `leadPurchase`.")
class Offer:
    """Source: `models.deliveries.offers.OfferView`."""

    mode: OfferMode = strawberry.field(description="To how many vendors it goes.")
    kind: DeliveryKind = strawberry.field(description="What the delivery will be.")
    points: int = strawberry.field(description="The points that it costs.")
    places_left: int = strawberry.field(description="How many can still have it.")
