"""The mutation `smartDataSearch`."""

from typing import Annotated

import strawberry

from models.smart_data.search import Given, start_search
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import KEY
from schema.smart_data.answers import SearchAnswer, search_answer
from schema.smart_data.payloads import SmartDataSearchPayload


@strawberry.input(
    description="Input of `smartDataSearch`; give exactly one of `leadId` and `organisationId`."
)
class SmartDataSearchInput:
    """Input of `smartDataSearch`."""

    idempotency_key: str = strawberry.field(description=KEY)
    lead_id: strawberry.ID | None = strawberry.field(
        default=None, description="The lead whose contact is looked up by email address."
    )
    organisation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that is looked up by its domain."
    )


@strawberry.type
class SmartDataSearchMutation:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Search public sources for a person or an organisation, unless what was found earlier is "
        "still fresh or a search is under way; for owners and members. It costs points only if something is "
        "found.",
        graphql_type=SmartDataSearchPayload | None,
    )
    async def smart_data_search(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SmartDataSearchInput, strawberry.argument(description="The input.")
        ],
    ) -> SearchAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            given = Given(
                optional_id(input.lead_id, "Lead", "leadId"),
                optional_id(input.organisation_id, "Organisation", "organisationId"),
            )
        except REFUSED as error:
            return SearchAnswer(user_errors=refused(error))
        action = start_search(viewer, context.wake, context.services.smart_data, given, input.idempotency_key)
        return await search_answer(context, given, action)
