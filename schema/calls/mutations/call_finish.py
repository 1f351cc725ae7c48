"""The mutation `callFinish`."""

from typing import Annotated

import strawberry

from models.calls.finish_call import Finish, finish_call
from rules.calls.call_mail import CallOutcome
from schema.calls.call_answers import CallAnswer, finished_answer
from schema.calls.call_types import Call
from schema.calls.mutations.call_answer import CALL
from schema.calls.note_input import CallNoteInput
from schema.calls.notices import CallNoticePreview
from schema.graphql.context import Info
from schema.graphql.ids import optional_id, read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError, text_for

CHECK = "What the agent should check in the note, in the viewer's language."


@strawberry.input(description="Input of `callFinish`.")
class CallFinishInput:
    """Input of `callFinish`."""

    call_id: strawberry.ID = strawberry.field(description="The call.")
    outcome: CallOutcome = strawberry.field(
        description="What became of it; it is TRANSFERRED in any case if an employee has accepted it."
    )
    note: CallNoteInput = strawberry.field(description="What the caller left.")
    wanted_employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom the caller wanted, if not known yet."
    )
    faq_entry_id: strawberry.ID | None = strawberry.field(
        default=None, description="The FAQ entry that answered the question; with FAQ_ANSWERED."
    )
    duration_seconds: int | None = strawberry.field(
        default=None, description="The length of the talk where no telephone system measures it."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `callFinish`.")
class CallFinishPayload:
    """Source: `CallAnswer`."""

    call: Call | None = strawberry.field(description=CALL)
    notices: list[CallNoticePreview] = strawberry.field(description="Who is told of it, and why.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description=CHECK)
    def warnings(root: strawberry.Parent[CallAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class CallFinish:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Finish a call with its note; for the agent who has it, and operators. Its company is "
        "told by email and text message as the rules say. With the same note, the first answer comes again.",
        graphql_type=CallFinishPayload | None,
    )
    async def call_finish(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallFinishInput, strawberry.argument(description="The input.")
        ],
    ) -> CallAnswer:
        """Call the action and return its result."""
        viewer, wake = info.context.signed_in(), info.context.services.wake
        return await finished_answer(
            info.context,
            lambda: finish_call(
                viewer,
                wake,
                read_id(input.call_id, "Call", "callId"),
                Finish(
                    input.outcome,
                    input.note.read(),
                    optional_id(input.wanted_employee_id, "Employee", "wantedEmployeeId"),
                    optional_id(input.faq_entry_id, "FaqEntry", "faqEntryId"),
                    input.duration_seconds,
                ),
                expected_version=input.expected_version,
            ),
        )
