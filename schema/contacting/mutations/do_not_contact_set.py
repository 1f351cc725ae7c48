"""The mutation `doNotContactSet`."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.contacting.set_stop import StopInput, set_stop
from models.contacting.tables import StopReason
from rules.contacting.terms import Medium
from schema.contacting.answers import StopAnswer, stop_answer
from schema.contacting.types import DoNotContact
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `doNotContactSet`.")
class DoNotContactSetInput:
    """Input of `doNotContactSet`."""

    idempotency_key: str = strawberry.field(description=KEY)
    lead_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="A lead of the person; for vendors, one whose contact data they see. Prospects may leave "
        "it out.",
    )
    prospect_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person, instead of a lead; for operators."
    )
    medium: Medium | None = strawberry.field(default=None, description="The medium; all if omitted.")
    until: datetime | None = strawberry.field(
        default=None, description="When the stop ends by itself; never if omitted."
    )
    reason: StopReason | None = strawberry.field(default=None, description="Why, for the record.")


@strawberry.type(description="The payload of `doNotContactSet` and `doNotContactLift`.")
class DoNotContactPayload:
    """Source: `StopAnswer`."""

    do_not_contact: DoNotContact | None = strawberry.field(
        description="The stop; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DoNotContactSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Set a do-not-contact stop. The person and operators stop everybody; a vendor stops its "
        "own company, because the person told it so. If nobody may contact the person in any way, unanswered "
        "applications end, fees are released, and vendors no longer find the person's leads.",
        graphql_type=DoNotContactPayload | None,
    )
    async def do_not_contact_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DoNotContactSetInput, strawberry.argument(description="The input.")
        ],
    ) -> StopAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            given = StopInput(
                lead_id=optional_id(input.lead_id, "Lead", "leadId"),
                prospect_id=optional_id(input.prospect_id, "Prospect", "prospectId"),
                medium=input.medium,
                until=input.until,
                reason=input.reason,
            )
            stop_id = await set_stop(viewer, context.wake, given, input.idempotency_key)
        except REFUSED as error:
            return StopAnswer(user_errors=refused(error))
        return await stop_answer(context, stop_id)
