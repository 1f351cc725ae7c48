"""The mutation `smartDataForget`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.smart_data.forget import forget_fields
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import optional_id, read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError

at_most("SmartDataForgetInput.fieldIds", 100)


@strawberry.input(
    description="Input of `smartDataForget`; give exactly one of `leadId`, `organisationId` and `fieldIds`."
)
class SmartDataForgetInput:
    """Input of `smartDataForget`."""

    lead_id: strawberry.ID | None = strawberry.field(
        default=None, description="The lead about whose contact everything found is deleted."
    )
    organisation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation about which everything found is deleted."
    )
    field_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The found values to delete, at most 100."
    )


@dataclass(frozen=True, slots=True)
class ForgetAnswer:
    """How many values were deleted, or the refusals."""

    forgotten: int = 0
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `smartDataForget`.")
class SmartDataForgetPayload:
    """Source: `ForgetAnswer`."""

    forgotten: int = strawberry.field(
        description="How many values were deleted, with those that later searches replaced."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SmartDataForget:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Delete what was found, now and with its history; for owners and members. Repeating it "
        "has no further effect.",
        graphql_type=SmartDataForgetPayload | None,
    )
    async def smart_data_forget(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SmartDataForgetInput, strawberry.argument(description="The input.")
        ],
    ) -> ForgetAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            given = input.field_ids
            forgotten = await forget_fields(
                viewer,
                context.services.smart_data,
                lead_id=optional_id(input.lead_id, "Lead", "leadId"),
                organisation_id=optional_id(input.organisation_id, "Organisation", "organisationId"),
                field_ids=None
                if given is None
                else [read_id(one, "FoundField", "fieldIds") for one in given],
            )
        except REFUSED as error:
            return ForgetAnswer(user_errors=refused(error))
        return ForgetAnswer(forgotten)
