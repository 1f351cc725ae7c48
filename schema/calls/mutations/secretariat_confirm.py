"""The mutation `secretariatConfirm`."""

from typing import Annotated

import strawberry

from models.calls.set_up import confirm_secretariat
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.queries import SPECIFIED
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import optional_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `secretariatConfirm`.")
class SecretariatConfirmInput:
    """Input of `secretariatConfirm`."""

    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)


@strawberry.type(description="The payload of `secretariatConfirm`.")
class SecretariatConfirmPayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SecretariatConfirm:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Confirm that the data of a phone secretariat is right, as it was read; for owners.",
        graphql_type=SecretariatConfirmPayload | None,
    )
    async def secretariat_confirm(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SecretariatConfirmInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: confirm_secretariat(
                viewer,
                info.context.wake,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                expected_version=input.expected_version,
            ),
        )
