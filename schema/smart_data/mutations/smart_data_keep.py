"""The mutation `smartDataKeep`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry

from models.smart_data.found_fields import FoundFieldView
from models.smart_data.keep import keep_fields
from models.smart_data.list import found_fields_by_id
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.smart_data.types import FoundField

at_most("SmartDataKeepInput.fieldIds", 100)


@strawberry.input(description="Input of `smartDataKeep`.")
class SmartDataKeepInput:
    """Input of `smartDataKeep`."""

    field_ids: list[strawberry.ID] = strawberry.field(description="The found values, at most 100.")
    until: datetime = strawberry.field(
        description="Until when to keep them: in the future, and at most two years after they were found, or "
        "as long as the policy says. It may also be earlier than their expiry."
    )


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """The values, or the refusals."""

    fields: Sequence[FoundFieldView] = ()
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `smartDataKeep`.")
class SmartDataKeepPayload:
    """Source: `KeepAnswer`."""

    fields: list[FoundField] = strawberry.field(description="The values; empty if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SmartDataKeep:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Keep found values until a time that your account decides as their controller; for "
        "owners and members. Repeating it has no further effect.",
        graphql_type=SmartDataKeepPayload | None,
    )
    async def smart_data_keep(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SmartDataKeepInput, strawberry.argument(description="The input.")
        ],
    ) -> KeepAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer, sealed = context.signed_in(), context.services.smart_data
        try:
            ids = [read_id(one, "FoundField", "fieldIds") for one in input.field_ids]
            await keep_fields(viewer, sealed, ids, input.until)
        except REFUSED as error:
            return KeepAnswer(user_errors=refused(error))
        found = await found_fields_by_id(context.conn, sealed, viewer, ids)
        return KeepAnswer([found[one] for one in ids if one in found])
