"""The mutation `employeeUpdate`."""

from typing import Annotated

import strawberry

from models.calls.employees import update_employee
from models.calls.limits import MOST_CC
from schema.calls.answers import EmployeeAnswer, employee_answer, employee_changes
from schema.calls.employee_fields import EmployeeFields
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.scalars import EmailAddress
from schema.graphql.user_error import UserError, text_for

at_most("EmployeeUpdateInput.cc", MOST_CC)


@strawberry.input(description="Input of `employeeUpdate`.")
class EmployeeUpdateInput(EmployeeFields):
    """Input of `employeeUpdate`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    email: EmailAddress | None = strawberry.field(
        default=strawberry.UNSET, description="The email address for notes of calls; agents never see it."
    )


@strawberry.type(description="The payload of `employeeUpdate`.")
class EmployeeUpdatePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="What should be known about what was stored, in the viewer's language.")
    def warnings(root: strawberry.Parent[EmployeeAnswer], info: Info) -> list[str]:
        """Return the texts."""
        return [text_for(info.context, warning) for warning in root.warnings]


@strawberry.type
class EmployeeUpdate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Change an employee: only the fields that are sent; null clears one.",
        graphql_type=EmployeeUpdatePayload | None,
    )
    async def employee_update(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeUpdateInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_answer(
            info.context,
            lambda: update_employee(
                viewer,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                expected_version=input.expected_version,
                changes=employee_changes(input),
            ),
        )
