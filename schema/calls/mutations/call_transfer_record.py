"""The mutation `callTransferRecord`."""

from typing import Annotated

import strawberry

from models.calls.call_tables import TransferResult
from models.calls.record_transfer import record_transfer
from schema.calls.call_answers import CallAnswer, transfer_answer
from schema.calls.call_types import Call, TransferAttempt
from schema.calls.mutations.call_answer import CALL
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `callTransferRecord`.")
class CallTransferRecordInput:
    """Input of `callTransferRecord`."""

    call_id: strawberry.ID = strawberry.field(description="The call.")
    employee_id: strawberry.ID = strawberry.field(description="The employee who is tried.")
    result: TransferResult = strawberry.field(
        description="CALLING to begin the attempt, or else its result, also without having begun it."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    message_for_caller: str | None = strawberry.field(
        default=None,
        description="The employee's message for the caller, at most 500 characters; with MESSAGE.",
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `callTransferRecord`; the call has the routes that are left.")
class CallTransferRecordPayload:
    """Source: `CallAnswer`."""

    call: Call | None = strawberry.field(description=CALL)
    attempt: TransferAttempt | None = strawberry.field(
        description="The attempt; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class CallTransferRecord:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record an attempt to put a call through; for the agent who has it, and operators. The "
        "rules decide again whether the employee gets the call: REFUSED_BY_RULE has the decision.",
        graphql_type=CallTransferRecordPayload | None,
    )
    async def call_transfer_record(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallTransferRecordInput, strawberry.argument(description="The input.")
        ],
    ) -> CallAnswer:
        """Call the action and return its result."""
        viewer, wake = info.context.signed_in(), info.context.services.wake
        return await transfer_answer(
            info.context,
            lambda: record_transfer(
                viewer,
                wake,
                read_id(input.call_id, "Call", "callId"),
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                result=input.result,
                message_for_caller=input.message_for_caller,
                expected_version=input.expected_version,
                idempotency_key=input.idempotency_key,
            ),
        )
