"""GraphQL types of trials of drafts on the log of decisions."""

from datetime import datetime

import strawberry

from models.policies.decisions import RecordedDecision
from models.policies.trial.list import (
    BY_ORDINAL,
    TrialDecision,
    TrialExampleView,
    TrialView,
    list_examples,
)
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import After, Connection, First, PageOf, digest, not_counted, slice_of
from schema.policies.decision_types import DecisionRecord


@strawberry.type(description="The numbers of a trial for one ruleset.")
class TrialLine:
    """Source: `models.policies.trial.list.TrialLineView`."""

    ruleset: str = strawberry.field(description="The ruleset.")
    decided: int = strawberry.field(description="How many decisions were decided anew.")
    differing: int = strawberry.field(description="How many of them have another verdict.")
    points_difference: int = strawberry.field(
        description="How many points more the marketplace would have kept; below zero, fewer. Refunds and "
        "complaints count, other verdicts don't change it."
    )


@strawberry.type(description="A decision that would have another verdict under the draft.")
class TrialExample:
    """Source: `TrialExampleView`."""

    @strawberry.field(description="The decision as it was recorded.", graphql_type=DecisionRecord)
    def record(root: strawberry.Parent[TrialExampleView]) -> RecordedDecision:
        """Return the record."""
        return root.record

    @strawberry.field(description="What it would be under the draft.", graphql_type=Decision)
    def then(root: strawberry.Parent[TrialExampleView]) -> TrialDecision:
        """Return the decision of the trial."""
        return root.then


TrialExampleConnection = PageOf[TrialExample]


@strawberry.type(
    description="A trial of a draft: recorded decisions are decided anew under its parameters. It changes "
    "nothing. Query it again until `doneAt` is set. For operators."
)
class PolicyTrial(Node):
    """Source: `TrialView`."""

    id: strawberry.ID = node_id("PolicyTrial")
    progress: int = strawberry.field(description="How many decisions it has come through.")
    total: int = strawberry.field(
        description="How many decisions there are, or are drawn for the sample; 0 until they are counted."
    )
    done_at: datetime | None = strawberry.field(
        description="When it was done. If `progress` is less than `total` then, it failed repeatedly and was "
        "given up."
    )
    differing: int = strawberry.field(description="How many decisions have another verdict.")
    points_difference: int = strawberry.field(
        description="How many points more the marketplace would have kept; below zero, fewer."
    )
    by_ruleset: list[TrialLine] = strawberry.field(
        description="The numbers by ruleset. Decisions of people, and facts that today's rules don't know, "
        "are not decided anew."
    )

    @strawberry.field(
        description="Decisions that have another verdict, earliest first; the first 1,000 are kept.",
        graphql_type=TrialExampleConnection,
    )
    async def examples(
        root: strawberry.Parent[TrialView], info: Info, first: First = 25, after: After = None
    ) -> Connection[TrialExampleView]:
        """List examples."""
        list_digest = digest("examples", root.id)
        part = slice_of(BY_ORDINAL, list_digest, first, after)
        page = await list_examples(info.context.conn, root, part)
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a trial."""
        return isinstance(obj, TrialView)
