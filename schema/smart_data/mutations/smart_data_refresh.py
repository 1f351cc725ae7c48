"""The mutation `smartDataRefresh`."""

from typing import Annotated

import strawberry

from models.smart_data.search import Given, refresh
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import KEY
from schema.graphql.scalars import EmailAddress
from schema.smart_data.answers import SearchAnswer, search_answer
from schema.smart_data.payloads import SmartDataSearchPayload


@strawberry.input(
    description="Input of `smartDataRefresh`; give exactly one of `leadId` and `organisationId`."
)
class SmartDataRefreshInput:
    """Input of `smartDataRefresh`."""

    idempotency_key: str = strawberry.field(description=KEY)
    lead_id: strawberry.ID | None = strawberry.field(
        default=None, description="The lead whose contact is looked up by email address."
    )
    organisation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that is looked up by its domain."
    )
    checked_email: EmailAddress | None = strawberry.field(
        default=None,
        description="The email address as the user has just read and checked it; required for a lead. If it "
        "is not the stored one, the mutation fails with STALE_VERSION.",
    )


@strawberry.type
class SmartDataRefresh:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Search public sources again because what was found looks outdated, after the user has "
        "checked the email address; for owners and members. What a source no longer says disappears, and "
        "what a source does not answer about stays.",
        graphql_type=SmartDataSearchPayload | None,
    )
    async def smart_data_refresh(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SmartDataRefreshInput, strawberry.argument(description="The input.")
        ],
    ) -> SearchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            given = Given(
                optional_id(input.lead_id, "Lead", "leadId"),
                optional_id(input.organisation_id, "Organisation", "organisationId"),
                input.checked_email,
            )
        except REFUSED as error:
            return SearchAnswer(user_errors=refused(error))
        action = refresh(viewer, context.wake, context.services.smart_data, given, input.idempotency_key)
        return await search_answer(context, given, action)
