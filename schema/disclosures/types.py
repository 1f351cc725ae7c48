"""GraphQL types of disclosures, which have no contact data."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.contact_data.categories import DataCategory
from models.disclosures.list import DisclosureView, NoticeState
from models.leads.views import LeadView, VendorView
from models.messages.list import DispatchView
from models.policies.decisions import RecordedDecision
from rules.visibility import DisclosureBasis
from schema.applications.types import Vendor
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.enums import describe
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import CountedPageOf
from schema.leads.loaders import LeadLoaders
from schema.messages.loaders import DispatchLoaders
from schema.policies.loaders import PolicyLoaders

if TYPE_CHECKING:
    from schema.leads.types import Lead
    from schema.messages.types import Dispatch

ItsLead = Annotated["Lead", strawberry.lazy("schema.leads.types")]
ItsDispatch = Annotated["Dispatch", strawberry.lazy("schema.messages.types")]

describe(
    DisclosureBasis,
    "The basis on which contact data was disclosed to a vendor.",
    {
        "ACCEPTED": "The prospect accepted the vendor's application.",
        "SILENCE": "The prospect did not answer the vendor's application in time.",
        "DELIVERY": "An operator delivered the lead to the vendor.",
        "PURCHASE": "The vendor bought the lead.",
        "REPLACEMENT": "The lead replaced a faulty one.",
    },
)
describe(
    DataCategory,
    "A category of personal data.",
    {
        "NAME": "The person's name.",
        "ORGANISATION": "The person's company.",
        "EMAIL": "Email addresses.",
        "PHONE": "Phone numbers.",
        "ADDRESS": "The postal address.",
        "REGISTRATION_NUMBER": "The company's registration number.",
        "LINKEDIN": "The address of the LinkedIn profile.",
        "MEETING_URL": "The address of a room for online meetings.",
    },
)
describe(
    NoticeState,
    "What became of the notice that tells a person of a disclosure (GDPR Art. 14).",
    {
        "WAITING": "It is waiting to be sent, or to be tried again.",
        "SENT": "It was sent to at least one user of the prospect, or to the lead's contact.",
        "UNDELIVERED": "It could not be delivered; operators are notified and must send it by post.",
        "NONE": "There is none: the contact data was disclosed before notices were introduced, or the "
        "person's data was erased before one was sent.",
    },
    name="DisclosureNoticeState",
)


@strawberry.type(
    description="A record that a vendor received a lead's contact data; it does not contain the data."
)
class Disclosure(Node):
    """Source: `DisclosureView`."""

    id: strawberry.ID = node_id("Disclosure")
    at: datetime = strawberry.field(description="When the vendor received the contact data.")
    basis: DisclosureBasis = strawberry.field(description="The basis of the disclosure.")
    categories: list[DataCategory] = strawberry.field(
        description="The categories of data that the contact had at that time; the vendor can also read the "
        "lead."
    )
    notice_state: NoticeState = strawberry.field(description="What became of the notice to the person.")

    @strawberry.field(description="The lead; null after an erasure.", graphql_type=ItsLead | None)
    async def lead(root: strawberry.Parent[DisclosureView], info: Info) -> LeadView | None:
        """Load the lead as the viewer sees it."""
        return await info.context.load(LeadLoaders).by_id.load(root.lead_id)

    @strawberry.field(description="The vendor who received it.", graphql_type=Vendor)
    def vendor(root: strawberry.Parent[DisclosureView]) -> VendorView:
        """Return the vendor, which is read with the entry."""
        return VendorView(root.vendor_id, root.vendor_name)

    @strawberry.field(description="Why the contact data was visible to the vendor.", graphql_type=Decision)
    async def decision(root: strawberry.Parent[DisclosureView], info: Info) -> RecordedDecision | None:
        """Load the decision that the delivery cites."""
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @strawberry.field(
        description="The notice to the viewer; for operators, the first one of several. Null if there is "
        "none.",
        graphql_type=ItsDispatch | None,
    )
    async def notice(root: strawberry.Parent[DisclosureView], info: Info) -> DispatchView | None:
        """Load the dispatch."""
        if root.dispatch_id is None:
            return None
        return await DispatchLoaders.of(info.context).by_id.load(root.dispatch_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a disclosure."""
        return isinstance(obj, DisclosureView)


DisclosureConnection = CountedPageOf[Disclosure]
