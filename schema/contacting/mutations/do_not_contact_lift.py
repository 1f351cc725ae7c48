"""The mutation `doNotContactLift`."""

from typing import Annotated

import strawberry

from models.contacting.lift_stop import lift_stop
from schema.contacting.answers import StopAnswer, stop_answer
from schema.contacting.mutations.do_not_contact_set import DoNotContactPayload
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id


@strawberry.input(description="Input of `doNotContactLift`.")
class DoNotContactLiftInput:
    """Input of `doNotContactLift`."""

    do_not_contact_id: strawberry.ID = strawberry.field(description="The stop.")
    reason: str = strawberry.field(description="Why, at most 500 characters; stored with the stop.")


@strawberry.type
class DoNotContactLift:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Lift a do-not-contact stop: the person one of their own, an operator any, an owner one "
        "that the company set. What has ended because of it does not begin again. Repeating it has no "
        "further effect.",
        graphql_type=DoNotContactPayload | None,
    )
    async def do_not_contact_lift(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DoNotContactLiftInput, strawberry.argument(description="The input.")
        ],
    ) -> StopAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            stop_id = read_id(input.do_not_contact_id, "DoNotContact", "doNotContactId")
            await lift_stop(viewer, stop_id, reason=input.reason)
        except REFUSED as error:
            return StopAnswer(user_errors=refused(error))
        return await stop_answer(context, stop_id)
