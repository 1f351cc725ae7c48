"""The mutation `callerErase`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.calls.erase_caller import erase_caller
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import optional_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `callerErase`.")
class CallerEraseInput:
    """Input of `callerErase`."""

    phone: str = strawberry.field(description="The caller's number, as people write it.")
    reason: str = strawberry.field(
        description="Why, at most 500 characters. It is stored, so it must not contain the number."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    secretariat_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The secretariat; by default the viewer's own, for operators those of all companies.",
    )


@strawberry.type(description="The payload of `callerErase`.")
class CallerErasePayload:
    """Source: `EraseAnswer`."""

    calls: int = strawberry.field(
        description="Number of calls; open ones included, which are forgotten after their end."
    )
    vip_callers: int = strawberry.field(description="Number of VIP entries that were deleted.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@dataclass(frozen=True, slots=True)
class EraseAnswer:
    """Source of `CallerErasePayload`."""

    calls: int = 0
    vip_callers: int = 0
    user_errors: Sequence[RefusalView] = ()


@strawberry.type
class CallerErase:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Forget who called from a number, and delete its VIP entries; for owners and operators. "
        "When, how long and with which outcome somebody called stays.",
        graphql_type=CallerErasePayload | None,
    )
    async def caller_erase(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallerEraseInput, strawberry.argument(description="The input.")
        ],
    ) -> EraseAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        try:
            erased = await erase_caller(
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                phone=input.phone,
                reason=input.reason,
                idempotency_key=input.idempotency_key,
            )
        except REFUSED as error:
            return EraseAnswer(user_errors=refused(error))
        return EraseAnswer(erased.calls, erased.vip_callers)
