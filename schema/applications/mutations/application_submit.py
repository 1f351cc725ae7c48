"""The mutation `applicationSubmit`."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from models.applications.submit import submit
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.applications.types import Application
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import APPLICATION, KEY, USER_ERRORS, ApplicationAnswer, answer
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `applicationSubmit`.")
class ApplicationSubmitInput:
    """Input of `applicationSubmit`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    introduction: str = strawberry.field(
        description="Your message to the prospect, at most 5,000 characters."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    meeting_at: datetime | None = strawberry.field(default=None, description="A proposed meeting time.")


@strawberry.type(description="The payload of `applicationSubmit`.")
class ApplicationSubmitPayload:
    """Source: `ApplicationAnswer`."""

    application: Application | None = strawberry.field(description=APPLICATION)
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ApplicationSubmit:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Apply for a lead: the fee is held and the prospect is notified.",
        graphql_type=ApplicationSubmitPayload | None,
    )
    async def application_submit(
        self,
        info: Info,
        input: Annotated[ApplicationSubmitInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> ApplicationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()

        async def action() -> UUID:
            return await submit(
                viewer,
                context.wake,
                lead_id=read_id(input.lead_id, "Lead", "leadId"),
                introduction=input.introduction,
                idempotency_key=input.idempotency_key,
                meeting_at=input.meeting_at,
            )

        return await answer(context, action())
