"""The mutation `phoneSystemSecretRotate`. The old secret is good for another day."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.phone.rotate_secret import rotate_secret
from schema.calls.phone_answers import (
    PHONE_SYSTEM,
    PHONE_SYSTEM_ID,
    SHOWN_ONCE,
    PhoneSystemAnswer,
    phone_system_answer,
)
from schema.calls.phone_types import PhoneSystem
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `phoneSystemSecretRotate`.")
class PhoneSystemSecretRotateInput:
    """Input of `phoneSystemSecretRotate`."""

    phone_system_id: strawberry.ID = strawberry.field(description=PHONE_SYSTEM_ID)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `phoneSystemSecretRotate`.")
class PhoneSystemSecretRotatePayload:
    """Source: `PhoneSystemAnswer`."""

    phone_system: PhoneSystem | None = strawberry.field(description=PHONE_SYSTEM)
    secret: str | None = strawberry.field(description=SHOWN_ONCE)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class PhoneSystemSecretRotate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Give a GENERIC telephone system a new secret; the old one is good for another 24 hours. "
        "For operators.",
        graphql_type=PhoneSystemSecretRotatePayload | None,
    )
    async def phone_system_secret_rotate(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            PhoneSystemSecretRotateInput, strawberry.argument(description="The input.")
        ],
    ) -> PhoneSystemAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        sealer = context.services.sending.sealer
        return await phone_system_answer(context, lambda: _rotated(viewer, sealer, input))


async def _rotated(
    viewer: Viewer, sealer: Sealer, given: PhoneSystemSecretRotateInput
) -> tuple[UUID, str | None]:
    system_id = read_id(given.phone_system_id, "PhoneSystem", "phoneSystemId")
    expected = given.expected_version
    return system_id, await rotate_secret(viewer, sealer, system_id=system_id, expected_version=expected)
