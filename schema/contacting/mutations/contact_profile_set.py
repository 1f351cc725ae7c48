"""The mutation `contactProfileSet`."""

from typing import Annotated

import strawberry

from models.contacting.set_profile import ProfileInput, set_profile
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from schema.contacting.answers import ContactingAnswer, contacting_answer
from schema.contacting.types import Contacting
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(
    description="Input of `contactProfileSet`. What is omitted stays as it is. These are judgements about a "
    "person, who is told them on request."
)
class ContactProfileSetInput:
    """Input of `contactProfileSet`."""

    lead_id: strawberry.ID = strawberry.field(description="A lead whose contact data you see.")
    status: PersonStatus | None = strawberry.field(description="The person's position.", default=None)
    days: PersonDays | None = strawberry.field(
        description="How the person spends the working day.", default=None
    )
    temper: PersonTemper | None = strawberry.field(description="How the person comes across.", default=None)
    knows_number: bool | None = strawberry.field(
        description="Whether the person has your number.", default=None
    )
    expected_version: int = strawberry.field(
        description="The version of the profile that you read; 0 if there is none yet."
    )


@strawberry.type(description="The payload of mutations about how a person is contacted.")
class ContactingPayload:
    """Source: `ContactingAnswer`."""

    contacting: Contacting | None = strawberry.field(
        description="How the person may be contacted now; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ContactProfileSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Note what you think of the person of a lead: position, days and temper; for owners and "
        "members.",
        graphql_type=ContactingPayload | None,
    )
    async def contact_profile_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ContactProfileSetInput, strawberry.argument(description="The input.")
        ],
    ) -> ContactingAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId")
            given = ProfileInput(input.status, input.days, input.temper, input.knows_number)
            await set_profile(viewer, lead_id, given, expected_version=input.expected_version)
        except REFUSED as error:
            return ContactingAnswer(user_errors=refused(error))
        return await contacting_answer(context, lead_id)
