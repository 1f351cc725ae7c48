"""The mutation `callCorrect`."""

from typing import Annotated

import strawberry

from models.calls.correct_call import correct_call
from schema.calls.call_answers import CallAnswer, finished_answer
from schema.calls.call_types import Call
from schema.calls.mutations.call_answer import CALL
from schema.calls.mutations.call_finish import CHECK
from schema.calls.note_input import CallNoteInput
from schema.graphql.context import Info
from schema.graphql.ids import optional_id, read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError, text_for


@strawberry.input(description="Input of `callCorrect`.")
class CallCorrectInput:
    """Input of `callCorrect`."""

    call_id: strawberry.ID = strawberry.field(description="A call that has ended.")
    note: CallNoteInput = strawberry.field(description="The whole note, as it should be.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    wanted_employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom the caller wanted; as before if omitted."
    )


@strawberry.type(description="The payload of `callCorrect`.")
class CallCorrectPayload:
    """Source: `CallAnswer`."""

    call: Call | None = strawberry.field(description=CALL)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description=CHECK)
    def warnings(root: strawberry.Parent[CallAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class CallCorrect:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace the note of a call that has ended, for its agent during a day, and operators. "
        "Who got an email about it gets an amended one.",
        graphql_type=CallCorrectPayload | None,
    )
    async def call_correct(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallCorrectInput, strawberry.argument(description="The input.")
        ],
    ) -> CallAnswer:
        """Call the action and return its result."""
        viewer, wake = info.context.signed_in(), info.context.services.wake
        return await finished_answer(
            info.context,
            lambda: correct_call(
                viewer,
                wake,
                read_id(input.call_id, "Call", "callId"),
                note=input.note.read(),
                wanted_employee_id=optional_id(input.wanted_employee_id, "Employee", "wantedEmployeeId"),
                expected_version=input.expected_version,
            ),
        )
