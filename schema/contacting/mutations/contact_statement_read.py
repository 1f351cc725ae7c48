"""The mutation `contactStatementRead`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry

from models.contacting.advice_views import StatementView
from models.contacting.facts import ContactCase
from models.contacting.read_statements import WordsInput, read_statements
from models.contacting.statement_list import statements_of_act
from models.contacting.tables import StopOrigin
from models.contacting.views import StopView
from schema.contacting.advice_types import ContactStatement
from schema.contacting.answers import contact_case
from schema.contacting.media import Medium
from schema.contacting.types import Contacting, DoNotContact
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `contactStatementRead`.")
class ContactStatementReadInput:
    """Input of `contactStatementRead`."""

    lead_id: strawberry.ID = strawberry.field(description="A lead whose contact data you see.")
    text: str = strawberry.field(
        description="What the person wrote or said, at most 20,000 characters. It is read and not kept."
    )
    at: datetime = strawberry.field(description="When: not in the future, and at most 366 days ago.")
    medium: Medium = strawberry.field(description="By which medium.")
    language: str | None = strawberry.field(
        description="The language of the text, such as de, if you know it. Texts in other languages than "
        "English, German, Polish and Romanian are not understood.",
        default=None,
    )
    idempotency_key: str = strawberry.field(description=KEY)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What was found, or the refusals."""

    contacting: ContactCase | None = None
    statements: Sequence[StatementView] = ()
    stops: Sequence[StopView] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `contactStatementRead`.")
class ContactStatementReadPayload:
    """Source: `ReadAnswer`."""

    contacting: Contacting | None = strawberry.field(
        description="How the person may be contacted now; null if the mutation failed."
    )
    statements: list[ContactStatement] = strawberry.field(
        description="What was found in the text; empty if there was nothing, or the mutation failed."
    )
    stops: list[DoNotContact] = strawberry.field(
        description="The do-not-contact stops of your company that were set because of what the person said."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ContactStatementRead:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Look in a person's words for what they say about being contacted, and keep only that; "
        "for owners and members. If the person wants no contact, a do-not-contact stop is set for your "
        "company.",
        graphql_type=ContactStatementReadPayload | None,
    )
    async def contact_statement_read(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ContactStatementReadInput, strawberry.argument(description="The input.")
        ],
    ) -> ReadAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = read_id(input.lead_id, "Lead", "leadId")
            given = WordsInput(lead_id, input.text, input.at, input.medium, input.language)
            act_id = await read_statements(viewer, context.wake, given, input.idempotency_key)
        except REFUSED as error:
            return ReadAnswer(user_errors=refused(error))
        case = await contact_case(context, lead_id)
        statements = await statements_of_act(context.conn, viewer, act_id)
        forbids = any(statement.kind.name.startswith("STOP") for statement in statements)
        own = [stop for stop in case.stops if stop.origin is StopOrigin.MARKER] if case and forbids else []
        return ReadAnswer(case, statements, own)
