"""The mutation `phoneSystemDelete`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.viewer import Viewer
from models.calls.phone.delete_system import delete_system
from schema.calls.answers import GoneAnswer, gone_answer
from schema.calls.phone_answers import PHONE_SYSTEM_ID
from schema.graphql.context import Info
from schema.graphql.ids import read_id, write_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `phoneSystemDelete`.")
class PhoneSystemDeleteInput:
    """Input of `phoneSystemDelete`."""

    phone_system_id: strawberry.ID = strawberry.field(description=PHONE_SYSTEM_ID)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `phoneSystemDelete`.")
class PhoneSystemDeletePayload:
    """Source: `GoneAnswer`."""

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="The id; null if the mutation failed.")
    def phone_system_id(root: strawberry.Parent[GoneAnswer]) -> strawberry.ID | None:
        """Return the global id."""
        return None if root.id is None else write_id("PhoneSystem", root.id)


@strawberry.type
class PhoneSystemDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Delete a telephone system and its secrets. Its calls stay; its address is unknown from "
        "then on. For operators.",
        graphql_type=PhoneSystemDeletePayload | None,
    )
    async def phone_system_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            PhoneSystemDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> GoneAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await gone_answer(info.context, lambda: _deleted(viewer, input))


async def _deleted(viewer: Viewer, given: PhoneSystemDeleteInput) -> UUID:
    system_id = read_id(given.phone_system_id, "PhoneSystem", "phoneSystemId")
    await delete_system(viewer, system_id=system_id, expected_version=given.expected_version)
    return system_id
