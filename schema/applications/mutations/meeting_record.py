"""The mutation `meetingRecord`."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.applications.types import Application
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import APPLICATION, KEY, USER_ERRORS, ApplicationAnswer, answer
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `meetingRecord`.")
class MeetingRecordInput:
    """Input of `meetingRecord`."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    kind: MeetingEvidenceKind = strawberry.field(description="What to record.")
    idempotency_key: str = strawberry.field(description=KEY)
    at: datetime | None = strawberry.field(
        default=None,
        description="For RESCHEDULED, the new time of the meeting; otherwise, the time when it happened.",
    )


@strawberry.type(description="The payload of `meetingRecord`.")
class MeetingRecordPayload:
    """Source: `ApplicationAnswer`."""

    application: Application | None = strawberry.field(description=APPLICATION)
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class MeetingRecord:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record that a meeting was rescheduled, was cancelled or took place, or that someone"
        " did not attend.",
        graphql_type=MeetingRecordPayload | None,
    )
    async def meeting_record(
        self,
        info: Info,
        input: Annotated[MeetingRecordInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> ApplicationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()

        async def action() -> UUID:
            application_id = read_id(input.application_id, "Application", "applicationId")
            await record_meeting(
                viewer,
                context.wake,
                application_id=application_id,
                kind=input.kind,
                idempotency_key=input.idempotency_key,
                at=input.at,
            )
            return application_id

        return await answer(context, action())
