"""The mutation `contactStatementTakeBack`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.contacting.advice_views import StatementView
from models.contacting.statement_list import statements_by_id
from models.contacting.take_back_statement import take_back_statement
from schema.contacting.advice_types import ContactStatement
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `contactStatementTakeBack`.")
class ContactStatementTakeBackInput:
    """Input of `contactStatementTakeBack`."""

    statement_id: strawberry.ID = strawberry.field(description="A statement that your company noted.")
    reason: str | None = strawberry.field(
        description="Why, at most 500 characters; stored with the statement.", default=None
    )


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """The statement, or the refusals."""

    statement: StatementView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `contactStatementTakeBack`.")
class ContactStatementPayload:
    """Source: `StatementAnswer`."""

    statement: ContactStatement | None = strawberry.field(
        description="The statement; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ContactStatementTakeBack:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Take back a statement that was misread, so that it no longer counts; for owners and "
        "members. A stop that it set stays until an owner lifts it with `doNotContactLift`. Repeating it has "
        "no further effect.",
        graphql_type=ContactStatementPayload | None,
    )
    async def contact_statement_take_back(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ContactStatementTakeBackInput, strawberry.argument(description="The input.")
        ],
    ) -> StatementAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            statement_id = read_id(input.statement_id, "ContactStatement", "statementId")
            await take_back_statement(viewer, statement_id, reason=input.reason)
        except REFUSED as error:
            return StatementAnswer(user_errors=refused(error))
        return StatementAnswer(
            (await statements_by_id(context.conn, viewer, [statement_id])).get(statement_id)
        )
