"""The mutation `suppressionLift`. The address that a dispatch met is written to again."""

from typing import Annotated

import strawberry

from models.messages.lift_suppression import lift_suppression
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.answers import DISPATCH, DispatchAnswer, answered
from schema.messages.types import Dispatch


@strawberry.input(description="Input of `suppressionLift`.")
class SuppressionLiftInput:
    """Input of `suppressionLift`."""

    dispatch_id: strawberry.ID = strawberry.field(
        description="A dispatch to the address; retry it separately."
    )
    reason: str = strawberry.field(description="Why, at most 500 characters; stored with the suppression.")


@strawberry.type(description="The payload of `suppressionLift`.")
class SuppressionLiftPayload:
    """Source: `DispatchAnswer`."""

    dispatch: Dispatch | None = strawberry.field(description=DISPATCH)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SuppressionLift:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Write to an address again that bounced or reported abuse; for operators.",
        graphql_type=SuppressionLiftPayload | None,
    )
    async def suppression_lift(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SuppressionLiftInput, strawberry.argument(description="The input.")
        ],
    ) -> DispatchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            dispatch_id = read_id(input.dispatch_id, "Dispatch", "dispatchId")
        except REFUSED as error:
            return DispatchAnswer(user_errors=refused(error))
        action = lift_suppression(viewer, context.services.sending, dispatch_id, reason=input.reason)
        return await answered(context, [dispatch_id], action)
