"""The mutation `organisationPersonAdd`."""

from typing import Annotated

import strawberry

from models.smart_data.organisation_people import add_person
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import optional_id, read_id
from schema.smart_data.answers import OrganisationAnswer, organisation_answer
from schema.smart_data.payloads import OrganisationPayload


@strawberry.input(
    description="Input of `organisationPersonAdd`; give exactly one of `organisationId` and `name`."
)
class OrganisationPersonAddInput:
    """Input of `organisationPersonAdd`."""

    lead_id: strawberry.ID = strawberry.field(
        description="The lead whose contact is added; its contact data must be visible to your account."
    )
    organisation_id: strawberry.ID | None = strawberry.field(default=None, description="The organisation.")
    name: str | None = strawberry.field(
        default=None,
        description="The name of the organisation, at most 200 characters; it is created if your account has "
        "none of this name. Case, accents and legal forms don't matter.",
    )


@strawberry.type
class OrganisationPersonAdd:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add a person to an organisation of your account; for owners and members. Repeating it "
        "has no further effect.",
        graphql_type=OrganisationPayload | None,
    )
    async def organisation_person_add(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            OrganisationPersonAddInput, strawberry.argument(description="The input.")
        ],
    ) -> OrganisationAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId")
            organisation_id = optional_id(input.organisation_id, "Organisation", "organisationId")
        except REFUSED as error:
            return OrganisationAnswer(user_errors=refused(error))
        action = add_person(
            viewer,
            context.services.smart_data,
            lead_id=lead_id,
            organisation_id=organisation_id,
            name=input.name,
        )
        return await organisation_answer(context, action)
