"""The mutation `phoneSystemSet`. The secret of a new GENERIC system is returned once."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.set_system import KEY_FIELDS, MOST_USERS, SystemDraft, change_system, create_system
from schema.calls.answers import as_given
from schema.calls.phone_answers import (
    PHONE_SYSTEM,
    SHOWN_ONCE,
    PhoneSystemAnswer,
    phone_system_answer,
)
from schema.calls.phone_types import PhoneSystem
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.scalars import Url
from schema.graphql.user_error import UserError

at_most("PhoneSystemSetInput.users", MOST_USERS)
_REPLACES = "A new one replaces the old one, which is good for another 24 hours."


@strawberry.input(description="Which agent a user of a telephone system is.")
class PhoneUserInput:
    """Part of `PhoneSystemSetInput`."""

    key: str = strawberry.field(description="The telephone system's id or name of the user.")
    agent_id: strawberry.ID = strawberry.field(description="The agent, a `User`.")


@strawberry.input(description="Input of `phoneSystemSet`.")
class PhoneSystemSetInput:
    """Input of `phoneSystemSet`."""

    name: str = strawberry.field(description="What operators call it, at most 100 characters.")
    driver: PhoneDriver = strawberry.field(description="The format in which it reports; it stays.")
    region: str = strawberry.field(description="The country whose national numbers it writes, such as `DE`.")
    phone_system_id: strawberry.ID | None = strawberry.field(
        default=None, description="The system to change; a new one if omitted."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you read; for a change."
    )
    public_url: Url | None = strawberry.field(
        default=None,
        description="The address that the provider signs, if a proxy gives it another one than `webhookUrl`.",
    )
    sipgate_public_key: str | None = strawberry.field(
        default=None,
        description="The RSA key that sipgate publishes, PEM or Base64; required for a new SIPGATE system. "
        + _REPLACES,
    )
    twilio_auth_token: str | None = strawberry.field(
        default=None,
        description="The auth token of the account; required for a new TWILIO system. " + _REPLACES,
    )
    placetel_secret: str | None = strawberry.field(
        default=None,
        description="The shared secret; required for a new PLACETEL system. " + _REPLACES,
    )
    users: list[PhoneUserInput] | None = strawberry.field(
        default=None,
        description="Its users who are agents, at most 500; omitted, they stay as they are.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; for a new one."
    )


@strawberry.type(description="The payload of `phoneSystemSet`.")
class PhoneSystemSetPayload:
    """Source: `PhoneSystemAnswer`."""

    phone_system: PhoneSystem | None = strawberry.field(description=PHONE_SYSTEM)
    secret: str | None = strawberry.field(description=SHOWN_ONCE)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class PhoneSystemSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add a telephone system that reports calls, or change one. For operators.",
        graphql_type=PhoneSystemSetPayload | None,
    )
    async def phone_system_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            PhoneSystemSetInput, strawberry.argument(description="The input.")
        ],
    ) -> PhoneSystemAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        sealer = context.services.sending.sealer
        return await phone_system_answer(context, lambda: _saved(viewer, sealer, input))


async def _saved(viewer: Viewer, sealer: Sealer, given: PhoneSystemSetInput) -> tuple[UUID, str | None]:
    keys = dict(
        zip(
            KEY_FIELDS.values(),
            (given.sipgate_public_key, given.twilio_auth_token, given.placetel_secret),
            strict=True,
        )
    )
    users = None
    if given.users is not None:
        users = [(one.key, read_id(one.agent_id, "User", "users")) for one in given.users]
    draft = SystemDraft(
        given.name,
        given.driver,
        given.region,
        given.public_url,
        {name: key for name, key in keys.items() if key is not None},
        users,
    )
    if given.phone_system_id is not None:
        system_id = read_id(given.phone_system_id, "PhoneSystem", "phoneSystemId")
        await change_system(
            viewer, sealer, draft, system_id=system_id, expected_version=given.expected_version
        )
        return system_id, None
    key = given.idempotency_key
    return await create_system(viewer, sealer, draft, idempotency_key=key, given=as_given(given))
