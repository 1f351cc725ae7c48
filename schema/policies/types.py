"""GraphQL types of markets and policies. `parameters` contains all numbers of a policy."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.policies.views import MarketView, PolicyView
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.graphql.scalars import Facts
from schema.policies.loaders import PolicyLoaders


@strawberry.type(
    description="An immutable version of all numbers and switches that the rules of a market use."
)
class Policy(Node):
    """Source: `PolicyView`."""

    id: strawberry.ID = node_id("Policy")
    version: str = strawberry.field(description="The unique name of the version.")
    effective_from: datetime = strawberry.field(description="When it takes effect.")

    @strawberry.field(description="All numbers (durations in seconds) and switches, by area.")
    def parameters(root: strawberry.Parent[PolicyView]) -> Facts:
        """Return the parameters that the rules use."""
        return Facts(root.policy.parameters())

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a policy."""
        return isinstance(obj, PolicyView)


@strawberry.type(description="A part of the marketplace with its own policies.")
class Market(Node):
    """Source: `MarketView`."""

    id: strawberry.ID = node_id("Market")
    code: str = strawberry.field(description="The short name to use in inputs and filters.")
    name: str = strawberry.field(description="The display name.")

    @strawberry.field(
        description="The policy in force now, or at a given time in the past or future.", graphql_type=Policy
    )
    async def policy(
        root: strawberry.Parent[MarketView],
        info: Info,
        at: Annotated[datetime | None, strawberry.argument(description="The time; now if omitted.")] = None,
    ) -> PolicyView:
        """Look up the policy."""
        return await info.context.load(PolicyLoaders).at.load((root.id, at))

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a market."""
        return isinstance(obj, MarketView)


PolicyConnection = PageOf[Policy]
