"""The mutation `dispatchRetry`. The rules decide about the dispatches again."""

from typing import Annotated

import strawberry

from models.messages.locked import MOST_IDS
from models.messages.retry_dispatches import retry_dispatches
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.answers import DISPATCHES, DispatchAnswer, answered
from schema.messages.types import Dispatch

at_most("DispatchRetryInput.ids", MOST_IDS)


@strawberry.input(description="Input of `dispatchRetry`.")
class DispatchRetryInput:
    """Input of `dispatchRetry`."""

    ids: list[strawberry.ID] = strawberry.field(
        description="The dispatches, at most 500: DEAD, UNCERTAIN, or SUPPRESSED after a bounce."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `dispatchRetry`.")
class DispatchRetryPayload:
    """Source: `DispatchAnswer`."""

    dispatches: list[Dispatch] = strawberry.field(description=DISPATCHES)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DispatchRetry:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send dispatches again, all or none; for operators.",
        graphql_type=DispatchRetryPayload | None,
    )
    async def dispatch_retry(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DispatchRetryInput, strawberry.argument(description="The input.")
        ],
    ) -> DispatchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            ids = [read_id(global_id, "Dispatch", "ids") for global_id in input.ids]
        except REFUSED as error:
            return DispatchAnswer(user_errors=refused(error))
        action = retry_dispatches(viewer, ids, idempotency_key=input.idempotency_key)
        return await answered(context, ids, action)
