"""The mutation `employeeCalendarRefresh`."""

from typing import Annotated

import strawberry

from models.calls.calendars.change import refresh_calendar
from schema.calls.calendar_answers import CALENDAR, CalendarAnswer, calendar_answer
from schema.calls.calendar_types import EmployeeCalendar
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeCalendarRefresh`.")
class EmployeeCalendarRefreshInput:
    """Input of `employeeCalendarRefresh`."""

    calendar_id: strawberry.ID = strawberry.field(description="The calendar.")


@strawberry.type(description="The payload of `employeeCalendarRefresh`.")
class EmployeeCalendarRefreshPayload:
    """Source: `CalendarAnswer`."""

    calendar: EmployeeCalendar | None = strawberry.field(
        description=CALENDAR + " It is read soon after; then `fetchedAt` or `problem` changes."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeCalendarRefresh:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Have a calendar read now instead of at `nextAt`, at most once a minute; employees their "
        "own.",
        graphql_type=EmployeeCalendarRefreshPayload | None,
    )
    async def employee_calendar_refresh(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeCalendarRefreshInput, strawberry.argument(description="The input.")
        ],
    ) -> CalendarAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await calendar_answer(
            info.context,
            lambda: refresh_calendar(
                viewer, calendar_id=read_id(input.calendar_id, "EmployeeCalendar", "calendarId")
            ),
        )
