"""GraphQL types of deliveries."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.complaints.item_list import ComplaintItemView
from models.leads.views import DeliveryView
from rules.visibility import DeliveryKind
from schema.complaints.loaders import ComplaintLoaders
from schema.deliveries.loaders import DeliveryLoaders
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import CountedPageOf

if TYPE_CHECKING:
    from schema.complaints.types import ComplaintItem
    from schema.leads.types import Lead

ItsLead = Annotated["Lead", strawberry.lazy("schema.leads.types")]
ItsItem = Annotated["ComplaintItem", strawberry.lazy("schema.complaints.types")]
Itself = Annotated["Delivery", strawberry.lazy("schema.deliveries.types")]


@strawberry.type(description="A lead whose contact data a vendor has received.")
class Delivery(Node):
    """Source: `DeliveryView`."""

    id: strawberry.ID = node_id("Delivery")
    lead: ItsLead = strawberry.field(description="The lead.")
    kind: DeliveryKind = strawberry.field(description="How the vendor obtained the contact data.")
    received_at: datetime = strawberry.field(description="When the vendor received the contact data.")
    points: int = strawberry.field(
        description="The price in points: 0 for a replacement, even if it is also faulty and the points "
        "of the original delivery are credited for it."
    )
    complaint_until: datetime = strawberry.field(
        description="The deadline for a complaint about it, exclusive."
    )

    @strawberry.field(
        description="The relevant complaint item, if any: the accepted one, else the open one, else the "
        "newest.",
        graphql_type=ItsItem | None,
    )
    async def complaint_item(root: strawberry.Parent[DeliveryView], info: Info) -> ComplaintItemView | None:
        """Load the item."""
        return await info.context.load(ComplaintLoaders).item_of_delivery.load(root.id)

    @strawberry.field(
        description="The faulty delivery that it replaces; null if it is not a replacement.",
        graphql_type=Itself | None,
    )
    async def replacement_for(root: strawberry.Parent[DeliveryView], info: Info) -> DeliveryView | None:
        """Load the faulty delivery."""
        faulty = await info.context.load(ComplaintLoaders).replaced_delivery.load(root.id)
        return None if faulty is None else await info.context.load(DeliveryLoaders).by_id.load(faulty)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a delivery."""
        return isinstance(obj, DeliveryView)


DeliveryConnection = CountedPageOf[Delivery]
