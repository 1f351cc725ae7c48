"""The mutation `callAnswer`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.viewer import Viewer
from models.calls.answer_call import answer_call, answer_dialled
from models.calls.refusals import CallRefusal
from models.process.wake import Wake
from schema.calls.call_answers import CallAnswer, call_answer
from schema.calls.call_types import Call
from schema.graphql.context import Info
from schema.graphql.ids import optional_id, read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.scalars import PhoneNumber
from schema.graphql.user_error import UserError

CALL = "The call; null if the mutation failed."


@strawberry.input(description="Input of `callAnswer`: `callId`, or `dialled` with an `idempotencyKey`.")
class CallAnswerInput:
    """Input of `callAnswer`."""

    call_id: strawberry.ID | None = strawberry.field(default=None, description="A call that rings.")
    dialled: PhoneNumber | None = strawberry.field(
        default=None,
        description="The number that the caller dialled, for a call that no telephone system told of.",
    )
    caller: str | None = strawberry.field(
        default=None, description="The caller's number, with `dialled`; withheld if omitted."
    )
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom the caller wants; nobody in particular if omitted."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; with `dialled`."
    )


@strawberry.type(description="The payload of `callAnswer`: the call with its script.")
class CallAnswerPayload:
    """Source: `CallAnswer`."""

    call: Call | None = strawberry.field(description=CALL)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CallAnswerMutation:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Answer a call; for agents. The first agent has the call: another one gets CONFLICT with "
        "their name. The same agent gets the same call again.",
        graphql_type=CallAnswerPayload | None,
    )
    async def call_answer(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallAnswerInput, strawberry.argument(description="The input.")
        ],
    ) -> CallAnswer:
        """Call the action and return its result."""
        viewer, wake = info.context.signed_in(), info.context.services.wake
        return await call_answer(info.context, lambda: _answered(viewer, wake, input))


async def _answered(viewer: Viewer, wake: Wake, given: CallAnswerInput) -> UUID:
    employee_id = optional_id(given.employee_id, "Employee", "employeeId")
    if (given.call_id is None) == (given.dialled is None):
        raise CallRefusal.CALL_UNSPECIFIED.at("callId")
    if given.call_id is not None:
        return await answer_call(
            viewer, wake, read_id(given.call_id, "Call", "callId"), employee_id=employee_id
        )
    if given.idempotency_key is None:
        raise CallRefusal.KEY_MISSING.at("idempotencyKey")
    return await answer_dialled(
        viewer,
        wake,
        dialled=given.dialled or "",
        caller=given.caller,
        employee_id=employee_id,
        idempotency_key=given.idempotency_key,
    )
