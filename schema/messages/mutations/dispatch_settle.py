"""The mutation `dispatchSettle`. An operator has found out whether an uncertain dispatch arrived."""

from typing import Annotated

import strawberry

from models.messages.settle_dispatch import settle_dispatch
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.answers import DISPATCH, DispatchAnswer, answered
from schema.messages.types import Dispatch


@strawberry.input(description="Input of `dispatchSettle`.")
class DispatchSettleInput:
    """Input of `dispatchSettle`."""

    dispatch_id: strawberry.ID = strawberry.field(description="The dispatch; it must be UNCERTAIN.")
    arrived: bool = strawberry.field(description="Whether it arrived; if not, it is sent again.")
    comment: str = strawberry.field(description="How you know, at most 500 characters; stored with it.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `dispatchSettle`.")
class DispatchSettlePayload:
    """Source: `DispatchAnswer`."""

    dispatch: Dispatch | None = strawberry.field(description=DISPATCH)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DispatchSettle:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Settle an uncertain dispatch as sent, or to be sent again; for operators.",
        graphql_type=DispatchSettlePayload | None,
    )
    async def dispatch_settle(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DispatchSettleInput, strawberry.argument(description="The input.")
        ],
    ) -> DispatchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            dispatch_id = read_id(input.dispatch_id, "Dispatch", "dispatchId")
        except REFUSED as error:
            return DispatchAnswer(user_errors=refused(error))
        action = settle_dispatch(
            viewer,
            dispatch_id,
            arrived=input.arrived,
            comment=input.comment,
            expected_version=input.expected_version,
        )
        return await answered(context, [dispatch_id], action)
