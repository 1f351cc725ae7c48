"""The mutation `applicationReview`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.applications.answer import review
from schema.applications.types import Application
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import APPLICATION, USER_ERRORS, ApplicationAnswer, answer
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `applicationReview`.")
class ApplicationReviewInput:
    """Input of `applicationReview`."""

    application_id: strawberry.ID = strawberry.field(description="The application.")


@strawberry.type(description="The payload of `applicationReview`.")
class ApplicationReviewPayload:
    """Source: `ApplicationAnswer`."""

    application: Application | None = strawberry.field(description=APPLICATION)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ApplicationReview:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record that the prospect opened an application.",
        graphql_type=ApplicationReviewPayload | None,
    )
    async def application_review(
        self,
        info: Info,
        input: Annotated[ApplicationReviewInput, strawberry.argument(description="The input.")],  # noqa: A002
    ) -> ApplicationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()

        async def action() -> UUID:
            application_id = read_id(input.application_id, "Application", "applicationId")
            await review(viewer, context.wake, application_id)
            return application_id

        return await answer(context, action())
