"""The mutation `employeeDelete`."""

from typing import Annotated

import strawberry

from models.calls.employees import delete_employee
from schema.calls.answers import GoneAnswer, gone_answer
from schema.graphql.context import Info
from schema.graphql.ids import read_id, write_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeDelete`.")
class EmployeeDeleteInput:
    """Input of `employeeDelete`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `employeeDelete`.")
class EmployeeDeletePayload:
    """Source: `GoneAnswer`."""

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="The id; null if the mutation failed.")
    def employee_id(root: strawberry.Parent[GoneAnswer]) -> strawberry.ID | None:
        """Return the global id."""
        return None if root.id is None else write_id("Employee", root.id)


@strawberry.type
class EmployeeDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Remove an employee, who is nobody's deputy any more. Close the sub-account before.",
        graphql_type=EmployeeDeletePayload | None,
    )
    async def employee_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> GoneAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await gone_answer(
            info.context,
            lambda: delete_employee(
                viewer,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                expected_version=input.expected_version,
            ),
        )
