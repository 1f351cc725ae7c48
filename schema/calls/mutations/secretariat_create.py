"""The mutation `secretariatCreate`."""

from typing import Annotated

import strawberry

from models.calls.limits import MOST_NUMBERS
from models.calls.set_up import create_secretariat
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.scalars import PhoneNumber
from schema.graphql.user_error import UserError

at_most("SecretariatCreateInput.phoneNumbers", MOST_NUMBERS)
at_most("SecretariatCreateInput.numberBlocks", MOST_NUMBERS)


@strawberry.input(description="Input of `secretariatCreate`.")
class SecretariatCreateInput:
    """Input of `secretariatCreate`."""

    account_id: strawberry.ID = strawberry.field(description="The account.")
    transfer_included: bool = strawberry.field(description="Whether the company's plan has transfers.")
    phone_numbers: list[PhoneNumber] = strawberry.field(
        description="The numbers that callers dial, at most 100."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    number_blocks: list[PhoneNumber] | None = strawberry.field(
        default=None, description="Beginnings of numbers that callers dial, at most 100."
    )
    language: str | None = strawberry.field(
        default=None, description="en, de, pl or ro; by default that of the owner."
    )
    time_zone: str | None = strawberry.field(
        default=None, description="An IANA name; by default the owner's."
    )
    holidays_of: str | None = strawberry.field(
        default=None,
        description="The country, or part of one, whose public holidays are kept; by default that of "
        "the time zone.",
    )


@strawberry.type(description="The payload of `secretariatCreate`.")
class SecretariatCreatePayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SecretariatCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Create a company's phone secretariat, prefilled from its account and first owner; for "
        "operators.",
        graphql_type=SecretariatCreatePayload | None,
    )
    async def secretariat_create(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SecretariatCreateInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: create_secretariat(
                viewer,
                account_id=read_id(input.account_id, "Account", "accountId"),
                transfer_included=input.transfer_included,
                phone_numbers=[str(one) for one in input.phone_numbers],
                number_blocks=[str(one) for one in input.number_blocks or ()],
                language=input.language,
                time_zone=input.time_zone,
                holidays_of_place=input.holidays_of,
                idempotency_key=input.idempotency_key,
            ),
        )
