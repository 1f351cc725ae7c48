"""The mutation `leadOffer`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.deliveries.deliver import offer_lead
from models.deliveries.tables import OfferMode
from models.leads.list import leads_by_id
from models.leads.views import LeadView
from rules.visibility import DeliveryKind
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.leads.types import Lead


@strawberry.input(description="Input of `leadOffer`.")
class LeadOfferInput:
    """Input of `leadOffer`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead; a lead can be offered only once.")
    kind: DeliveryKind = strawberry.field(description="LEAD_CLUB or RECORD.")
    mode: OfferMode = strawberry.field(description="How many vendors can buy it.")
    points: int = strawberry.field(description="The price per vendor in points, 0 to 1,000,000.")
    cap: int = strawberry.field(default=1, description="Maximum number of buyers; 1 for an EXCLUSIVE lead.")


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """The lead with its offer, or the refusals."""

    lead: LeadView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `leadOffer`.")
class LeadOfferPayload:
    """Source: `OfferAnswer`."""

    lead: Lead | None = strawberry.field(description="The lead with its offer; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class LeadOffer:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Offer a lead for sale; a LEAD_CLUB lead is also available as a replacement. For "
        "operators.",
        graphql_type=LeadOfferPayload | None,
    )
    async def lead_offer(
        self,
        info: Info,
        input: Annotated[LeadOfferInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> OfferAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId")
            await offer_lead(
                viewer,
                context.wake,
                lead_id=lead_id,
                kind=input.kind,
                mode=input.mode,
                points=input.points,
                cap=input.cap,
            )
        except REFUSED as error:
            return OfferAnswer(user_errors=refused(error))
        found = await leads_by_id(context.conn, viewer, [lead_id])
        return OfferAnswer(found.get(lead_id))
