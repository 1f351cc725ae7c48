"""GraphQL type of an offer: the price of a lead that can be bought immediately.

It does not reveal the buyers.
"""

import strawberry

from models.deliveries.tables import OfferMode
from rules.visibility import DeliveryKind


@strawberry.type(description="An offer to buy a lead immediately with `leadPurchase`.")
class Offer:
    """Source: `models.deliveries.offers.OfferView`."""

    mode: OfferMode = strawberry.field(description="How many vendors can buy it.")
    kind: DeliveryKind = strawberry.field(description="The kind of delivery.")
    points: int = strawberry.field(description="The price, in points.")
    places_left: int = strawberry.field(description="Number of vendors that can still buy it.")
