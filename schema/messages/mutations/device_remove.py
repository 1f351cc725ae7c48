"""The mutation `deviceRemove`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.messages.devices.remove import remove_device
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused, unauthenticated
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `deviceRemove`.")
class DeviceRemoveInput:
    """Input of `deviceRemove`."""

    device_id: strawberry.ID = strawberry.field(description="The device's id.")


@dataclass(frozen=True, slots=True)
class RemovalAnswer:
    """Whether the device was removed, or the refusals."""

    removed: bool = False
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `deviceRemove`.")
class DeviceRemovePayload:
    """Source: `RemovalAnswer`."""

    removed: bool = strawberry.field(
        description="Whether the device was removed now; false if it was removed before, or the mutation "
        "failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DeviceRemove:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send no more push messages to one of the viewer's devices; its address is deleted. For "
        "all users.",
        graphql_type=DeviceRemovePayload | None,
    )
    async def device_remove(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DeviceRemoveInput, strawberry.argument(description="The input.")
        ],
    ) -> RemovalAnswer:
        """Call the action and return its result."""
        user_id = info.context.signed_in().user_id
        if user_id is None:
            raise unauthenticated()
        try:
            device_id = read_id(input.device_id, "Device", "deviceId")
            return RemovalAnswer(await remove_device(user_id, device_id))
        except REFUSED as error:
            return RemovalAnswer(user_errors=refused(error))
