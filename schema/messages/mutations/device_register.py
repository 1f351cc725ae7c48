"""The mutation `deviceRegister`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.messages.devices.list import DeviceView
from models.messages.devices.register import DeviceInput, register_device
from models.messages.devices.tables import DeviceKind
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused, unauthenticated
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError
from schema.messages.types import Device


@strawberry.input(
    description="Input of `deviceRegister`: what `PushSubscription.toJSON()` returns in a browser."
)
class DeviceRegisterInput:
    """Read into `models.messages.devices.register.DeviceInput`."""

    kind: DeviceKind = strawberry.field(description="How it is reached. Only WEB is supported yet.")
    name: str = strawberry.field(
        description="How the user recognises it, such as Firefox on Linux; up to 100 characters."
    )
    address: str = strawberry.field(description="The `endpoint` of the subscription.")
    p256dh: str | None = strawberry.field(
        default=None, name="p256dh", description="The key `p256dh` of the subscription; required for WEB."
    )
    auth: str | None = strawberry.field(
        default=None, description="The key `auth` of the subscription; required for WEB."
    )

    def read(self) -> DeviceInput:
        """Return the input of the action."""
        return DeviceInput(self.kind, self.name, self.address, self.p256dh, self.auth)


@dataclass(frozen=True, slots=True)
class DeviceAnswer:
    """The device, or the refusals."""

    device: DeviceView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `deviceRegister`.")
class DeviceRegisterPayload:
    """Source: `DeviceAnswer`."""

    device: Device | None = strawberry.field(description="The device; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class DeviceRegister:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Send the viewer's push messages to a browser as well, until the session ends; for all "
        "users, at most 20 devices. The same address again is the same device, with the new name and "
        "session; another user's moves to the viewer.",
        graphql_type=DeviceRegisterPayload | None,
    )
    async def device_register(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            DeviceRegisterInput, strawberry.argument(description="The input.")
        ],
    ) -> DeviceAnswer:
        """Call the action and return its result."""
        context = info.context
        user_id = context.signed_in().user_id
        if user_id is None:
            raise unauthenticated()
        try:
            device = await register_device(
                context.services.sending, user_id, context.session_id, input.read()
            )
        except REFUSED as error:
            return DeviceAnswer(user_errors=refused(error))
        return DeviceAnswer(device)
