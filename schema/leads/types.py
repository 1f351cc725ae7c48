"""GraphQL types of leads. A source contains contact data only if the rules say VISIBLE."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.applications.list import NEWEST_APPLICATION, ApplicationFilter, list_applications
from models.contacting.facts import ContactCase
from models.deliveries.offers import OfferView
from models.leads.tables import LeadSource
from models.leads.views import ApplicationView, ContactView, LeadView
from schema.applications.loaders import ApplicationLoaders
from schema.contacting.loaders import ContactingLoaders
from schema.deliveries.loaders import DeliveryLoaders
from schema.deliveries.offer import Offer
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.ids import write_id
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    CountedPageOf,
    First,
    digest,
    nested_size,
    slice_of,
    within_list,
)
from schema.leads.contact import Contact
from schema.policies.types import Market
from schema.smart_data.lead_fields import organisation_field, smart_data_field
from schema.smart_data.types import Organisation, SmartData

if TYPE_CHECKING:
    from schema.applications.types import Application
    from schema.contacting.types import Contacting
    from schema.deliveries.types import Delivery

ItsApplication = Annotated["Application", strawberry.lazy("schema.applications.types")]
ItsApplications = CountedPageOf[ItsApplication]
ItsContacting = Annotated["Contacting", strawberry.lazy("schema.contacting.types")]
ItsDelivery = Annotated["Delivery", strawberry.lazy("schema.deliveries.types")]


@strawberry.type(description="A prospect's request; rules decide when its contact data is revealed.")
class Lead(Node):
    """Source: `LeadView`."""

    id: strawberry.ID = node_id("Lead")
    title: str = strawberry.field(description="The request in one line; contains no contact data.")
    brief: str = strawberry.field(description="The full request; contains no contact data.")
    category: str = strawberry.field(description="The trade or service wanted.")
    city: str | None = strawberry.field(description="The town.")
    country: str = strawberry.field(description="The country, ISO 3166-1 alpha-2.")
    budget_min: int | None = strawberry.field(description="The minimum budget, in whole currency units.")
    budget_max: int | None = strawberry.field(description="The maximum budget, in whole currency units.")
    currency: str = strawberry.field(description="The currency of the budget, ISO 4217.")
    source: LeadSource = strawberry.field(description="Where the lead came from.")
    published_at: datetime = strawberry.field(description="When it was published.")
    closes_at: datetime | None = strawberry.field(
        description="When applications close; null if they do not close."
    )
    market: Market = strawberry.field(description="The market that it belongs to.")
    fee: int = strawberry.field(description="The fee for an application, in points.")
    application: ItsApplication | None = strawberry.field(
        description="The application of the viewer's account."
    )
    delivery: ItsDelivery | None = strawberry.field(description="The delivery to the viewer's account.")
    visibility: Decision = strawberry.field(
        description="Whether the contact data is visible to the viewer (VISIBLE or HIDDEN), why, and when"
        " that changes."
    )

    @strawberry.field(
        description="The prospect whose request it is, for another `leadPublish` for the same person; for "
        "operators, null for others."
    )
    def prospect_id(root: strawberry.Parent[LeadView], info: Info) -> strawberry.ID | None:
        """Return the id, which says nothing about the person."""
        return write_id("Prospect", root.prospect_id) if info.context.viewer.operator else None

    @strawberry.field(description="The contact data; null while hidden.", graphql_type=Contact | None)
    def contact(root: strawberry.Parent[LeadView], info: Info) -> ContactView | None:
        """Return the visible contact data; access by an operator is logged before the response is sent."""
        if root.contact is not None:
            info.context.shows_contact(root.id)
        return root.contact

    @strawberry.field(
        description="Whether and how the person may be contacted; null while the contact data is hidden.",
        graphql_type=ItsContacting | None,
    )
    async def contacting(root: strawberry.Parent[LeadView], info: Info) -> ContactCase | None:
        """Load what is known of the person; access by an operator is logged like that to contact data."""
        if root.contact is None:
            return None
        info.context.shows_contact(root.id)
        return await ContactingLoaders.of(info.context).case.load(root)

    @strawberry.field(
        description="The applications that the viewer may see, newest first; prospects see all "
        "applications for their own leads. " + WITHIN_A_LIST,
        graphql_type=ItsApplications,
    )
    async def applications(
        root: strawberry.Parent[LeadView], info: Info, first: First = 25, after: After = None
    ) -> Connection[ApplicationView]:
        """Load a page; inside a list, one statement loads the pages of all leads."""
        criteria = ApplicationFilter(lead_id=root.id)
        list_digest = digest("applications", criteria)
        context = info.context
        part = slice_of(NEWEST_APPLICATION, list_digest, first, after)
        if within_list(info):
            size = nested_size(info, part, first)
            page = await context.load(ApplicationLoaders).of_lead.load((root.id, size))
        else:
            page = await list_applications(context.conn, context.viewer, part, criteria)
        return Connection(page, list_digest, lambda: context.load(ApplicationLoaders).counts.load(root.id))

    @strawberry.field(
        description="The offer to buy the lead immediately; null if there is none, and for prospects.",
        graphql_type=Offer | None,
    )
    async def offer(root: strawberry.Parent[LeadView], info: Info) -> OfferView | None:
        """Load the offer."""
        return await info.context.load(DeliveryLoaders).offer.load(root.id)

    smart_data: SmartData | None = smart_data_field()
    organisation: Organisation | None = organisation_field()

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a lead."""
        return isinstance(obj, LeadView)


LeadConnection = CountedPageOf[Lead]
