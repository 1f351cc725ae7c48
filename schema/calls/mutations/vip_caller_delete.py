"""The mutation `vipCallerDelete`."""

from typing import Annotated

import strawberry

from models.calls.vip_callers import delete_vip
from schema.calls.answers import GoneAnswer, gone_answer
from schema.graphql.context import Info
from schema.graphql.ids import read_id, write_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `vipCallerDelete`.")
class VipCallerDeleteInput:
    """Input of `vipCallerDelete`."""

    vip_caller_id: strawberry.ID = strawberry.field(description="The entry.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `vipCallerDelete`.")
class VipCallerDeletePayload:
    """Source: `GoneAnswer`."""

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="The id; null if the mutation failed.")
    def vip_caller_id(root: strawberry.Parent[GoneAnswer]) -> strawberry.ID | None:
        """Return the global id."""
        return None if root.id is None else write_id("VipCaller", root.id)


@strawberry.type
class VipCallerDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(description="Delete a VIP entry.", graphql_type=VipCallerDeletePayload | None)
    async def vip_caller_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            VipCallerDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> GoneAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await gone_answer(
            info.context,
            lambda: delete_vip(
                viewer,
                vip_id=read_id(input.vip_caller_id, "VipCaller", "vipCallerId"),
                expected_version=input.expected_version,
            ),
        )
