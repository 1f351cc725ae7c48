"""GraphQL type of user errors: refusals as data in a mutation's payload."""

import strawberry

from models.base.refusal import RefusalCode
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.errors import RefusalView


@strawberry.type(description="Why a mutation failed; nothing was changed.")
class UserError:
    """Source: `schema.graphql.errors.RefusalView`."""

    code: RefusalCode = strawberry.field(description="The kind of error.")
    field: list[str] = strawberry.field(
        description="The path of the invalid input field; empty if no field is at fault."
    )
    message: str = strawberry.field(description="What is wrong, and how to fix it.")
    retry_after_seconds: int | None = strawberry.field(
        description="The number of seconds to wait before you retry; null if waiting does not help."
    )

    @strawberry.field(
        description="The decision that led to the refusal, if a rule refused.", graphql_type=Decision | None
    )
    def decision(root: strawberry.Parent[RefusalView]) -> AnyDecision | None:
        """Return the refusing decision."""
        return root.decision
