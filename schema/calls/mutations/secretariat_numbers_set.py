"""The mutation `secretariatNumbersSet`."""

from typing import Annotated

import strawberry

from models.calls.limits import MOST_NUMBERS
from models.calls.numbers import set_numbers
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.scalars import PhoneNumber
from schema.graphql.user_error import UserError

at_most("SecretariatNumbersSetInput.phoneNumbers", MOST_NUMBERS)
at_most("SecretariatNumbersSetInput.numberBlocks", MOST_NUMBERS)


@strawberry.input(description="Input of `secretariatNumbersSet`.")
class SecretariatNumbersSetInput:
    """Input of `secretariatNumbersSet`."""

    secretariat_id: strawberry.ID = strawberry.field(description="The secretariat.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    phone_numbers: list[PhoneNumber] = strawberry.field(description="The numbers, at most 100.")
    number_blocks: list[PhoneNumber] = strawberry.field(
        description="Beginnings of numbers, at least five digits after the country code; at most 100."
    )


@strawberry.type(description="The payload of `secretariatNumbersSet`.")
class SecretariatNumbersSetPayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SecretariatNumbersSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace the numbers that callers dial; for operators.",
        graphql_type=SecretariatNumbersSetPayload | None,
    )
    async def secretariat_numbers_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SecretariatNumbersSetInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: set_numbers(
                viewer,
                secretariat_id=read_id(input.secretariat_id, "Secretariat", "secretariatId"),
                expected_version=input.expected_version,
                phone_numbers=[str(one) for one in input.phone_numbers],
                number_blocks=[str(one) for one in input.number_blocks],
            ),
        )
