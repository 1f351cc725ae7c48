"""The mutation `weeklyHoursSet`."""

from typing import Annotated

import strawberry

from models.calls.hours import set_hours
from models.calls.limits import MOST_SPANS
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.calls.queries import WeeklySpanInput
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError

at_most("WeeklyHoursSetInput.hours", MOST_SPANS)


@strawberry.input(description="Input of `weeklyHoursSet`.")
class WeeklyHoursSetInput:
    """Input of `weeklyHoursSet`."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    hours: list[WeeklySpanInput] = strawberry.field(description="The hours, at most 50 spans.")


@strawberry.type(description="The payload of `weeklyHoursSet`.")
class WeeklyHoursSetPayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class WeeklyHoursSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace an employee's weekly hours; without any, calls are put through at any time.",
        graphql_type=WeeklyHoursSetPayload | None,
    )
    async def weekly_hours_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            WeeklyHoursSetInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: set_hours(
                viewer,
                employee_id=read_id(input.employee_id, "Employee", "employeeId"),
                expected_version=input.expected_version,
                hours=[span.read() for span in input.hours],
            ),
        )
