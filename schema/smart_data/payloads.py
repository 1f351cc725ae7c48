"""Payloads that several mutations of smart contact data share."""

import strawberry

from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.smart_data.types import Organisation, SmartData, SmartDataSearch


@strawberry.type(description="The payload of `smartDataSearch` and `smartDataRefresh`.")
class SmartDataSearchPayload:
    """Source: `SearchAnswer`."""

    search: SmartDataSearch | None = strawberry.field(
        description="The search that was started, or that is under way, or that found what is shown; null if "
        "the mutation failed."
    )
    smart_data: SmartData | None = strawberry.field(
        description="What is shown now; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type(description="The payload of `organisationPersonAdd` and `organisationPersonRemove`.")
class OrganisationPayload:
    """Source: `OrganisationAnswer`."""

    organisation: Organisation | None = strawberry.field(
        description="The organisation; null if the mutation failed, or if it has no people left."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)
