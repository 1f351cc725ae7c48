"""Owns user errors: refusals as data in a mutation's payload.

It must not carry faults.
"""

import strawberry

from models.base.refusal import RefusalCode
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.errors import RefusalView


@strawberry.type(description="Why a mutation did not do what it was asked; nothing was changed.")
class UserError:
    """Source: `schema.graphql.errors.RefusalView`."""

    code: RefusalCode = strawberry.field(description="What kind of refusal it is.")
    field: list[str] = strawberry.field(description="The path of the input field at fault; empty for none.")
    message: str = strawberry.field(description="What is wrong, and what would help.")
    retry_after_seconds: int | None = strawberry.field(
        description="For how many seconds to wait before another try, where waiting is what helps."
    )

    @strawberry.field(
        description="The decision that refused, where a rule did.", graphql_type=Decision | None
    )
    def decision(root: strawberry.Parent[RefusalView]) -> AnyDecision | None:
        """Return the refusing decision."""
        return root.decision
