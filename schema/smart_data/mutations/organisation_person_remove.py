"""The mutation `organisationPersonRemove`."""

from typing import Annotated

import strawberry

from models.smart_data.organisation_people import remove_person
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.smart_data.answers import OrganisationAnswer, organisation_answer
from schema.smart_data.payloads import OrganisationPayload


@strawberry.input(description="Input of `organisationPersonRemove`.")
class OrganisationPersonRemoveInput:
    """Input of `organisationPersonRemove`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead whose contact is removed.")


@strawberry.type
class OrganisationPersonRemove:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Remove a person from their organisation; for owners and members. An organisation "
        "without people is deleted. Repeating it has no further effect.",
        graphql_type=OrganisationPayload | None,
    )
    async def organisation_person_remove(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            OrganisationPersonRemoveInput, strawberry.argument(description="The input.")
        ],
    ) -> OrganisationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId")
        except REFUSED as error:
            return OrganisationAnswer(user_errors=refused(error))
        return await organisation_answer(context, remove_person(viewer, lead_id=lead_id))
