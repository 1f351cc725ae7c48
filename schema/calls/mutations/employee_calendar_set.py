"""The mutation `employeeCalendarSet`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.calls.calendars.change import CalendarChanges, create_calendar, update_calendar
from schema.calls.answers import as_given
from schema.calls.calendar_answers import CALENDAR, CalendarAnswer, calendar_answer
from schema.calls.calendar_types import EmployeeCalendar
from schema.graphql.context import Context, Info
from schema.graphql.ids import read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.scalars import Url
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `employeeCalendarSet`.")
class EmployeeCalendarSetInput:
    """Input of `employeeCalendarSet`."""

    calendar_id: strawberry.ID | None = strawberry.field(
        default=None, description="The calendar to change; a new one if omitted."
    )
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; for a new one."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you read; for a change."
    )
    url: Url | None = strawberry.field(
        default=None,
        description="The https or webcal address at which the calendar is published; required for a new one. "
        "It is stored encrypted and never shown.",
    )
    use_titles: bool | None = strawberry.field(
        default=None,
        description="Whether callers are told the titles of events that are not private; false for a new one "
        "if omitted.",
    )
    tentative_counts: bool | None = strawberry.field(
        default=None,
        description="Whether tentative events count as absences; false for a new one if omitted.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; for a new one."
    )


@strawberry.type(description="The payload of `employeeCalendarSet`.")
class EmployeeCalendarSetPayload:
    """Source: `CalendarAnswer`."""

    calendar: EmployeeCalendar | None = strawberry.field(description=CALENDAR)
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class EmployeeCalendarSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Add a calendar to an employee, or change one; employees set their own. A new one is "
        "read within a minute, and then every 15 minutes. At most 10 per employee.",
        graphql_type=EmployeeCalendarSetPayload | None,
    )
    async def employee_calendar_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            EmployeeCalendarSetInput, strawberry.argument(description="The input.")
        ],
    ) -> CalendarAnswer:
        """Call the action and return its result."""
        info.context.signed_in()
        return await calendar_answer(info.context, lambda: _saved(info.context, input))


async def _saved(context: Context, given: EmployeeCalendarSetInput) -> UUID:
    viewer, services = context.signed_in(), context.services
    sealer = services.sending.sealer
    changes = CalendarChanges(given.url, given.use_titles, given.tentative_counts)
    if given.calendar_id is not None:
        return await update_calendar(
            viewer,
            sealer,
            services.calendars,
            calendar_id=read_id(given.calendar_id, "EmployeeCalendar", "calendarId"),
            expected_version=given.expected_version,
            changes=changes,
        )
    return await create_calendar(
        viewer,
        sealer,
        services.calendars,
        employee_id=read_id(given.employee_id or "", "Employee", "employeeId"),
        changes=changes,
        idempotency_key=given.idempotency_key,
        given=as_given(given),
    )
