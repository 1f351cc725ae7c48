"""The mutation `employeeAccessDelete`."""

from typing import Annotated

import strawberry

from models.calls.access import delete_access
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeAccessDelete`.")
class EmployeeAccessDeleteInput:
    """Input of `employeeAccessDelete`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")


@strawberry.type(description="The payload of `employeeAccessDelete`.")
class EmployeeAccessDeletePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeAccessDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Close an employee's sub-account and sign it out; for owners.",
        graphql_type=EmployeeAccessDeletePayload | None,
    )
    async def employee_access_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeAccessDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: delete_access(viewer, employee_id=read_id(input.employee_id, "Employee", "employeeId")),
        )
