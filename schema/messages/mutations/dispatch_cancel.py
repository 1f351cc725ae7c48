"""The mutation `dispatchCancel`. What the law requires cannot be cancelled."""

from typing import Annotated

import strawberry

from models.messages.cancel_dispatches import cancel_dispatches
from models.messages.locked import MOST_IDS
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.answers import DISPATCHES, DispatchAnswer, answered
from schema.messages.types import Dispatch

at_most("DispatchCancelInput.ids", MOST_IDS)


@strawberry.input(description="Input of `dispatchCancel`.")
class DispatchCancelInput:
    """Input of `dispatchCancel`."""

    ids: list[strawberry.ID] = strawberry.field(description="The waiting dispatches, at most 500.")
    reason: str = strawberry.field(description="Why, at most 500 characters; stored with the dispatches.")


@strawberry.type(description="The payload of `dispatchCancel`.")
class DispatchCancelPayload:
    """Source: `DispatchAnswer`."""

    dispatches: list[Dispatch] = strawberry.field(description=DISPATCHES)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DispatchCancel:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Cancel waiting dispatches, all or none; for operators.",
        graphql_type=DispatchCancelPayload | None,
    )
    async def dispatch_cancel(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DispatchCancelInput, strawberry.argument(description="The input.")
        ],
    ) -> DispatchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            ids = [read_id(global_id, "Dispatch", "ids") for global_id in input.ids]
        except REFUSED as error:
            return DispatchAnswer(user_errors=refused(error))
        return await answered(context, ids, cancel_dispatches(viewer, ids, reason=input.reason))
