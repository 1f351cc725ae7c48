"""The mutation `employeeCalendarDelete`."""

from typing import Annotated

import strawberry

from models.calls.calendars.change import delete_calendar
from schema.calls.answers import EmployeeAnswer, employee_id_answer
from schema.calls.employee_types import Employee
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeCalendarDelete`.")
class EmployeeCalendarDeleteInput:
    """Input of `employeeCalendarDelete`."""

    calendar_id: strawberry.ID = strawberry.field(description="The calendar.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `employeeCalendarDelete`.")
class EmployeeCalendarDeletePayload:
    """Source: `EmployeeAnswer`."""

    employee: Employee | None = strawberry.field(description="The employee; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeCalendarDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Delete a calendar with its appointments and hours; employees their own.",
        graphql_type=EmployeeCalendarDeletePayload | None,
    )
    async def employee_calendar_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeCalendarDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> EmployeeAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await employee_id_answer(
            info.context,
            lambda: delete_calendar(
                viewer,
                calendar_id=read_id(input.calendar_id, "EmployeeCalendar", "calendarId"),
                expected_version=input.expected_version,
            ),
        )
