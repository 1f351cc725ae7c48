"""The mutation `callTakeOver`."""

from typing import Annotated

import strawberry

from models.calls.answer_call import take_over
from schema.calls.call_answers import CallAnswer, call_answer
from schema.calls.call_types import Call
from schema.calls.mutations.call_answer import CALL
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `callTakeOver`.")
class CallTakeOverInput:
    """Input of `callTakeOver`."""

    call_id: strawberry.ID = strawberry.field(description="An open call that a colleague has.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `callTakeOver`.")
class CallTakeOverPayload:
    """Source: `CallAnswer`."""

    call: Call | None = strawberry.field(description=CALL)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CallTakeOver:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Take an open call over from a colleague, whom `callUpdates` tells; for agents.",
        graphql_type=CallTakeOverPayload | None,
    )
    async def call_take_over(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallTakeOverInput, strawberry.argument(description="The input.")
        ],
    ) -> CallAnswer:
        """Call the action and return its result."""
        viewer, wake = info.context.signed_in(), info.context.services.wake
        return await call_answer(
            info.context,
            lambda: take_over(
                viewer,
                wake,
                read_id(input.call_id, "Call", "callId"),
                expected_version=input.expected_version,
            ),
        )
