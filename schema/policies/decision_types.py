"""GraphQL types of the log of decisions."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.accounts.list import UserView
from models.policies.decisions import RecordedDecision
from models.policies.rulesets import RulesetView, ruleset_under
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.policies.decision_loaders import DecisionLoaders
from schema.policies.ruleset_types import Ruleset

if TYPE_CHECKING:
    from schema.accounts.types import User

ItsUser = Annotated["User", strawberry.lazy("schema.accounts.types")]


@strawberry.type(
    description="An entry of the log of decisions: what was decided about which object, on whose behalf, and "
    "what it caused. For operators."
)
class DecisionRecord(Node):
    """Source: `models.policies.decisions.RecordedDecision`."""

    id: strawberry.ID = node_id("DecisionRecord")
    ruleset: str = strawberry.field(description="The ruleset, such as visibility.")
    recorded_at: datetime = strawberry.field(
        description="When it was written to the log; `decision.decidedAt` is the time as of which it was "
        "decided."
    )

    @strawberry.field(
        description="The object that it is about; null if it no longer exists or if operators can't read it.",
        graphql_type=Node | None,
    )
    async def subject(root: strawberry.Parent[RecordedDecision], info: Info) -> object | None:
        """Load the object."""
        return await info.context.load(DecisionLoaders).subject.load((root.ruleset, root.subject))

    @strawberry.field(description="The decision as it was recorded.", graphql_type=Decision)
    def decision(root: strawberry.Parent[RecordedDecision]) -> RecordedDecision:
        """Return the record, which has the attributes of a decision."""
        return root

    @strawberry.field(
        description="The ruleset with its facts and rules, under the policy that decided; null if it no "
        "longer exists.",
        graphql_type=Ruleset | None,
    )
    async def definition(root: strawberry.Parent[RecordedDecision]) -> RulesetView | None:
        """Build the rules, which takes a moment for a policy that was not used before."""
        return await ruleset_under(root.ruleset, root.policy)

    @strawberry.field(
        description="The user who decided, or whose action led to the decision; null if it was due to time.",
        graphql_type=ItsUser | None,
    )
    async def actor(root: strawberry.Parent[RecordedDecision], info: Info) -> UserView | None:
        """Load the user."""
        if root.actor_id is None:
            return None
        return await info.context.load(DecisionLoaders).actor.load(root.actor_id)

    @strawberry.field(
        description="What it caused: ledger entries, deliveries, notifications, and dispatches of the "
        "messages about them, in this order; at most 100.",
        graphql_type=list[Node],
    )
    async def caused(root: strawberry.Parent[RecordedDecision], info: Info) -> list[object]:
        """Load the objects."""
        return await info.context.load(DecisionLoaders).caused.load(root.id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an entry of the log."""
        return isinstance(obj, RecordedDecision)


DecisionRecordConnection = PageOf[DecisionRecord]
