"""The mutation `contactAnswerRecord`."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.contacting.record_answer import AnswerInput, record_answer
from rules.contacting.channel_preference import Said
from schema.contacting.answers import ContactingAnswer, contacting_answer
from schema.contacting.mutations.contact_profile_set import ContactingPayload
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import REFUSED, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY

describe(
    Said,
    "What a person answered to the direct question.",
    {
        "NOTHING": "No medium; earlier answers no longer count.",
        "CALL": "Calls.",
        "WRITE": "Email.",
        "CHAT": "The chat.",
        "MEET": "Meetings.",
        "CANNOT_TALK": "That they cannot talk, which leaves email.",
    },
    name="ContactAnswer",
)


@strawberry.input(description="Input of `contactAnswerRecord`.")
class ContactAnswerRecordInput:
    """Input of `contactAnswerRecord`."""

    lead_id: strawberry.ID = strawberry.field(
        description="A lead whose contact data you see; for prospects, one of their own."
    )
    answer: Said = strawberry.field(description="What the person answered.")
    at: datetime = strawberry.field(description="When: not in the future, and at most 366 days ago.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class ContactAnswerRecord:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Record the answer to the direct question, by which medium the person wants to be "
        "contacted: owners and members for their company, the person for everybody.",
        graphql_type=ContactingPayload | None,
    )
    async def contact_answer_record(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ContactAnswerRecordInput, strawberry.argument(description="The input.")
        ],
    ) -> ContactingAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            given = AnswerInput(read_id(input.lead_id, "Lead", "leadId"), input.answer, input.at)
            await record_answer(viewer, given, input.idempotency_key)
        except REFUSED as error:
            return ContactingAnswer(user_errors=refused(error))
        return await contacting_answer(context, given.lead_id)
