"""GraphQL types of operators' looks at contact data, which have no contact data."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.accounts.list import UserView
from models.leads.contact_looks import ContactLookView
from models.leads.views import LeadView
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.leads.loaders import LeadLoaders
from schema.policies.decision_loaders import DecisionLoaders

if TYPE_CHECKING:
    from schema.accounts.types import User
    from schema.leads.types import Lead

ItsLead = Annotated["Lead", strawberry.lazy("schema.leads.types")]
ItsUser = Annotated["User", strawberry.lazy("schema.accounts.types")]


@strawberry.type(
    description="A record that an operator was shown a lead's contact data; it does not contain the data."
)
class ContactLook(Node):
    """Source: `ContactLookView`."""

    id: strawberry.ID = node_id("ContactLook")
    at: datetime = strawberry.field(description="When the contact data was shown.")

    @strawberry.field(
        description="The lead whose contact data was shown; null after an erasure.",
        graphql_type=ItsLead | None,
    )
    async def lead(root: strawberry.Parent[ContactLookView], info: Info) -> LeadView | None:
        """Load the lead as the viewer sees it."""
        return await info.context.load(LeadLoaders).by_id.load(root.lead_id)

    @strawberry.field(
        description="The operator who looked; null for others than operators.", graphql_type=ItsUser | None
    )
    async def by(root: strawberry.Parent[ContactLookView], info: Info) -> UserView | None:
        """Load the user."""
        if not info.context.viewer.operator:
            return None
        return await info.context.load(DecisionLoaders).actor.load(root.user_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a look at contact data."""
        return isinstance(obj, ContactLookView)


ContactLookConnection = PageOf[ContactLook]
