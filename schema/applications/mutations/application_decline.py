"""The mutation `applicationDecline`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.applications.answer import decline
from schema.accounts.balance import account_after
from schema.accounts.types import Account
from schema.applications.types import Application
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import APPLICATION, EXPECTED_VERSION, USER_ERRORS, ApplicationAnswer, answer
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `applicationDecline`.")
class ApplicationDeclineInput:
    """Input of `applicationDecline`."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    message: str | None = strawberry.field(
        default=None, description="A message to the vendor, at most 5,000 characters."
    )


@strawberry.type(description="The payload of `applicationDecline`.")
class ApplicationDeclinePayload:
    """Source: `ApplicationAnswer`."""

    application: Application | None = strawberry.field(description=APPLICATION)
    account: Account | None = account_after()
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ApplicationDecline:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Decline an application, or withdraw an acceptance.",
        graphql_type=ApplicationDeclinePayload | None,
    )
    async def application_decline(
        self,
        info: Info,
        input: Annotated[ApplicationDeclineInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> ApplicationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()

        async def action() -> UUID:
            application_id = read_id(input.application_id, "Application", "applicationId")
            await decline(viewer, context.wake, application_id, input.expected_version, input.message)
            return application_id

        return await answer(context, action())
