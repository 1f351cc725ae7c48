"""The mutation `employeeAccessCreate`."""

from typing import Annotated

import strawberry

from models.calls.access import create_access
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.scalars import EmailAddress
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeAccessCreate`.")
class EmployeeAccessCreateInput:
    """Input of `employeeAccessCreate`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    email: EmailAddress = strawberry.field(
        description="The email address to sign in with, to which the link is sent."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="The payload of `employeeAccessCreate`.")
class EmployeeAccessCreatePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeAccessCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Give an employee a sub-account to maintain the own absences; for owners. The employee "
        "gets an email with a link to set a password, which works once and for 7 days. Until the password is "
        "set, another request sends a new link, also to another address, and ends the old one.",
        graphql_type=EmployeeAccessCreatePayload | None,
    )
    async def employee_access_create(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeAccessCreateInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: create_access(
                viewer,
                info.context.services.authentication.passwords,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                email=input.email,
                idempotency_key=input.idempotency_key,
            ),
        )
